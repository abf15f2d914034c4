// Kills the service again and again while people work in the sheets, and looks for what got lost.
//   KILL_LOOP_KILLS  how often (default 60)        KILL_LOOP_SEED  repeats a run's choices
//   KILL_LOOP_SORTS  chance, 0 to 1, that a team sorts its tab instead of typing (default 0)

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { RoadmapdProcess, temporaryFolder } from '../node/roadmapd_process.mjs';
import { KilledService } from './killed_service.mjs';
import {
  BACKLOG_HEADERS, INTAKE_HEADERS, MATH_MODEL_HEADERS, PARAM_HEADERS, ProductManager, SCORING_HEADERS, Scorer, scoresOf, Team,
} from './people.mjs';
import { SeededRandom } from './seeded_random.mjs';
import { Emulator, Sheet } from './sheet.mjs';

const KILLS = Number(process.env.KILL_LOOP_KILLS ?? 60);
const SEED = Number(process.env.KILL_LOOP_SEED ?? Date.now() % 1e9);
const SORTS = Number(process.env.KILL_LOOP_SORTS ?? 0);
const TOKEN = 'kill-loop';
const MAX_INTAKE_ROWS = 400;
const MAX_WAITING_RUNS = 8;
const SHORTEST_LIFE_MS = 5;
const LONGEST_LIFE_MS = 1200;
const FINAL_STATES = ['success', 'failed', 'cancelled'];
const KEY = /^INIT-\d{6}$/;

function configuration(emulatorUrl, credentialsFile, intakeId, backlogId, productOpsId) {
  return `
[server]
port = 0
[ledger]
path = "roadmap.db"
[sheets]
base_url = "${emulatorUrl}"
service_account_file = "${credentialsFile}"
reads_per_minute = 1000000
writes_per_minute = 1000000
[log]
level = "warn"
[[central_backlog]]
spreadsheet_id = "${backlogId}"
tab = "Backlog"
[product_ops]
spreadsheet_id = "${productOpsId}"
[[intake]]
sheet_key = "intake"
spreadsheet_id = "${intakeId}"
[[intake.tabs]]
key = "north"
tab_name = "North"
[[intake.tabs]]
key = "south"
tab_name = "South"
`;
}

/** Does `act` again and again until `done()`, with short pauses of random length. */
async function keepActing(random, longestPauseMs, done, act) {
  while (!done()) {
    await act();
    await pause(random.between(1, longestPauseMs));
  }
}

/** Asks for jobs as people click them; a few may wait at a time. */
class Clicks {
  constructor(service, pm, scorer, random) {
    Object.assign(this, { service, pm, scorer, random });
    this.acknowledged = [];
    this.waiting = new Set();
  }

  async act() {
    if (this.waiting.size >= MAX_WAITING_RUNS) await Promise.race(this.waiting);
    const runId = await this.#ask();
    this.acknowledged.push(runId);
    const end = this.service.ended(runId).finally(() => this.waiting.delete(end));
    this.waiting.add(end);
  }

  async #ask() {
    const { pm, scorer } = this;
    const jobs = [
      () => this.service.run('pm.backlog_sync'),
      () => this.service.run('pm.backlog_sync'),
      () => this.service.run('flow0.intake_sync'),
      async () => this.service.run('pm.save_selected', on(pm.backlog, this.random.sample(await pm.keys(), 5))),
      () => this.service.run('pm.score_selected', on(scorer.scoring, this.random.sample(scorer.typed.keys(), 20))),
      () => this.service.run('pm.score_selected', on(scorer.scoring, this.random.sample(scorer.typed.keys(), 20))),
      () => this.service.run('pm.switch_framework', on(scorer.scoring, this.random.sample(scorer.switchable(), 5))),
    ];
    return this.random.pick(jobs)();
  }
}

/** What the menu sends for rows selected on a tab. */
function on(sheet, keys) {
  return {
    scope: { type: 'selection', initiative_keys: keys },
    sheetContext: { spreadsheet_id: sheet.spreadsheetId, tab: sheet.tab },
  };
}

/** Kills and starts the service KILLS times, often while an answer of the sheets is late or lost. */
async function killAgainAndAgain(service, emulator, random) {
  for (let i = 0; i < KILLS; ++i) {
    if (random.chance(0.5)) {
      await emulator.hook('faults', {
        method: random.pick(['spreadsheets.batchUpdate', 'spreadsheets.batchUpdate', 'values.batchGet']),
        times: 1, delay_ms: random.between(20, 400), ...(random.chance(0.5) && { after_apply: true }),
      });
    }
    await pause(random.between(SHORTEST_LIFE_MS, LONGEST_LIFE_MS));
    await service.kill();
    await service.start();
  }
}

async function everyRun(service) {
  const runs = [];
  for (let cursor = ''; cursor !== null;) {
    const { body } = await service.request('GET', `/actions/runs?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    runs.push(...body.runs);
    cursor = body.next_cursor ?? null;
  }
  return runs;
}

async function checkIntake(team) {
  const keyByTitle = new Map();
  const keys = new Set();
  for (const sheet of team.sheets) {
    const typed = new Map(team.rows.filter((entry) => entry.sheet === sheet).map(({ cells }) => [cells.Title, cells]));
    const rows = await sheet.rows();
    const titles = rows.map((row) => row.Title);
    if (SORTS > 0) titles.sort();
    assert.deepEqual(titles, SORTS > 0 ? [...typed.keys()].sort() : [...typed.keys()], `${sheet.tab} has its rows in their order`);
    rows.forEach((row) => {
      for (const [column, text] of Object.entries(typed.get(row.Title))) assert.equal(row[column], text, `${row.Title}: ${column}`);
      assert.match(row['Initiative Key'], KEY, `${row.Title} has a key`);
      assert.ok(!keys.has(row['Initiative Key']), `${row['Initiative Key']} stands on one intake row only`);
      keys.add(row['Initiative Key']);
      keyByTitle.set(row.Title, row['Initiative Key']);
    });
  }
  return keyByTitle;
}

async function checkBacklog(backlog, keyByTitle, pm) {
  const rows = await backlog.rows();
  const known = new Set(keyByTitle.values());
  const strays = rows.filter((row) => !known.has(row['Initiative Key']));
  assert.deepEqual(strays.map((row) => [row['Initiative Key'], row.Title]), [], 'the backlog has initiatives of intake only');
  assert.equal(rows.length, keyByTitle.size, 'the backlog has one row for each initiative');
  const byKey = new Map(rows.map((row) => [row['Initiative Key'], row]));
  for (const [title, key] of keyByTitle) {
    assert.ok(byKey.has(key), `${key} (${title}) is in the backlog`);
    assert.equal(byKey.get(key).Title, title, `${key} is still the same initiative`);
  }
  for (const [key, cells] of pm.typed) {
    for (const [column, text] of Object.entries(cells)) assert.equal(byKey.get(key)[column], text, `${key}: ${column} is as the PM typed it`);
  }
  return byKey;
}

/** A run that does what is left to do, and one more, which finds nothing. */
async function settle(service, emulator, action, options) {
  const done = await service.ended(await service.run(action, options));
  assert.equal(done.status, 'success', JSON.stringify(done));
  await emulator.hook('calls/reset');
  const idle = await service.ended(await service.run(action, options));
  assert.equal(idle.status, 'success', JSON.stringify(idle));
  const { calls } = await emulator.call('GET', '/_emulator/calls');
  assert.equal(calls['spreadsheets.batchUpdate'] ?? 0, 0, `a second ${action} writes nothing: ${JSON.stringify(calls)}`);
}

async function checkScores(scorer) {
  const rows = await scorer.scoring.rows();
  assert.deepEqual(rows.map((row) => row['Initiative Key']).sort(), [...scorer.typed.keys()].sort(), 'each listed initiative stands once');
  const switchable = new Set(scorer.switchable());
  for (const row of rows) {
    const key = row['Initiative Key'];
    const cells = scorer.typed.get(key);
    for (const [column, value] of Object.entries(cells)) assert.equal(row[column], value, `${key}: ${column} is as it was typed`);
    const scores = scoresOf(cells);
    for (const framework of ['RICE', 'WSJF']) assert.equal(row[`${framework}: Overall Score`], scores[framework], `${key}: ${framework}`);
    if (switchable.has(key)) assert.equal(row['Active: Overall Score'], scores[cells['Active Scoring Framework']], `${key}: active score`);
  }
}

test(`nothing is lost, doubled or overwritten over ${KILLS} kills`, { timeout: 420_000 }, async (t) => {
  t.diagnostic(`KILL_LOOP_SEED=${SEED} KILL_LOOP_KILLS=${KILLS}`);
  const folder = temporaryFolder();
  t.after(() => folder.remove());
  const credentialsFile = path.join(folder.path, 'service_account.json');
  const emulatorProcess = await RoadmapdProcess.start([
    'emulator', '--port', '0', '--data', folder.path, '--token', TOKEN, '--write-credentials', credentialsFile, '--test-hooks',
  ]);
  t.after(() => emulatorProcess.kill());

  const emulator = new Emulator(emulatorProcess.url, TOKEN);
  const intakeId = await emulator.create('Intake', { North: INTAKE_HEADERS, South: INTAKE_HEADERS });
  const backlogId = await emulator.create('Backlog', { Backlog: BACKLOG_HEADERS });
  const productOpsId = await emulator.create('Product Ops', {
    Scoring_Inputs: SCORING_HEADERS, MathModels: MATH_MODEL_HEADERS, Params: PARAM_HEADERS,
  });
  const configFile = path.join(folder.path, 'config.toml');
  writeFileSync(configFile, configuration(emulator.url, credentialsFile, intakeId, backlogId, productOpsId));
  const intake = ['North', 'South'].map((tab) => new Sheet(emulator, intakeId, tab, INTAKE_HEADERS));
  const backlog = new Sheet(emulator, backlogId, 'Backlog', BACKLOG_HEADERS);

  const service = new KilledService(configFile);
  await service.start();
  t.after(() => service.stop());
  const team = new Team(intake, new SeededRandom(SEED), MAX_INTAKE_ROWS, SORTS);
  const pm = new ProductManager(backlog, new SeededRandom(SEED + 1));
  const scorer = new Scorer(new Sheet(emulator, productOpsId, 'Scoring_Inputs', SCORING_HEADERS), pm, new SeededRandom(SEED + 7));
  const clicks = new Clicks(service, pm, scorer, new SeededRandom(SEED + 2));

  let over = false;
  const working = [
    keepActing(new SeededRandom(SEED + 3), 200, () => over, () => team.act()),
    keepActing(new SeededRandom(SEED + 4), 200, () => over, () => pm.act()),
    keepActing(new SeededRandom(SEED + 8), 200, () => over, () => scorer.act()),
    keepActing(new SeededRandom(SEED + 5), 150, () => over, () => clicks.act()),
  ];
  try {
    // What one of the people runs into ends the test at once.
    await Promise.race([
      killAgainAndAgain(service, emulator, new SeededRandom(SEED + 6)),
      Promise.all(working),
    ]);
  } finally {
    over = true;
  }
  await Promise.all(working);
  assert.equal(service.kills, KILLS);

  // Every acknowledged run is in the ledger and ends; none was made twice by asking again.
  const runs = await Promise.all(clicks.acknowledged.map((runId) => service.ended(runId)));
  const ledger = await everyRun(service);
  assert.deepEqual(new Set(ledger.map((run) => run.run_id)), new Set(clicks.acknowledged));
  assert.equal(ledger.length, clicks.acknowledged.length);
  assert.ok(ledger.every((run) => FINAL_STATES.includes(run.status)));
  const again = runs.filter((run) => run.attempt > 1).length;
  assert.ok(again > 0, 'some kill hit a running run');

  // Quiet at last: everything is brought up to date.
  await settle(service, emulator, 'pm.backlog_sync');
  await settle(service, emulator, 'pm.score_selected', on(scorer.scoring, [...scorer.typed.keys()]));
  await settle(service, emulator, 'pm.switch_framework', on(scorer.scoring, scorer.switchable()));

  const keyByTitle = await checkIntake(team);
  const byKey = await checkBacklog(backlog, keyByTitle, pm);
  await checkScores(scorer);
  for (const { cells } of team.rows) {
    assert.equal(byKey.get(keyByTitle.get(cells.Title))['Problem Statement'], cells['Problem Statement'], `${cells.Title} is told as the team told it last`);
  }

  const failed = runs.filter((run) => run.status === 'failed');
  t.diagnostic(`${KILLS} kills, ${runs.length} runs (${again} more than once, ${failed.length} failed), ` +
    `${keyByTitle.size} initiatives, ${scorer.typed.size} of them listed for scoring, ` +
    `${[...pm.typed.values(), ...scorer.typed.values()].flatMap(Object.keys).length} cells of PMs`);
  for (const run of failed) assert.match(run.error.message, /\S/, `${run.run_id} says why it failed`);
});
