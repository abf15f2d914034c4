// What each job asks the service for, and what it tells of each answer.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { listOf } from './progress_page.mjs';
import { accepted, run, ScriptedService } from './scripted_service.mjs';

const YES = { button: 'YES' };

let workbooks;
let ops;
let backlog;
let service;
let project;
before(async () => {
  workbooks = await Workbooks.start();
  ops = await workbooks.create('Product Ops', {
    Scoring_Inputs: [['Initiative Key', 'RICE: Reach'], ['INIT-000001', 5], ['', 7], ['INIT-000003', 9]],
    MathModels: [['initiative_key', 'formula_text'], ['INIT-000001', 'value = a'], ['INIT-000003', '']],
    Params: [['param_name', 'initiative_key', 'value'], ['a', 'INIT-000001', 1], ['b', 'INIT-000001', 2], ['c', 'INIT-000003', 3]],
  });
  backlog = await workbooks.create('Backlog', { Backlog: [['Initiative Key'], ['INIT-000001'], ['INIT-000002']] });
  service = await ScriptedService.start();
  project = new AppsScriptProject({ properties: service.properties });
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

/** Clicks an item while the run ends with `raw`; the execution, and the body that was sent. */
async function click(label, view, raw, { answers = [], rows = [], ...more } = {}) {
  service.answers(accepted(), run('success', { raw: { rows, ...raw, ...more } }));
  const execution = await project.click(label, { view, answers });
  service.played();
  return { execution, body: service.requests[0].body, toasts: execution.toasts.map(({ message }) => message), last: execution.toasts.at(-1) };
}

const selected = (counts) => ({ selected_count: 2, saved_count: 2, failed_count: 0, skipped_no_key: 0, ...counts });
const ok = (key, row) => ({ initiative_key: key, row, status: 'ok', message: '' });

test('Score selected sends the keys, blank ones too, the rows and the tab', async () => {
  const { body, toasts } = await click('Score selected', ops.view('Scoring_Inputs', ['B4', 'A2:A3']),
    selected({ skipped_no_key: 1, computed: 2, written: 1 }), { rows: [ok('INIT-000001', 2), ok('INIT-000003', 4)] });
  assert.deepEqual(body, {
    action: 'pm.score_selected',
    scope: {
      type: 'selection', initiative_keys: ['INIT-000001', '', 'INIT-000003'],
      rows: [{ row: 2, initiative_key: 'INIT-000001' }, { row: 4, initiative_key: 'INIT-000003' }],
    },
    sheet_context: { spreadsheet_id: ops.id, tab: 'Scoring_Inputs' },
    requested_by: { ui: 'apps_script', user_email: 'pm@example.com' },
  });
  assert.deepEqual(toasts, ['Computing scores of 2 initiatives (rows 2 and 4) …', '2 initiatives scored. 1 selected row without a key left out.']);
});

test('Score selected names those that got no score', async () => {
  const { last, execution } = await click('Score selected', ops.view('Scoring_Inputs', ['A2:A4']), selected({ computed: 1, written: 1, failed_count: 1, saved_count: 1 }),
    { rows: [ok('INIT-000001', 2), { initiative_key: 'INIT-000003', row: 4, status: 'failed', message: "RICE: Reach: 'abc' is not a number" }] });
  assert.equal(last.message, '1 of 2 initiatives scored. Not done: 1, as the list says.');
  assert.deepEqual(listOf(execution).groups, [['Not done (1)', [['Row 4 · INIT-000003', "RICE: Reach: 'abc' is not a number"]]]]);
});

test('Save selected on Params sends each row of an initiative', async () => {
  const { body, toasts } = await click('Save selected', ops.view('Params', ['A2:C3', 'A4']), selected({}));
  assert.deepEqual(body.scope.initiative_keys, ['INIT-000001', 'INIT-000001', 'INIT-000003']);
  assert.deepEqual(body.scope.rows.map(({ row }) => row), [2, 3, 4]);
  assert.deepEqual(toasts, ['Saving 3 rows (rows 2 to 4) …', '2 initiatives saved.']);
});

test('Switch framework works on Scoring_Inputs and on the Backlog, each for itself', async () => {
  for (const [view, tab] of [[ops.view('Scoring_Inputs', ['A2']), 'Scoring_Inputs'], [backlog.view('Backlog', ['A2']), 'Backlog']]) {
    const { body, toasts } = await click('Switch framework', view, selected({ selected_count: 1, saved_count: 1, activated: 1 }));
    assert.equal(body.action, 'pm.switch_framework');
    assert.equal(body.sheet_context.tab, tab);
    assert.deepEqual(toasts, ['Switching the framework of 1 initiative …', '1 initiative switched.']);
  }
});

test('Switch framework says what to do where there is no score yet', async () => {
  const { last, execution } = await click('Switch framework', ops.view('Scoring_Inputs', ['A2']), selected({ selected_count: 1, saved_count: 0, failed_count: 1, activated: 0 }),
    { rows: [{ initiative_key: 'INIT-000001', row: 2, status: 'failed', message: 'no RICE score yet, run Score first' }] });
  assert.equal(last.message, '0 of 1 initiative switched. Not done: 1, as the list says.');
  assert.deepEqual(listOf(execution).groups, [['Not done (1)', [['Row 2 · INIT-000001', 'no RICE score yet, run Score first']]]]);
});

test('Suggest formula asks first, then tells what was suggested and what was left out', async () => {
  const counts = { suggested: 1, invalid_formula: 0, skipped_approved: 2, skipped_no_context: 0, skipped_has_suggestion: 1, skipped_has_formula: 1, llm_calls: 1 };
  const { body, toasts } = await click('Suggest formula', ops.view('MathModels', ['A2:A3']), counts, { answers: [YES] });
  assert.equal(body.action, 'flow4.suggest_mathmodels');
  assert.deepEqual(body.scope.initiative_keys, ['INIT-000001', 'INIT-000003']);
  assert.deepEqual(toasts, ['Asking the assistant for formulas for 2 initiatives (rows 2 to 3) …',
    '1 formula suggested. Left out: 2 approved already, 1 with a formula already, 1 with a suggestion already.']);
});

test('Seed parameters asks first, then tells how many rows were added and what was left out', async () => {
  const counts = { seeded: 3, skipped_unapproved: 1, skipped_invalid_formula: 0, skipped_no_missing: 1, llm_calls: 0 };
  const { body, toasts } = await click('Seed parameters', ops.view('Params', ['A2:A4']), counts, { answers: [YES] });
  assert.equal(body.action, 'flow4.seed_params');
  assert.deepEqual(toasts, ['Adding parameters for 2 initiatives (rows 2 to 4) …', '3 parameters added to Params. Left out: 1 without an approved formula, 1 with all parameters there.']);
});

test('a job that asks first does nothing when the answer is No or the question is closed', async () => {
  service.answers();
  for (const button of ['NO', 'CLOSE']) {
    for (const [label, view] of [['Suggest formula', ops.view('MathModels', ['A2'])], ['Seed parameters', ops.view('Params', ['A2'])], ['Update Backlog', backlog.view('Backlog')]]) {
      const execution = await project.click(label, { view, answers: [{ button }] });
      assert.equal(execution.lastToast, 'Nothing was changed.', label);
      assert.deepEqual(execution.requests, [], label);
    }
  }
});

test('a job on a tab that it is not for says which tabs it is for', async () => {
  service.answers();
  const cases = [
    ['Switch framework', ops.view('Params', ['A2']), 'Switch framework works on Scoring_Inputs and Backlog; you are on Params.'],
    ['Suggest formula', ops.view('Scoring_Inputs', ['A2']), 'Suggest formula works on MathModels; you are on Scoring_Inputs.'],
    ['Seed parameters', ops.view('Scoring_Inputs', ['A2']), 'Seed parameters works on MathModels and Params; you are on Scoring_Inputs.'],
  ];
  for (const [label, view, sentence] of cases) {
    const execution = await project.click(label, { view });
    assert.equal(execution.alert, `${sentence} Go to such a tab, select rows there and click again.`);
    assert.deepEqual(execution.requests, []);
  }
});

test('a selection that names no initiative is told, and nothing is sent', async () => {
  service.answers();
  for (const ranges of [['A1'], ['A3'], ['A900'], []]) {
    const execution = await project.click('Score selected', { view: ops.view('Scoring_Inputs', ranges) });
    assert.match(execution.alert, /select .+ and click again\.$/i);
    assert.deepEqual(execution.requests, []);
    assert.deepEqual(execution.toasts, []);
  }
});

test('See latest intake tells new rows, refreshed rows, kept cells and what was left out', async () => {
  const kept = [{ initiative_key: 'INIT-000001', column: 'Status' }, { initiative_key: 'INIT-000001', column: 'Title' }];
  const counts = { appended: 1, updated_count: 4, cells_updated: 9, kept_unsaved_edits: kept, kept_pm_values: [], failed_sources: [{ tab: 'Growth', reason: 'the tab is gone' }] };
  const rows = [{ initiative_key: '', row: 2, status: 'skipped', message: 'Team row 2: no Title' }, ok('INIT-000001', 2)];
  const { last } = await click('See latest intake', backlog.view('Backlog'), counts, {
    rows, warnings: ['Team row 2: no Title, skipped', "Two columns are headed like 'Title': the first counts, 'title' is ignored"],
  });
  assert.equal(last.message, '1 new initiative came in. 3 rows were brought up to date. 2 cells that you have typed in the Central Backlog and not saved stayed as they are. ' +
    'Not done: 2, as the list says. Good to know: 1 in the list.');
});

test('a job that fails, or is cancelled elsewhere, says so', async () => {
  service.answers(accepted(), run('failed', { error: 'The assistant is switched off; set llm.base_url to use it.' }));
  const failed = await project.click('Suggest formula', { view: ops.view('MathModels', ['A2']), answers: [YES] });
  assert.deepEqual([failed.alerts[1].title, failed.alerts[1].message], ['Suggest formula did not work', 'The assistant is switched off; set llm.base_url to use it.']);
  service.answers(accepted(), run('cancelled'));
  const cancelled = await project.click('Score selected', { view: ops.view('Scoring_Inputs', ['A2']) });
  assert.equal(cancelled.lastToast, 'Cancelled before anything was changed.');
});

test('somebody whose address Google does not tell is not named', async () => {
  service.answers(accepted(), run('success', { raw: selected({ selected_count: 1, saved_count: 1 }) }));
  const unknown = new AppsScriptProject({ properties: service.properties, user: { email: '' } });
  await unknown.click('Save selected', { view: backlog.view('Backlog', ['A2']) });
  assert.deepEqual(service.requests[0].body.requested_by, { ui: 'apps_script' });
});
