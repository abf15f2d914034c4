// How a job's outcome is told: what a toast holds, what the dialog lists, which words are used. The service's answers are
// scripted; titles and scores are read from the real emulator.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { listOf, ProgressPage } from './progress_page.mjs';
import { accepted, problem, run, ScriptedService } from './scripted_service.mjs';

const SCORING = ['Initiative Key', 'Title', 'Status', 'RICE: Overall Score', 'WSJF: Overall Score', 'Math: Overall Score'];
const TITLES = ['Checkout', 'Points', 'Stores', 'Banks', 'Wish lists'];

let workbooks;
let service;
let project;
let backlog;
let scoring;
let intake;
before(async () => {
  workbooks = await Workbooks.start();
  backlog = await workbooks.create('Backlog', { Backlog: [
    ['Initiative Key', 'Title', 'Requesting Team', 'Status'], ...TITLES.map((title, index) => [key(index + 1), title, index === 4 ? '' : 'CRM', '']),
  ] });
  scoring = await workbooks.create('Product Ops', {
    Scoring_Inputs: [SCORING, [key(1), 'Checkout', '', 4, 3, ''], [key(2), 'Points', '', 7, '', ''], [key(3), 'Stores', '', 2, '', ''],
      [key(4), 'Banks', '', '', 5, ''], [key(5), 'Wish lists', '', 1, 2, '']],
    MathModels: [['initiative_key', 'formula_text'], [key(1), ''], [key(2), '']],
    Params: [['initiative_key', 'param_name']].concat([[key(1), 'visits'], [key(1), 'margin']]),
  });
  intake = await workbooks.create('Intake', {
    EMEA: [['Key', 'Title', 'Requesting Team'], [key(1), 'Checkout', 'CRM'], [key(3), '', '']], APAC: [['Title', 'Key', 'Team'], ['Points', key(2), 'Till']],
  });
  service = await ScriptedService.start();
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});
beforeEach(() => {
  project = new AppsScriptProject({ properties: service.properties });
});

function key(number) {
  return `INIT-${String(number).padStart(6, '0')}`;
}

const ok = (number, row, message = '') => ({ initiative_key: key(number), row, status: 'ok', message });
const failed = (number, row, message) => ({ initiative_key: key(number), row, status: 'failed', message });
const selection = (rows, more = {}) => ({ selected_count: rows.length, saved_count: rows.filter(({ status }) => status === 'ok').length, skipped_no_key: 0, rows, ...more });

async function click(label, raw, { view = scoring.view('Scoring_Inputs', ['A2:A6']), answers, as = project } = {}) {
  service.answers(accepted(), run('success', { raw }));
  return as.click(label, { view, answers });
}

const onMathModels = () => ({ view: scoring.view('MathModels', ['A2:A3']) });
const onBacklog = (ranges = ['A2:A6']) => ({ view: backlog.view('Backlog', ranges) });

test('what all went well for needs no dialog, nor do three remarks, which the toast names', async () => {
  const rows = [ok(1, 2), ok(2, 3, 'score is stale, run Score'), ok(3, 4, 'RICE: Impact 5 counts as 3')];
  const execution = await click('Save selected', selection(rows));
  assert.deepEqual(execution.dialogs, []);
  const { message, seconds } = execution.toasts.at(-1);
  assert.equal(message, '3 initiatives saved. Note: Row 3 · INIT-000002 · Points: score is stale, run Score; Row 4 · INIT-000003 · Stores: RICE: Impact 5 counts as 3.');
  assert.ok(seconds > 0, 'it goes by itself');
});

test('after each job, one row that failed, was kept or left out is reason enough for the list, which begins with what failed', async () => {
  const skipped = { initiative_key: key(1), row: 2, status: 'skipped', message: 'a suggestion is there already' };
  for (const label of ['Save selected', 'Score selected', 'Switch framework']) {
    const execution = await click(label, selection([ok(1, 2, 'score is stale, run Score'), failed(2, 3, 'no')], { computed: 1, activated: 1, kept_unsaved_edits: [{ initiative_key: key(1), column: 'Country' }] }));
    assert.match(execution.lastToast, /^1 of 2 initiatives .*Not done: 1, as the list says\./);
    assert.deepEqual(listOf(execution).groups.map(([title]) => title), ['Not done (1)', 'Done, with a remark (1)', 'Typed and not saved, kept as they are (1)'], label);
  }
  assert.deepEqual(listOf(await click('Save selected', selection([skipped]))).groups, [['Left out (1)', [['Row 2 · INIT-000001 · Checkout', 'a suggestion is there already']]]]);
  const added = await click('Add to scoring', selection([ok(1, 0, 'added to Scoring_Inputs'), failed(2, 3, 'unknown key')], { added: 1, already_there: 0 }), onBacklog(['A2:A3']));
  assert.deepEqual(listOf(added).groups.map(([title]) => title), ['Added to Scoring_Inputs (1)', 'Not done (1)']);
});

test('the list of Update Backlog begins with what was published, then says what was not and why; a choice is no unsaved edit beside that', async () => {
  const chosen = 'WSJF is chosen but not active: Switch framework, once Score gives it a score';
  const rows = [ok(1, 2, chosen), ok(2, 3, 'updated'), failed(3, 4, 'duplicate key, see row 2'), ok(4, 5, 'team changed Title to \'Bank\', yours was kept')];
  const kept = [[1, 'Active Scoring Framework'], [1, 'Country'], [2, 'Active Scoring Framework']].map(([number, column]) => ({ initiative_key: key(number), column }));
  const execution = await click('Update Backlog', { updated_count: 1, not_active: 1, rows, kept_unsaved_edits: kept }, { ...onBacklog(), answers: [{ button: 'YES' }] });
  assert.deepEqual(listOf(execution).groups, [
    ['Brought up to date (1)', [['Row 3 · INIT-000002', 'Points (CRM)']]],
    ['Not done (1)', [['Row 4 · INIT-000003 · Stores', 'duplicate key, see row 2']]],
    ['Not published: chosen, and not active yet (1)', [['Row 2 · INIT-000001 · Checkout', chosen]]],
    ['Done, with a remark (1)', [['Row 5 · INIT-000004 · Banks', 'team changed Title to \'Bank\', yours was kept']]],
    ['Typed in the Central Backlog and not saved, kept as they are (2)', [['Row 2 · INIT-000001 · Checkout', 'Country'], ['Row 3 · INIT-000002 · Points', 'Active Scoring Framework']]],
  ]);
  assert.match(execution.lastToast, /^1 row of the Central Backlog is up to date now\. 1 initiative chose a framework that is not active yet\. 2 cells that you have typed in the Central Backlog/);
  const none = await click('Update Backlog', { updated_count: 0, rows: [rows[2]] }, { ...onBacklog(), answers: [{ button: 'YES' }] });
  assert.equal(listOf(none).label, 'Nothing was changed in the Central Backlog. Not done: 1.');
});

test('more than three are listed in a dialog, all of them, to scroll and to copy', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => failed(index + 1, index + 2, `reason ${index + 1}`));
  const execution = await click('Save selected', selection(rows));
  assert.equal(execution.lastToast, '0 of 40 initiatives saved. Not done: 40, as the list says.');
  const page = listOf(execution);
  assert.equal(page.label, '0 of 40 initiatives saved. Not done: 40.', 'the toast goes, what it says stays');
  const [[title, entries]] = page.groups;
  assert.equal(title, 'Not done (40)');
  assert.equal(entries.length, 40);
  assert.deepEqual(entries[0], ['Row 2 · INIT-000001 · Checkout', 'reason 1']);
  assert.deepEqual(entries[39], ['Row 41 · INIT-000040', 'reason 40']);
  assert.equal(page.elements.list.hidden, false);
  assert.equal(page.elements.list.isFocused, false, 'the keyboard stays where the person types');
  page.getKeyboard();
  assert.equal(page.elements.list.isFocused, true, 'arrow keys scroll it');
  assert.deepEqual(page.size, { width: 620, height: 460 });
  page.elements.copy.click();
  assert.equal(page.elements.copy.textContent, 'Copied');
  const lines = page.document.copied.split('\n');
  assert.equal(lines.length, 3 + 40);
  assert.equal(lines[3], 'Row 2 · INIT-000001 · Checkout\treason 1');
  page.button.click();
  assert.equal(page.isClosed, true);
});

test('an entry leads to its row on the tab of the click, to where its key stands by now; what has no row here leads nowhere', async () => {
  const entriesOf = async (execution) => {
    const asked = [];
    const list = new ProgressPage(execution.dialogs[0], (name, args) => {
      asked.push([name, ...args]);
      return {};
    });
    const places = list.elements.list.children.filter(({ children }) => children.length > 0)
      .flatMap(({ children }) => children.map((entry) => entry.children[0]));
    for (const place of places.filter(({ type }) => type === 'button')) place.click();
    return [places.length, asked];
  };
  const raw = selection([failed(2, 3, 'no'), failed(1, 2, 'Params row 2: no')], { warnings: ['late'] });
  const [count, asked] = await entriesOf(await click('Save selected', raw));
  assert.equal(count, 3);
  assert.deepEqual(asked, [['goToRow', 'Scoring_Inputs', { row: 3, key: key(2) }], ['goToRow', 'Scoring_Inputs', { row: 2, key: key(1) }]]);
  const elsewhere = await click('Update Backlog', { updated_count: 0, rows: [failed(3, 4, 'no')] }, { answers: [{ button: 'YES' }] });
  assert.deepEqual(await entriesOf(elsewhere), [1, []], 'the Backlog is another workbook');

  const view = scoring.view('Params');
  const goTo = (tab, entry) => project.call('goToRow', { view, args: [tab, entry] });
  const { sheetId } = scoring.view('Scoring_Inputs');
  const at = (row) => [{ kind: 'select', spreadsheetId: view.spreadsheetId, sheetId, row, column: 1 }];
  assert.deepEqual((await goTo('Scoring_Inputs', { row: 3, key: key(2) })).selections, at(3));
  assert.deepEqual((await goTo('Scoring_Inputs', { row: 3, key: key(5) })).selections, at(6));
  assert.deepEqual((await goTo('Scoring_Inputs', { row: 3, key: '' })).selections, at(3));
  assert.equal((await goTo('Params', { row: 3, key: key(1) })).selections[0].row, 3, 'of an initiative\'s several rows the one that is meant');
  const filtered = scoring.view('Scoring_Inputs', ['A2'], { byFilter: [3] });
  await assert.rejects(project.call('goToRow', { view: filtered, args: ['Scoring_Inputs', { row: 3, key: key(2) }] }),
    { message: 'Row 3 of Scoring_Inputs is hidden.' });
  for (const [tab, lost] of [['Scoring_Inputs', key(77)], ['Gone', key(1)]]) {
    await assert.rejects(goTo(tab, { row: 3, key: lost }), { message: `It is not on ${tab} any more.` });
  }
});

test('an entry says so where its row is gone by now', async () => {
  const { dialogs: [dialog] } = await click('Save selected', selection([failed(77, 3, 'no')]));
  const list = new ProgressPage(dialog, (name, args) => project.call(name, { view: scoring.view('Scoring_Inputs'), args }));
  const [, { children: [{ children: [place] }] }] = list.elements.list.children;
  place.click();
  await list.until(() => place.textContent === 'Row 3 · INIT-000077: It is not on Scoring_Inputs any more.');
});

test('a toast that would be too long is a dialog', async () => {
  const execution = await click('Save selected', selection([failed(1, 2, 'x'.repeat(450))]));
  assert.deepEqual(listOf(execution).groups, [['Not done (1)', [['Row 2 · INIT-000001 · Checkout', 'x'.repeat(450)]]]]);
});

test('the page that follows a long job shows the list in place of closing', async () => {
  const rows = Array.from({ length: 4 }, (_, index) => failed(index + 1, index + 2, 'no'));
  const probe = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: 'function probe() { showPage_({ action: "pm.save_selected", runId: "run_1" }, "Save selected", null); }' }] });
  const view = scoring.view('Scoring_Inputs');
  const { dialogs: [dialog] } = await probe.call('probe', { view });
  service.answers(run('running'), run('success', { raw: selection(rows) }));
  const page = new ProgressPage(dialog, (name, args) => project.call(name, { view, args }));
  await page.until(() => page.button.textContent === 'Close');
  assert.equal(page.isClosed, false);
  assert.deepEqual(page.groups.map(([title]) => title), ['Not done (4)']);
  assert.deepEqual(page.size, { width: 620, height: 460 });
  assert.deepEqual(page.toasts, ['0 of 4 initiatives saved. Not done: 4, as the list says.']);
});

test('See latest intake names three new initiatives in the toast, by title and team', async () => {
  const rows = [ok(4, null, 'appended'), ok(5, null, 'appended'), ok(1, 2, 'updated')];
  const execution = await click('See latest intake', { appended: 2, updated_count: 3, rows }, onBacklog());
  assert.equal(execution.lastToast, '2 new initiatives came in: Banks (CRM), Wish lists. 1 row was brought up to date: Checkout (CRM).');
  assert.deepEqual(execution.dialogs, []);
});

test('with more of them its list begins with what is new and what changed, then says what did not come in', async () => {
  const rows = [
    { initiative_key: '', row: 18, status: 'skipped', message: 'Marketing_EMEA row 18: no Title' },
    ok(1, 2, 'updated'), ok(2, 3, 'updated'), ok(3, 4, 'updated'), ok(4, 5, 'updated'), ok(5, null, 'appended'),
  ];
  const execution = await click('See latest intake', {
    appended: 1, updated_count: 5, rows, warnings: ['Marketing_EMEA row 18: no Title, skipped'], failed_sources: [{ tab: 'Sales_EMEA', reason: 'Share it.' }],
    kept_unsaved_edits: [{ initiative_key: key(1), column: 'Status' }, { initiative_key: key(1), column: 'Title' }],
    kept_pm_values: [{ initiative_key: key(2), column: 'Title', kept: 'Points', intake: 'Loyalty' }],
  }, onBacklog());
  assert.equal(execution.lastToast, '1 new initiative came in: Wish lists. 4 rows were brought up to date. 2 cells that you have typed in the Central Backlog and not saved stayed as they are. Not done: 2, as the list says.');
  assert.deepEqual(listOf(execution).groups, [
    ['New in the backlog (1)', [['Row 6 · INIT-000005', 'Wish lists']]],
    ['Brought up to date (4)', TITLES.slice(0, 4).map((title, index) => [`Row ${index + 2} · ${key(index + 1)}`, `${title} (CRM)`])],
    ['Not done (2)', [['Sales_EMEA', 'Share it.'], ['Marketing_EMEA row 18', 'no Title']]],
    ['Typed in the Central Backlog and not saved, kept as they are (1)', [['Row 2 · INIT-000001 · Checkout', 'Status; Title']]],
    ['Changed in the backlog and, otherwise, in intake: the backlog keeps its own (1)', [['Row 3 · INIT-000002 · Points', 'Title: “Points” here, “Loyalty” in intake']]],
  ]);
});

test('a row\'s sentence stands whole under its own row, whatever it quotes of other tabs', async () => {
  const messages = ['MATH_MODEL not scored: MathModels row 3: parameters_json: not JSON', 'Scoring_Inputs row 3: RICE: Reach: \'abc\' is not a number'];
  const scored = await click('Score selected', selection([ok(1, 2, messages[0]), failed(2, 3, messages[1])], { computed: 1 }));
  assert.deepEqual(listOf(scored).groups, [
    ['Not done (1)', [['Row 3 · INIT-000002 · Points', messages[1]]]], ['Done, with a remark (1)', [['Row 2 · INIT-000001 · Checkout', messages[0]]]],
  ]);
  const rows = [
    ok(1, 2, 'team changed Title to \'Shelf row 2: taller\', yours was kept'), failed(2, 3, 'unknown key \'Team row 3: x\''),
    { initiative_key: key(3), row: 7, status: 'skipped', message: 'Plan row 3: Q1 row 7: duplicate key, see Sales row 2: not here\nnor there' },
  ];
  const intake = await click('See latest intake', { appended: 0, updated_count: 0, rows }, onBacklog());
  assert.deepEqual(listOf(intake).groups, [
    ['Not done (2)', [['Row 3 · INIT-000002 · Points', 'unknown key \'Team row 3: x\''], ['Plan row 3: Q1 row 7', 'duplicate key, see Sales row 2: not here', 'nor there']]],
    ['Done, with a remark (1)', [['Row 2 · INIT-000001 · Checkout', rows[0].message]]],
  ]);
});

test('Nothing new is said of the latest intake only where the backlog shows all of it', async () => {
  const sentence = async (more) => (await click('See latest intake', { appended: 0, updated_count: 0, ...more }, onBacklog())).lastToast;
  assert.equal(await sentence({}), 'Nothing new: the backlog shows the latest intake.');
  const others = [
    { rows: [{ initiative_key: '', row: 18, status: 'skipped', message: 'Team row 18: no Title' }] },
    { rows: [ok(1, 2, 'team changed Title to \'Pay\', yours was kept')] },
    { failed_sources: [{ tab: 'Team', reason: 'Share it.' }] }, { warnings: ['Team row 4: Impact Expected: \'abc\' is not a number'] },
    { kept_unsaved_edits: [{ initiative_key: key(1), column: 'Title' }] },
    { kept_pm_values: [{ initiative_key: key(2), column: 'Title', kept: 'Points', intake: 'Loyalty' }] },
  ];
  for (const more of others) assert.match(await sentence(more), /^Nothing new came in\./, JSON.stringify(more));
});

test('the list begins with what the assistant did, as with what any other job did', async () => {
  const left = { initiative_key: key(2), row: 3, status: 'skipped', message: 'no' };
  for (const [label, title] of [['Suggest formula', 'Suggested'], ['Seed parameters', 'Added to Params']]) {
    const execution = await click(label, { suggested: 1, seeded: 1, rows: [left, ok(1, 2, 'done')], warnings: ['late'] }, { answers: [{ button: 'YES' }], ...onMathModels() });
    assert.deepEqual(listOf(execution).groups.map(([name]) => name), [`${title} (1)`, 'Left out (1)', 'Good to know (1)']);
  }
});

test('what concerns the whole run stands before remarks on rows, which may be many', async () => {
  const rows = [failed(1, 2, 'unknown key'), ok(2, 3, 'score is stale, run Score')];
  const execution = await click('Save selected', selection(rows, { warnings: ['no tab \'Params\'; the tabs are \'Parameter\''] }));
  assert.deepEqual(listOf(execution).groups.map(([title]) => title), ['Not done (1)', 'Good to know (1)', 'Done, with a remark (1)']);
});

test('an initiative that the workbook has no title of is named by its key, once, and titles are looked for on all tabs of intake', async () => {
  const rows = [ok(1, null, 'appended'), ok(2, 5, 'appended'), ok(3, null, 'appended'), ok(77, null, 'appended')];
  const execution = await click('See latest intake', { appended: 4, updated_count: 4, rows }, { view: intake.view('EMEA') });
  assert.deepEqual(listOf(execution).groups, [['New in the backlog (4)', [
    ['INIT-000001', 'Checkout (CRM)'], ['Central Backlog row 5 · INIT-000002', 'Points (Till)'], ['INIT-000003'], ['INIT-000077'],
  ]]]);
});

test('a row of a tab that is not in front is called by its tab: the sheet in front has one of the same number', async () => {
  const raw = {
    updated_count: 1, rows: [ok(1, 2, 'updated'), failed(2, 3, 'duplicate key'), ok(3, 4, 'WSJF is chosen but not active: Switch framework'), ok(4, 5, 'team changed Title')],
  };
  const placesOn = async (options) => listOf(await click('Update Backlog', raw, { ...options, answers: [{ button: 'YES' }] })).groups.map(([, [[place]]]) => place);
  const called = (row) => [`${row} 2 · INIT-000001`, `${row} 3 · INIT-000002 · Points`, `${row} 4 · INIT-000003 · Stores`, `${row} 5 · INIT-000004 · Banks`];
  assert.deepEqual(await placesOn({ view: scoring.view('Scoring_Inputs', ['A2']) }), called('Central Backlog row'));
  assert.deepEqual(await placesOn(onBacklog()), called('Row'));
  const saved = listOf(await click('Save selected', selection([failed(2, 3, 'no')]))).groups;
  assert.deepEqual(saved, [['Not done (1)', [['Row 3 · INIT-000002 · Points', 'no']]]], 'what was selected is in front');
});

test('the sentence above the list counts what the list counts', async () => {
  const chosen = 'WSJF is chosen but not active: Switch framework';
  const rows = [failed(5, 6, 'no'), ok(1, 2, 'score is stale, run Score'), ok(2, 3, chosen), ok(3, 4, chosen)];
  const saved = await click('Save selected', selection(rows, { warnings: ['late'] }));
  const list = listOf(saved);
  assert.equal(list.label, '3 of 4 initiatives saved. 2 initiatives chose a framework that is not active yet. Not done: 1. 1 remark. Good to know: 1.');
  assert.match(saved.lastToast, /Not done: 1, as the list says\. 1 remark in the list\. Good to know: 1 in the list\.$/);
  assert.deepEqual(list.groups.map(([title]) => title), ['Not done (1)', 'Chosen, and not active yet (2)', 'Good to know (1)', 'Done, with a remark (1)']);
  const changed = [ok(1, 2, 'team changed Title'), ok(2, 3, 'team changed Title'), failed(3, 4, 'no')];
  const updated = listOf(await click('Update Backlog', { updated_count: 2, rows: changed }, { ...onBacklog(), answers: [{ button: 'YES' }] }));
  assert.equal(updated.label, '2 rows of the Central Backlog are up to date now. Not done: 1. 2 remarks.');
  assert.deepEqual(updated.groups.map(([title]) => title), ['Not done (1)', 'Done, with a remark (2)']);
});

test('cells of a tab that is not in front are named without a row', async () => {
  const raw = { updated_count: 0, kept_unsaved_edits: [{ initiative_key: key(1), column: 'Status' }] };
  const entryOn = async (options) => listOf(await click('Update Backlog', raw, { ...options, answers: [{ button: 'YES' }] })).groups.find(([title]) => title.startsWith('Typed'))[1][0];
  assert.deepEqual(await entryOn({ view: scoring.view('Scoring_Inputs', ['A2']) }), ['INIT-000001 · Checkout', 'Status']);
  assert.deepEqual(await entryOn(onBacklog()), ['Row 2 · INIT-000001 · Checkout', 'Status']);
});

test('hints are in the list and never in the toast', async () => {
  const hint = 'WSJF is relative: no row has 1 in Business Value and Job Size';
  const execution = await click('Score selected', selection([ok(1, 2)], { computed: 1, hints: [hint] }));
  assert.equal(execution.lastToast, '1 initiative scored.');
  assert.deepEqual(listOf(execution).groups, [['Hints on the scores (1)', [[hint]]]]);
});

test('partial rows are counted: what one framework alone has scored, and what lacks one that it should have', async () => {
  const only = await click('Score selected', selection([ok(1, 2), ok(2, 3, 'WSJF not scored: Job Size missing'), ok(3, 4)], { computed: 3 }));
  assert.equal(only.lastToast, '3 initiatives scored, 2 of them by RICE only. Note: Row 3 · INIT-000002 · Points: WSJF not scored: Job Size missing.');
  const mixed = await click('Score selected', selection([ok(2, 3), ok(4, 5), ok(5, 6, 'MATH_MODEL not scored: missing formula')], { computed: 3 }));
  assert.match(mixed.lastToast, /^3 initiatives scored, 1 of them by RICE only, 1 of them by WSJF only, 1 of them without MATH_MODEL\. Note: /);
  const one = await click('Score selected', selection([ok(2, 3)], { computed: 1 }));
  assert.equal(one.lastToast, '1 initiative scored, by RICE only.');
  const all = await click('Score selected', selection([ok(2, 3), ok(3, 4)], { computed: 2 }));
  assert.equal(all.lastToast, '2 initiatives scored, all of them by RICE only.');
});

test('scores are looked up on Scoring_Inputs also when the click was on Params', async () => {
  const execution = await click('Score selected', selection([ok(2, 2)], { computed: 1 }), { view: scoring.view('Params', ['A2']) });
  assert.equal(execution.lastToast, '1 initiative scored, by RICE only.');
});

test('frameworks that are chosen and not active are counted, by Update Backlog and by Save', async () => {
  const update = (notActive) => click('Update Backlog', { updated_count: 0, not_active: notActive }, { ...onBacklog(), answers: [{ button: 'YES' }] });
  assert.equal((await update(7)).lastToast, 'The Central Backlog was up to date already. 7 initiatives chose a framework that is not active yet.');
  assert.equal((await update(1)).lastToast, 'The Central Backlog was up to date already. 1 initiative chose a framework that is not active yet.');
  assert.equal((await update(0)).lastToast, 'The Central Backlog was up to date already.');
  const rows = [ok(1, 2, 'WSJF is chosen but not active: Switch framework'), ok(2, 3)];
  const saved = await click('Save selected', selection(rows));
  assert.equal(saved.lastToast, '2 initiatives saved. 1 initiative chose a framework that is not active yet.');
  assert.deepEqual(saved.dialogs, []);
});

test('Add to scoring sends the selected keys, and says what is there already', async () => {
  const execution = await click('Add to scoring', selection([ok(1, 0, 'added to Scoring_Inputs'), ok(2, 3, 'on Scoring_Inputs already')], { added: 1, already_there: 1 }), onBacklog(['A2:A3']));
  assert.deepEqual(execution.toasts.map(({ message }) => message), [
    'Adding 2 initiatives to Scoring_Inputs (rows 2 to 3) …',
    '1 initiative added to Scoring_Inputs. 1 is there already. Note: Row 3 · INIT-000002 · Points: on Scoring_Inputs already.',
  ]);
  const [{ body }] = service.requests;
  assert.equal(body.action, 'pm.add_to_scoring');
  assert.deepEqual(body.scope, { type: 'selection', initiative_keys: [key(1), key(2)], rows: [{ row: 2, initiative_key: key(1) }, { row: 3, initiative_key: key(2) }] });
  assert.deepEqual(body.sheet_context, { spreadsheet_id: backlog.id, tab: 'Backlog' });
  const many = [1, 2, 3, 4, 5].map((number) => ok(number, 0, 'added to Scoring_Inputs'));
  const five = await click('Add to scoring', selection(many, { added: 5, already_there: 0 }), onBacklog(['A2:A6']));
  assert.equal(five.lastToast, '5 initiatives added to Scoring_Inputs.');
  assert.deepEqual(five.dialogs, [], 'there is nothing to list');
  const again = await click('Add to scoring', selection([ok(1, 2)], { added: 0, already_there: 1 }), onBacklog(['A2']));
  assert.match(again.lastToast, /^0 initiatives added to Scoring_Inputs\. 1 is there already\./);
});

test('a block with hidden rows near it is named with its count and rows before anything is done', async () => {
  const view = scoring.view('Scoring_Inputs', ['A2:A4'], { byFilter: [3, 6] });
  service.answers();
  const no = await project.click('Switch framework', { view, answers: [{ button: 'NO' }] });
  assert.equal(no.alert, 'Switching the framework of 2 initiatives (rows 2 and 4): rows there or near them are hidden. Rows that are hidden by a filter or by hand are left out, ' +
    'but a filter view of your own cannot be seen from here: rows that only it hides are among those that are named. Go on with all 2 rows?');
  assert.deepEqual([no.lastToast, no.requests], ['Nothing was changed.', []]);
  const yes = await click('Switch framework', selection([ok(1, 2), ok(3, 4)], { activated: 2 }), { view, answers: [{ button: 'YES' }] });
  assert.equal(yes.lastToast, '2 initiatives switched.');
});

test('a permission that is denied does not stop a job', async () => {
  const denying = (...deniedScopes) => ({ ...scoring.view('Scoring_Inputs', ['A2']), deniedScopes });
  const noMail = await click('Save selected', selection([ok(1, 2)]), { view: denying('userinfo.email') });
  assert.equal(noMail.lastToast, '1 initiative saved.');
  assert.deepEqual(service.requests[0].body.requested_by, { ui: 'apps_script' });
  assert.match(noMail.log.at(-1).text, /not allowed: .*userinfo\.email/);

  const rows = Array.from({ length: 4 }, (_, index) => failed(index + 1, index + 2, 'no'));
  const noDialogs = await click('Save selected', selection(rows), { view: denying('script.container.ui') });
  assert.equal(noDialogs.lastToast, '0 of 4 initiatives saved. Not done: 4, as the list says.');
  assert.deepEqual([noDialogs.dialogs, noDialogs.alerts], [[], []]);

  service.answers(accepted(), ...Array(20).fill(run('running')));
  const long = await project.click('Save selected', { view: denying('script.container.ui') });
  assert.equal(long.lastToast, 'This takes a while. The Status column will show how it went.');
});

test('a permission without which nothing can be done is named in words', async () => {
  const noSheet = await project.click('Save selected', { view: { ...scoring.view('Scoring_Inputs', ['A2']), deniedScopes: ['spreadsheets.currentonly'] } });
  assert.equal(noSheet.alert, 'Google has not been told yet that this menu may look at this sheet. Reload the sheet, click again and allow “View and manage spreadsheets that this application has been installed in”.');
  const noRequests = await project.click('See latest intake', { view: { ...backlog.view('Backlog'), deniedScopes: ['script.external_request'] } });
  assert.equal(noRequests.alert, 'Google has not been told yet that this menu may reach the service. Reload the sheet, click again and allow “Connect to an external service”.');
});

test('no name of a job or flow is told as the service writes it', async () => {
  const messages = ['written by flow1.backlogsheet_write', 'run pm.score_selected first'];
  const row = await click('Save selected', selection([failed(1, 2, messages[0]), failed(2, 3, messages[1])], { warnings: ['flow4.seed_params: try again'] }));
  assert.deepEqual(listOf(row).groups.map(([, entries]) => entries.map((lines) => lines.at(-1))),
    [['written by a job of the service', 'run Score selected first'], ['Seed parameters: try again']]);
  service.answers(accepted(), run('failed', { error: 'flow1.backlog_sync is running.' }));
  assert.equal((await project.click('Save selected', { view: scoring.view('Scoring_Inputs', ['A2']) })).alert, 'Update Backlog is running.');
  service.answers(problem(409, 'pm.save_selected waits already.'));
  assert.equal((await project.click('Save selected', { view: scoring.view('Scoring_Inputs', ['A2']) })).alert, 'Save selected waits already.');
});

test('one is one: no sentence counts "1 initiatives" or "1 rows"', async () => {
  const raws = {
    'Save selected': selection([ok(1, 2)]), 'Score selected': selection([ok(1, 2)], { computed: 1 }), 'Switch framework': selection([ok(1, 2)], { activated: 1 }),
    'Seed parameters': { seeded: 1, skipped_unapproved: 1 },
  };
  for (const [label, raw] of Object.entries(raws)) {
    const view = scoring.view(label === 'Seed parameters' ? 'Params' : 'Scoring_Inputs', ['A2']);
    const { toasts } = await click(label, raw, { view, answers: label === 'Seed parameters' ? [{ button: 'YES' }] : [] });
    for (const { message } of toasts) assert.doesNotMatch(message, /\b1 (initiatives|rows|parameters|cells)\b/);
  }
});

test('a result of more rows than are listed says how many are not', async () => {
  const rows = Array.from({ length: 600 }, (_, index) => failed(index + 1, index + 2, 'no'));
  const execution = await click('Save selected', selection(rows, { rows_left_out: 12 }));
  const [[, entries], [title, rest]] = listOf(execution).groups;
  assert.equal(entries.length, 501);
  assert.deepEqual(entries.at(-1), ['100 more, which the Status column shows']);
  assert.deepEqual([title, rest], ['The rest (12)', [['12 more, which the Status column shows']]]);
});
