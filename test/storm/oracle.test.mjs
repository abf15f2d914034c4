// The oracle itself: worlds that are right pass, and each kind of harm, done to such a world by hand, is named.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judge, newMemory } from './oracle/judge.mjs';
import { ROW_TAG, TABS } from './oracle/workbooks.mjs';

/** A small world that is as it should be: two wishes, listed in the backlog, one of them scored. */
class World {
  #seq = 0;
  #index = 0;
  constructor() {
    this.tabs = Object.fromEntries(Object.keys(TABS).map((name) => [name, []]));
    this.histories = Object.fromEntries(Object.keys(TABS).map((name) => [name, new Map()]));
    Object.assign(this, { trespasses: [], database: new Map(), runs: [], broken: [], quiet: [], memory: newMemory(), looks: {} });
    for (const number of [1, 2]) this.#wish(number);
    this.row('Scoring_Inputs', 't20', 'Rob', { 'Initiative Key': 'INIT-000001' });
    this.write('Scoring_Inputs', 't20', { Status: 'OK' });
    this.type('Scoring_Inputs', 't20', 'Rob', { 'RICE: Reach': 1000, 'RICE: Impact': 2, 'RICE: Confidence': 0.5, 'RICE: Effort': 4 });
    Object.assign(this.stored(1), { rice_reach: 1000, rice_impact: 2, rice_confidence: 0.5, rice_effort: 4,
      history: [{ value: 1000, effort: 4, overall: 250 }] });
  }

  #wish(number) {
    const key = `INIT-00000${number}`;
    const cells = { Title: `title ${number}`, 'Requesting Team': `team ${number}`, 'Requester Email': `email ${number}`,
      'Current Pain': `pain ${number}`, Country: `country ${number}` };
    this.row('North', `t${number}`, 'Ada', cells);
    this.write('North', `t${number}`, { 'Initiative Key': key });
    this.database.set(key, {
      initiative_key: key, title: `title ${number}`, requesting_team: `team ${number}`, requester_email: `email ${number}`,
        current_pain: `pain ${number}`,
      country: `country ${number}`, status: 'new', scores: {}, history: [],
    });
    this.row('Backlog', `t1${number}`, 'service', { ...cells, 'Initiative Key': key, Status: 'new', 'Current Pain': undefined });
  }

  stored(number) {
    return this.database.get(`INIT-00000${number}`);
  }

  row(tab, tag, actor, cells, copyOf) {
    this.#seq += 1;
    const blank = Object.fromEntries(TABS[tab].headers.map((header) => [header, '']));
    this.tabs[tab].push({ tag, cells: { ...blank, [ROW_TAG]: tag } });
    this.histories[tab].set(tag, { born: { seq: this.#seq, actor }, copyOf, cells: {} });
    this.#change(tab, tag, actor, cells, this.#seq - 1);
  }

  #change(tab, tag, actor, cells, look) {
    const row = this.tabs[tab].find((each) => each.tag === tag);
    const history = this.histories[tab].get(tag).cells;
    for (const [header, value] of Object.entries(cells).filter(([, each]) => each !== undefined)) {
      row.cells[header] = value;
      history[header] = [...(history[header] ?? []), { seq: this.#seq, actor, value, ...(actor === 'service' && { look }) }];
    }
  }

  type(tab, tag, who, cells) {
    this.#seq += 1;
    this.#change(tab, tag, who, cells);
    return this;
  }

  /** The service writes; its last look was `looksBack` events ago. */
  write(tab, tag, cells, looksBack = 0) {
    this.#seq += 1;
    this.#change(tab, tag, 'service', cells, this.#seq - 1 - looksBack);
    return this;
  }

  /** A run that began before whatever comes in `during` and ended after it. */
  run(action, { tab, keys, rows = [], raw = {}, during = () => {} } = {}) {
    const submitted = this.#seq;
    this.#seq += 1; // its read
    during();
    const entry = { runId: `run ${(this.#index += 1)}`, action, tab, keys, submitted, ended: this.#seq, run: { status: 'success',
      result: { raw: { rows, ...raw } } } };
    this.runs.push(entry);
    return entry;
  }

  kinds() {
    return judge(this).violations.map(({ kind }) => kind);
  }
}

function assertNames(world, kind) {
  assert.ok(world.kinds().includes(kind), `${kind} is not among ${JSON.stringify(world.kinds())}`);
}

/** Everything saved and scored, and all rows OK. */
function strong(world) {
  const rows = (keys) => keys.map((key) => ({ initiative_key: key, status: 'ok' }));
  world.strong = {
    backlog: world.run('pm.save_selected', { tab: 'Backlog', keys: ['INIT-000001', 'INIT-000002'], rows: rows(['INIT-000001', 'INIT-000002']) }),
    scoring: world.run('pm.score_selected', { tab: 'Scoring_Inputs', keys: ['INIT-000001'], rows: rows(['INIT-000001']) }),
  };
  return world;
}

test('a world that is right passes, weakly and strongly', () => {
  assert.deepEqual(judge(new World()).violations, []);
  const world = new World();
  world.write('Scoring_Inputs', 't20', { 'RICE: Value Score': 1000, 'RICE: Effort Score': 4, 'RICE: Overall Score': 250 });
  const { violations, cells, scores, identities } = judge(strong(world));
  assert.deepEqual(violations, []);
  assert.ok(cells > 50 && scores > 2 && identities > 5, `${cells} ${scores} ${identities}`);
});

test('a typing that stands is no loss, whatever was written over it in between', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  world.write('Backlog', 't11', { Country: 'country 2' }).write('Backlog', 't11', { Country: 'Pia 1' });
  assert.deepEqual(world.kinds(), []);
});

test("another initiative's value on a row is named, with and without a typing beneath it", () => {
  assertNames(new World().write('Backlog', 't11', { Country: 'country 2' }), 'a value that nobody typed for this initiative');
  const world = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  assertNames(world.write('Backlog', 't11', { Country: 'country 2' }), 'a value of somewhere else stands in the place of a typing');
});

test('a typing that nobody saved is not to be overwritten by its own initiative either', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  assertNames(world.write('Backlog', 't11', { Country: 'country 1' }), 'a typing that nobody saved was overwritten');
});

test('a saved typing may be overwritten by what was typed for its initiative since', () => {
  const world = new World().type('Scoring_Inputs', 't20', 'Rob', { 'Risk Level': 'Rob 1' });
  world.run('pm.save_selected', { tab: 'Scoring_Inputs', keys: ['INIT-000001'] });
  world.type('North', 't1', 'Ada', { 'Risk Level': 'Ada 1' }).write('Scoring_Inputs', 't20', { 'Risk Level': 'Ada 1' });
  assert.deepEqual(world.kinds().filter((kind) => kind.includes('overwritten')), []);
});

test('Save does not take a typed framework over: it is not to be overwritten, but after Switch it may be', () => {
  const written = (action) => {
    const world = new World().type('Scoring_Inputs', 't20', 'Rob', { 'Active Scoring Framework': 'RICE' });
    world.type('Backlog', 't11', 'Pia', { 'Active Scoring Framework': 'WSJF' });
    world.run(action, { tab: 'Backlog', keys: ['INIT-000001'] });
    return world.write('Backlog', 't11', { 'Active Scoring Framework': 'RICE' });
  };
  assertNames(written('pm.save_selected'), 'a typing that nobody saved was overwritten');
  assert.deepEqual(written('pm.switch_framework').kinds(), []);
});

test('a typing between look and write may be lost, and is counted, not named', () => {
  const world = new World().type('North', 't1', 'Ada', { Country: 'Ada 2' }).type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  world.stored(1).country = 'Ada 2';
  world.write('Backlog', 't11', { Country: 'Ada 2' }, 1);
  const { violations, lost } = judge(world);
  assert.deepEqual(violations, []);
  assert.equal(lost.length, 1);
  assert.equal(lost[0].entitled, true);
});

test('a typing before the look is lost, however short before', () => {
  const world = new World().type('North', 't1', 'Ada', { Country: 'Ada 2' }).type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  world.stored(1).country = 'Ada 2';
  assertNames(world.write('Backlog', 't11', { Country: 'Ada 2' }), 'a typing that nobody saved was overwritten');
});

test('a formula is not to be overwritten, by its own value neither', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Country: { formula: '="country "&1', shown: 'country 1' } });
  assertNames(world.write('Backlog', 't11', { Country: 'country 1' }), 'a formula was overwritten');
});

test('where columns moved a value may come back for a formula, where a run says so for that column', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Country: { formula: '="country "&1', shown: 'country 1' } });
  world.write('Backlog', 't11', { Country: 'country 1' });
  const told = (column) => ({ raw: { warnings: [`Tab 'Backlog': columns moved while it was written, and 2 cells of '${column}' get back what they showed.`] } });
  world.run('pm.backlog_sync', told('Title'));
  assertNames(world, 'a formula was overwritten');
  world.run('pm.backlog_sync', told('Country'));
  assert.deepEqual(world.kinds(), []);
});

test('a cell that a run names with both values could not be decided', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Hypothesis: 'Pia 1' }).write('Backlog', 't11', { Hypothesis: 'country 2' });
  world.run('pm.backlog_sync', { raw: { warnings: ["Hypothesis of INIT-000001 shows 'country 2', 'Pia 1' stood there"] } });
  const { violations, tolerated } = judge(world);
  assert.deepEqual(violations, []);
  assert.equal(tolerated.length, 1);
  world.runs[0].run.result.raw.warnings = ["Title of INIT-000001 shows 'country 2', 'Pia 1' stood there"];
  assert.equal(judge(world).violations.length, 1, 'another column is not named');
  Object.assign(world.runs[0].run.result.raw, { warnings: [], kept_unsaved_edits: [{ initiative_key: 'INIT-000001', column: 'Hypothesis',
    shown: 'Pia 1', stored: 'country 2' }] });
  assert.equal(judge(world).violations.length, 1, 'a kept edit is none that could not be decided');
});

test('a value that was named where it landed and then saved is stored by right, whether rows or columns moved', () => {
  const world = new World();
  world.stored(1).strategic_theme = 'country 2';
  const named = (what, column) => world.run('pm.save_selected', { raw: { warnings: [
    `Backlog row 4: ${what} moved while ${column} was written: it shows 'country 2' of INIT-000002 now`] } });
  named('columns', 'Title');
  assertNames(world, 'the database holds a value that nobody typed for this initiative');
  named('columns', 'Strategic Theme');
  assert.deepEqual(world.kinds(), []);
});

test('in a row without a key what stood there need not be known, unless the cell was cleared', () => {
  const over = (value, warning) => {
    const world = new World();
    world.row('Backlog', 't30', 'Pia', { Hypothesis: 'a note' });
    world.write('Backlog', 't30', { Hypothesis: value });
    world.run('pm.backlog_sync', { raw: { warnings: [warning] } });
    return judge(world);
  };
  const named = over('country 2', "Backlog row 4: rows moved while Hypothesis was written: it shows 'country 2' of INIT-000001 now, and it is not known what");
  assert.deepEqual([named.violations.length, named.tolerated.length], [0, 1]);
  assert.equal(over('country 2', "Backlog row 4: rows moved while Theme was written: it shows 'country 2' of INIT-000001").violations.length, 1);
  assert.equal(over('', "rows moved while Hypothesis was written: it shows '' of INIT-000001 now, 'a note' stood there before").violations.length, 0);
  assert.equal(over('', "rows moved while Hypothesis was written: it shows '' of INIT-000001 now, and it is not known what").violations.length, 1);
});

test('in a row without a key what was typed over within the window is owed to nobody', () => {
  const world = new World();
  world.row('Backlog', 't30', 'Pia', { Hypothesis: 'a note' });
  world.type('Backlog', 't30', 'Pia', { Hypothesis: 'another' }).write('Backlog', 't30', { Hypothesis: '' }, 1);
  const { violations, lost } = judge(world);
  assert.deepEqual([violations.length, lost.length], [0, 1]);
});

test('a row that a PM lists anew says with its blank cells that they are cleared, one that is listed first says nothing', () => {
  const world = new World().type('North', 't1', 'Ada', { 'Risk Level': 'risk 1' });
  assertNames(world, 'a team typed and the database does not say so');
  world.row('Scoring_Inputs', 't21', 'Rob', { 'Initiative Key': 'INIT-000002' });
  assertNames(world, 'a team typed and the database does not say so');
  world.row('Scoring_Inputs', 't22', 'Rob', { 'Initiative Key': 'INIT-000001' });
  assert.deepEqual(world.kinds(), []);
});

test('a row that the service adds anew says nothing', () => {
  const world = new World().type('North', 't1', 'Ada', { 'Risk Level': 'risk 1' });
  world.row('Scoring_Inputs', 't22', 'service', { 'Initiative Key': 'INIT-000001' });
  assertNames(world, 'a team typed and the database does not say so');
});

test('a named cell that was saved as it stood is named in the database, too', () => {
  const world = new World();
  world.stored(1).risk_level = 'risk 2';
  assertNames(world, 'the database holds a value that nobody typed for this initiative');
  world.run('pm.score_selected', { raw: { warnings: ["Scoring_Inputs row 4: rows moved while Risk Level was written: it shows 'risk 2' of "
    + 'INIT-000002 now, and it is not known what stood there before'] } });
  assert.deepEqual(world.kinds(), []);
  world.runs[0].run.result.raw.warnings[0] = world.runs[0].run.result.raw.warnings[0].replace('Risk Level', 'Title');
  assertNames(world, 'the database holds a value that nobody typed for this initiative');
});

test('a named cell that was saved blank is named in the database, too, with what stood there before', () => {
  const world = new World().type('North', 't1', 'Ada', { 'Risk Level': 'risk 1' });
  assertNames(world, 'a team typed and the database does not say so');
  const say = (sentence) => world.run('pm.score_selected', { raw: { warnings: [`Scoring_Inputs row 4: rows moved while Risk Level was written: it shows ${sentence}`] } });
  say("'' of INIT-000002 now, 'risk 2' stood there before");
  assertNames(world, 'a team typed and the database does not say so');
  say("'risk 1' of INIT-000002 now, 'risk 2' stood there before");
  assertNames(world, 'a team typed and the database does not say so');
  say("'' of INIT-000002 now, 'risk 1' stood there before");
  assert.deepEqual(world.kinds(), []);
});

test('a typing between look and write is lost, too, where the write says the same', () => {
  const world = new World().type('Scoring_Inputs', 't20', 'Rob', { 'Active Scoring Framework': 'RICE' });
  world.write('Scoring_Inputs', 't20', { 'Active Scoring Framework': 'RICE' }, 1).write('Scoring_Inputs', 't20', { 'Active Scoring Framework': '' });
  const { violations, lost } = judge(world);
  assert.deepEqual(violations, []);
  assert.equal(lost.length, 1);
});

test('keys: missing, foreign, changed, doubled, issued again, left in a bare row, unknown', () => {
  assertNames(new World().write('North', 't1', { 'Initiative Key': '' }), 'an intake row with a Title has no key');
  assertNames(new World().write('North', 't1', { 'Initiative Key': 'INIT-000002' }), "an intake row carries another row's key");
  assertNames(new World().write('North', 't1', { 'Initiative Key': 'INIT-000002' }), 'a key stands on several intake rows');
  assertNames(new World().write('North', 't1', { 'Initiative Key': 'INIT-000009' }), 'a key in intake is not stored');
  const changed = new World();
  judge(changed);
  changed.database.set('INIT-000003', { ...changed.stored(1), initiative_key: 'INIT-000003' });
  changed.database.delete('INIT-000001');
  assertNames(changed.write('North', 't1', { 'Initiative Key': 'INIT-000003' }), "a row's key changed");
  const gone = new World();
  judge(gone);
  gone.database.delete('INIT-000002');
  assertNames(gone, 'a stored initiative is gone');
  const again = new World();
  judge(again);
  again.stored(1).current_pain = 'pain 2';
  assertNames(again.write('North', 't2', { 'Initiative Key': 'INIT-000001' }), 'a key was issued again');
  const bare = new World();
  bare.row('North', 't3', 'service', { 'Initiative Key': 'INIT-000001' });
  assertNames(bare, 'a key stands in a row without any team cell');
  assertNames(new World().write('Backlog', 't11', { 'Initiative Key': 'INIT-000002' }), "a row's key is not the one that it was born with");
});

test('creations: one for each wish, of a wish, and in the backlog once', () => {
  const twice = new World();
  twice.database.set('INIT-000003', { ...twice.stored(1), initiative_key: 'INIT-000003' });
  assertNames(twice, 'an initiative was created twice');
  const nobody = new World();
  nobody.stored(1).current_pain = 'pain of nobody';
  assertNames(nobody, 'an initiative of nobody');
  const doubled = new World();
  doubled.row('Backlog', 't13', 'service', { 'Initiative Key': 'INIT-000001', Title: 'title 1' });
  assertNames(doubled, 'the backlog lists an initiative twice');
  const missing = new World();
  missing.tabs.Backlog.pop();
  assertNames(missing, 'an initiative of intake is not in the backlog');
});

test('a copy in intake has a key of its own if its Title differs, and shares it otherwise', () => {
  const world = new World();
  world.row('North', 't3', 'Ada', { Title: 'title 1', 'Current Pain': 'pain 1', 'Initiative Key': 'INIT-000001' }, 't1');
  assert.deepEqual(world.kinds(), []);
  assertNames(world.type('North', 't3', 'Ada', { Title: 'title 3' }), 'a key stands on several intake rows');
});

test('stored values: foreign ones, saved ones that were lost, a team whose edit did not arrive', () => {
  const foreign = new World();
  foreign.stored(1).country = 'country 2';
  assertNames(foreign, 'the database holds a value that nobody typed for this initiative');
  const lost = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  lost.run('pm.save_selected', { tab: 'Backlog', keys: ['INIT-000001'], rows: [{ initiative_key: 'INIT-000001', status: 'ok' }] });
  assertNames(lost, "a PM's saved value was lost");
  lost.stored(1).country = 'Pia 1';
  assert.deepEqual(lost.kinds(), []);
  const free = new World().type('Backlog', 't11', 'Pia', { Country: 'country 1' });
  free.run('pm.save_selected', { tab: 'Backlog', keys: ['INIT-000001'], rows: [{ initiative_key: 'INIT-000001', status: 'ok' }] });
  free.type('North', 't1', 'Ada', { Country: 'Ada 2' }).write('Backlog', 't11', { Country: 'Ada 2' });
  free.stored(1).country = 'Ada 2';
  assert.deepEqual(free.kinds(), [], 'team and PM said the same, so that the team may say something else');
  const cleared = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  cleared.run('pm.save_selected', { tab: 'Backlog', keys: ['INIT-000001'], rows: [{ initiative_key: 'INIT-000001', status: 'ok' }] });
  cleared.type('North', 't1', 'Ada', { Country: '' }).type('Backlog', 't11', 'Pia', { Country: '' });
  cleared.type('North', 't1', 'Ada', { Country: 'Ada 3' }).write('Backlog', 't11', { Country: 'Ada 3' });
  cleared.stored(1).country = 'Ada 3';
  assert.deepEqual(cleared.kinds(), [], 'the PM cleared what was saved, and so did the team');
  const late = new World().type('North', 't1', 'Ada', { Country: 'Ada 2' });
  assertNames(late, 'a team typed and the database does not say so');
});

test('Save that says OK is believed only as far as the database agrees', () => {
  const world = strong(new World().type('Backlog', 't11', 'Pia', { Hypothesis: 'Pia 1' }));
  assertNames(world, 'Save said OK, and the database holds something else');
  world.stored(1).hypothesis = 'Pia 1';
  assert.ok(!world.kinds().includes('Save said OK, and the database holds something else'));
});

test('Status says what the run says', () => {
  const world = strong(new World().write('Scoring_Inputs', 't20', { Status: 'FAILED: choose RICE, WSJF or MATH_MODEL' }));
  assertNames(world, 'Status says something else than the run');
});

test('scores: of a row, of the database, published ones', () => {
  assertNames(strong(new World()), 'a score is not what the inputs of its row give');
  const wrong = new World().write('Scoring_Inputs', 't20', { 'RICE: Value Score': 1000, 'RICE: Effort Score': 4, 'RICE: Overall Score': 251 });
  assertNames(strong(wrong), 'a score is not what the inputs of its row give');
  const stored = new World();
  stored.stored(1).scores.RICE = { value: 1000, effort: 4, overall: 251, inputs: { rice_reach: 1000, rice_impact: 2, rice_confidence: 0.5,
    rice_effort: 4 } };
  assertNames(stored, 'a stored score is not what its inputs give');
  const published = { 'Value Score': 5, 'Effort Score': 5, 'Overall Score': 1 };
  assertNames(new World().write('Backlog', 't11', published), "a score that is shown was never this initiative's");
  assertNames(strong(new World().write('Backlog', 't11', published)), 'Update Backlog left other scores than the active ones');
});

test('runs: lost, failed in peace, made twice', () => {
  const lost = new World();
  lost.run('pm.backlog_sync').run = undefined;
  assertNames(lost, 'an acknowledged run is lost');
  const failed = new World();
  const entry = failed.run('pm.backlog_sync');
  entry.run.status = 'failed';
  failed.quiet.push(entry);
  assertNames(failed, 'a job failed although nothing disturbed it');
  const twice = new World();
  Object.assign(twice, { ledger: [{}, {}], requests: 1 });
  assertNames(twice, 'more runs than requests');
  const broken = new World();
  broken.broken.push({ kind: 'a job was refused' });
  assertNames(broken, 'a job was refused');
  const running = new World();
  running.run('pm.backlog_sync').run.status = 'running';
  assertNames(running, 'a run has not ended');
  const bug = new World();
  Object.assign(bug.run('pm.backlog_sync').run, { status: 'failed', error: { code: 'internal' } });
  assertNames(bug, 'a run met a bug');
});

test("Status: something of this row's own", () => {
  assertNames(new World().write('Backlog', 't11', { 'Last Run Status': 'well' }), 'a Status is none');
  assertNames(new World().write('Backlog', 't11', { 'Last Run Status': "OK · team changed Title to 'Ada: Title of North/t2 #4', yours was kept" }),
    "a Status tells another initiative's news");
});

test('a row without a key is left alone', () => {
  const world = new World();
  world.row('Backlog', 't30', 'Pia', { Title: 'a note' });
  assert.deepEqual(world.kinds(), []);
  assertNames(world.write('Backlog', 't30', { 'Last Run Status': 'OK' }), 'a value of the system stands in a row without a key');
  const over = new World();
  over.row('Backlog', 't30', 'Pia', { Title: 'a note' });
  assertNames(over.write('Backlog', 't30', { Title: 'title 1' }), 'a value of somewhere else stands in the place of a typing');
});

test('an unsaved edit is listed, and only such a cell', () => {
  const world = new World().type('Backlog', 't11', 'Pia', { Country: 'Pia 1' });
  const kept = { initiative_key: 'INIT-000001', column: 'Country', shown: 'Pia 1', stored: 'country 1' };
  world.quiet.push(world.run('pm.backlog_sync', { raw: { kept_unsaved_edits: [] } }));
  assertNames(world, 'an unsaved edit is not listed');
  world.quiet[0].run.result.raw.kept_unsaved_edits = [kept];
  assert.deepEqual(world.kinds(), []);
  world.quiet[0].run.result.raw.kept_unsaved_edits = [kept, { ...kept, column: 'Title' }];
  assertNames(world, 'a cell that equals the database is listed as an unsaved edit');
});

test('what nobody may do is named at once', () => {
  const world = new World();
  world.trespasses.push({ kind: 'row removed by the service', tab: 'Backlog', tag: 't9' });
  assertNames(world, 'row removed by the service');
});

/** A PM clears what the service wrote into a blank Risk Level; then the service writes what the team typed. */
function clearedAndFilled(written) {
  const world = new World();
  world.row('Scoring_Inputs', 't21', 'Rob', { 'Initiative Key': 'INIT-000002' });
  world.type('North', 't2', 'Ada', { 'Risk Level': 'risk 2' });
  world.stored(2).risk_level = 'risk 2';
  world.write('Scoring_Inputs', 't21', { 'Risk Level': written });
  world.type('Scoring_Inputs', 't21', 'Rob', { 'Risk Level': '' });
  return world.write('Scoring_Inputs', 't21', { 'Risk Level': 'risk 2' });
}

test('who clears what landed in a blank cell has typed nothing, and may see it filled', () => {
  assert.deepEqual(clearedAndFilled('country 1').kinds(), []);
});

test('who clears what the system filled in has typed, and it stays', () => {
  assertNames(clearedAndFilled('risk 2'), 'a typing that nobody saved was overwritten');
});

test('what the service wrote is not typed by who copies its row', () => {
  const world = new World();
  world.type('North', 't1', 'Ada', { Country: 'country 1 anew' });
  world.stored(1).country = 'country 1 anew';
  world.row('Backlog', 't30', 'Pia', { 'Initiative Key': 'INIT-000001', Title: 'title 1', Country: 'country 1' }, 't11');
  world.histories.Backlog.get('t30').cells.Country[0].isCopied = true;
  world.write('Backlog', 't11', { Country: 'country 1 anew' }).write('Backlog', 't30', { Country: 'country 1 anew' });
  assert.ok(!world.kinds().includes('a typing that nobody saved was overwritten'));
});

test("another row's score that is left and named is no violation, and one that is not named is", () => {
  const astray = () => new World().write('Scoring_Inputs', 't20', { 'RICE: Value Score': 1000, 'RICE: Effort Score': 4, 'RICE: Overall Score': 77.5 });
  assertNames(astray(), "a score that is shown was never this initiative's");
  const world = astray();
  world.run('pm.score_selected', { raw: { warnings: [
    "Scoring_Inputs row 2: rows moved while RICE: Overall Score was written: it shows '77.5' of INIT-000002 now, and it is not known what stood there before",
  ] } });
  const { violations, tolerated } = judge(world);
  assert.deepEqual(violations, []);
  assert.deepEqual(tolerated.map(({ header }) => header), ['RICE: Overall Score']);
});
