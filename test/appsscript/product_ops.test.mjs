// A PM works in Product Ops by clicks alone: types inputs, saves, scores, switches, seeds parameters. The real service
// behind the menu, the real emulator behind the sheet.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Service, Workbooks } from '../integration/node/menu_world.mjs';
import { listOf } from './progress_page.mjs';

const SCORING = ['Initiative Key', 'Title', 'Active Scoring Framework', 'Use Math Model', 'RICE: Reach', 'RICE: Impact', 'RICE: Confidence', 'RICE: Effort',
  'RICE: Overall Score', 'WSJF: Overall Score', 'Math: Value Score', 'Math: Warnings', 'Active: Overall Score', 'Status'];
const MODELS = ['initiative_key', 'model_name', 'model_description_free_text', 'formula_text', 'approved_by_user',
  'llm_suggested_formula_text', 'llm_notes', 'suggested_by_llm', 'Status'];
const PARAMS = ['initiative_key', 'framework', 'param_name', 'value', 'min', 'max', 'approved', 'Status'];
const YES = { button: 'YES' };

let workbooks;
let ops;
let service;
let project;

before(async () => {
  workbooks = await Workbooks.start();
  const intake = await workbooks.create('Intake', { Team: [['Initiative Key', 'Title'], ['', 'Checkout'], ['', 'Points'], ['', 'Stores']] });
  const backlog = await workbooks.create('Backlog', { Backlog: [['Initiative Key', 'Title', 'Last Run Status']] });
  ops = await workbooks.create('Product Ops', { Scoring_Inputs: [SCORING], MathModels: [MODELS], Params: [PARAMS] });
  service = await Service.start(workbooks, `
[[central_backlog]]
spreadsheet_id = "${backlog.id}"
[product_ops]
spreadsheet_id = "${ops.id}"
[[intake]]
sheet_key = "intake"
spreadsheet_id = "${intake.id}"
[[intake.tabs]]
key = "team"
tab_name = "Team"
`);
  project = new AppsScriptProject({ properties: service.properties });
  await project.click('See latest intake', { view: backlog.view('Backlog') });
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

/** Types rows under a tab's headers, from row 2 on; undefined leaves a cell as it is. */
async function type(tab, headers, rows) {
  const values = rows.map((row) => headers.map((header) => row[header] ?? null));
  await workbooks.emulator.call('PUT', `/v4/spreadsheets/${ops.id}/values/${encodeURIComponent(`${tab}!A2`)}?valueInputOption=USER_ENTERED`, { values });
}

/** The column's cells from row 2 on. */
async function column(tab, headers, header) {
  const index = headers.indexOf(header);
  return (await ops.values(`${tab}!A2:Z`)).map((row) => row[index] ?? '');
}

const scores = (header) => column('Scoring_Inputs', SCORING, header);

async function click(label, tab, ranges, answers = []) {
  const execution = await project.click(label, { view: ops.view(tab, ranges), answers });
  return { execution, toast: execution.lastToast, alerts: execution.alerts.slice(answers.length).map(({ message }) => message) };
}

test('Score selected computes the rows of several ranges, and a missing input is no number', async () => {
  await type('Scoring_Inputs', SCORING, [
    { 'Initiative Key': 'INIT-000001', 'RICE: Reach': 100, 'RICE: Impact': 2, 'RICE: Confidence': '80%', 'RICE: Effort': 4 },
    { 'Initiative Key': 'INIT-000002', 'RICE: Reach': 50, 'RICE: Impact': 1, 'RICE: Confidence': 1, 'RICE: Effort': 5 },
    { 'Initiative Key': 'INIT-000003', 'RICE: Reach': 70 },
  ]);
  const { toast, alerts } = await click('Score selected', 'Scoring_Inputs', ['E4', 'A2']);
  assert.deepEqual(alerts, []);
  assert.match(toast, /^1 of 2 initiatives scored, by RICE only\. Note: Row 4 · INIT-000003 · Stores: RICE not scored/);
  assert.deepEqual(await scores('RICE: Overall Score'), [40, '', '']);
  const status = await scores('Status');
  assert.match(status[0], /^OK/);
  assert.equal(status[1], '', 'the row that was not selected is as it was');
  assert.notEqual(status[2], '');
});

test('a bad cell is named, its row keeps its score, the other row is scored', async () => {
  await type('Scoring_Inputs', SCORING, [{ 'RICE: Reach': 'abc' }]);
  const { execution } = await click('Score selected', 'Scoring_Inputs', ['A2:A3']);
  assert.deepEqual(listOf(execution).groups[0], ['Not done (1)', [['Row 2 · INIT-000001 · Checkout', "RICE: Reach: 'abc' is not a number"]]]);
  assert.deepEqual((await scores('RICE: Overall Score')).slice(0, 2), [40, 10]);
  assert.match((await scores('Status'))[0], /^FAILED: RICE: Reach: 'abc' is not a number/);
  await type('Scoring_Inputs', SCORING, [{ 'RICE: Reach': 100 }]);
});

test('Switch framework takes the computed score over, and says where there is none', async () => {
  await type('Scoring_Inputs', SCORING, [{ 'Active Scoring Framework': 'RICE' }, { 'Active Scoring Framework': 'WSJF' }]);
  const { toast, execution } = await click('Switch framework', 'Scoring_Inputs', ['C2:C3']);
  assert.equal(toast, '1 of 2 initiatives switched. Not done: 1, as the list says.');
  const [[, [[where, what]]]] = listOf(execution).groups;
  assert.deepEqual([where, what.slice(0, 17)], ['Row 3 · INIT-000002 · Points', 'no WSJF score yet']);
  assert.deepEqual((await scores('Active: Overall Score')).slice(0, 2), [40, '']);
});

test('Save selected saves on MathModels and on Params, each row for itself', async () => {
  await type('MathModels', MODELS, [{ initiative_key: 'INIT-000001', model_name: 'Visits', formula_text: 'value = visits * margin\neffort = 2', approved_by_user: true }]);
  const models = await click('Save selected', 'MathModels', ['A2']);
  assert.equal(models.toast, '1 initiative saved.');
  assert.match((await column('MathModels', MODELS, 'Status'))[0], /^OK/);
  await type('Params', PARAMS, [{ initiative_key: 'INIT-000001', param_name: 'visits', value: 3, min: 5, max: 10 }]);
  const params = await click('Save selected', 'Params', ['A2']);
  assert.equal(params.toast, '0 of 1 initiative saved. Not done: 1, as the list says.');
  assert.equal(listOf(params.execution).groups[0][1][0][0], 'Row 2 · INIT-000001 · Checkout');
  await type('Params', PARAMS, [{ value: 7 }]);
  assert.equal((await click('Save selected', 'Params', ['A2'])).toast, '1 initiative saved.');
});

test('Seed parameters adds what an approved formula still needs', async () => {
  const { toast } = await click('Seed parameters', 'MathModels', ['A2'], [YES]);
  assert.equal(toast, '1 parameter added to Params.');
  assert.deepEqual(await column('Params', PARAMS, 'param_name'), ['visits', 'margin']);
});

test('parameters that are filled in and scored without a save give the math model its score once they are approved', async () => {
  await type('Params', PARAMS, [{ approved: true }, { value: 2 }]);
  await type('Scoring_Inputs', SCORING, [{ 'Use Math Model': true }]);
  await click('Score selected', 'Params', ['A2:A3']);
  assert.equal((await scores('Math: Warnings'))[0], 'not approved: margin');
  await type('Params', PARAMS, [{}, { approved: true }]);
  const { toast } = await click('Score selected', 'Params', ['A2:A3']);
  assert.equal(toast, '1 initiative scored.');
  assert.deepEqual([(await scores('Math: Value Score'))[0], (await scores('Math: Warnings'))[0]], [14, '']);
  assert.match((await column('Params', PARAMS, 'Status'))[0], /^OK/);
});

test('Suggest formula without an assistant says that there is none', async () => {
  await type('MathModels', MODELS, [{}, { initiative_key: 'INIT-000002', model_description_free_text: 'Points per visit times visits' }]);
  const { execution } = await click('Suggest formula', 'MathModels', ['A3'], [YES]);
  assert.match(listOf(execution).groups[0][1][0].join(' '), /assistant is not configured/i);
});
