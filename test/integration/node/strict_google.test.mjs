// What the service sends to Google: every request of every action, of setup-sheets and of check is one that Google's
// schema has.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { SECRET, Service, Workbooks } from './menu_world.mjs';
import { environment, executable } from './roadmapd_process.mjs';

const ACTIONS = [
  'flow0.intake_sync', 'flow1.backlog_sync', 'flow1.full_sync', 'flow2.activate', 'flow3.compute_all_frameworks', 'flow3.sync_inputs',
  'flow3.write_scores', 'flow4.seed_params', 'flow4.suggest_mathmodels', 'flow4.sync_mathmodels', 'flow4.sync_params', 'pm.add_to_scoring',
  'pm.backlog_sync', 'pm.save_selected', 'pm.score_selected', 'pm.switch_framework',
];
const KEYS = ['INIT-000001', 'INIT-000002'];
const INPUTS = { 'Active Scoring Framework': 'RICE', 'Use Math Model': true, 'RICE: Reach': 100, 'RICE: Impact': 2, 'RICE: Confidence': 0.8, 'RICE: Effort': 4 };

let workbooks;
let ids;
let service;
let assistant;
const played = new Set();

before(async () => {
  workbooks = await Workbooks.start();
  const made = {};
  for (const name of ['intake', 'backlog', 'ops']) made[name] = await workbooks.create(name, { Notes: [] });
  ids = Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]));
  assistant = createServer((request, response) => {
    request.resume().on('end', () => {
      const content = JSON.stringify({ formula: 'value = visits * margin\neffort = 2', assumptions: [], notes: 'a guess', parameters: [] });
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }] }));
    });
  }).listen(0, '127.0.0.1');
  await once(assistant, 'listening');
  service = await Service.start(workbooks, `
[llm]
base_url = "http://127.0.0.1:${assistant.address().port}/v1"
formula_model = "test"
[[central_backlog]]
spreadsheet_id = "${ids.backlog}"
[product_ops]
spreadsheet_id = "${ids.ops}"
run_log_tab = "RunLog"
[[intake]]
sheet_key = "intake"
spreadsheet_id = "${ids.intake}"
[[intake.tabs]]
key = "team"
tab_name = "Team"
`);
});
after(async () => {
  await service?.stop();
  assistant?.close();
  await workbooks?.stop();
});

const values = (id, range, more = '') => `/v4/spreadsheets/${id}/values/${encodeURIComponent(range)}${more}`;

/** Runs a command of roadmapd with the service's configuration. */
const command = (...args) => promisify(execFile)(
  executable, [...args, '--config', path.join(workbooks.folder.path, 'config.toml')], { env: { ...environment, ROADMAP_AI_SECRET: SECRET } });

/** Types a row under the headers that row 1 of the tab has. */
async function type(id, tab, row, cells) {
  const { values: [headers] } = await workbooks.emulator.call('GET', values(id, `${tab}!1:1`));
  for (const header of Object.keys(cells)) assert.ok(headers.includes(header), `${tab} has no column ${header}: ${headers}`);
  await workbooks.emulator.call('PUT', values(id, `${tab}!A${row}`, '?valueInputOption=USER_ENTERED'),
    { values: [headers.map((header) => cells[header] ?? null)] });
}

/** Plays an action dry and for real; the run must succeed with all of the selection. */
async function play(action, { id, tab, scope = { type: 'all' } } = {}) {
  for (const dryRun of [true, false]) {
    const response = await fetch(`${service.url}/actions/run`, {
      method: 'POST', headers: { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json' },
      body: JSON.stringify({ action, scope, options: { dry_run: dryRun }, ...(id && { sheet_context: { spreadsheet_id: id, tab } }) }),
    });
    const accepted = await response.json();
    assert.ok(response.ok, `${action}: ${JSON.stringify(accepted)}`);
    let run;
    do {
      run = await service.get(`/actions/run/${accepted.run_id}?wait=20`);
    } while (!run.finished_at);
    assert.equal(run.status, 'success', `${action}: ${JSON.stringify(run.error)}`);
    assert.equal(run.summary?.failed ?? 0, 0, `${action}: ${JSON.stringify(run.result)}`);
  }
  played.add(action);
}

const violations = () => workbooks.emulator.call('GET', '/_emulator/violations');

test('setup-sheets, each action on each of its tabs and check send nothing that Google would not understand', async () => {
  await command('setup-sheets');
  for (const [row, title] of [[2, 'Checkout'], [3, 'Points']]) {
    await type(ids.intake, 'Team', row, { Title: title, 'Requesting Team': 'CRM', 'Requester Email': 'a@example.com' });
  }
  const selection = { type: 'selection', initiative_keys: KEYS };
  await play('flow0.intake_sync');
  await play('pm.backlog_sync');
  await play('pm.add_to_scoring', { id: ids.backlog, tab: 'Backlog', scope: selection });
  for (const row of [2, 3]) await type(ids.ops, 'Scoring_Inputs', row, INPUTS);
  for (const action of ['pm.save_selected', 'pm.score_selected', 'pm.switch_framework']) {
    await play(action, { id: ids.ops, tab: 'Scoring_Inputs', scope: selection });
  }
  for (const row of [2, 3]) {
    await type(ids.ops, 'MathModels', row, { model_description_free_text: 'visits times margin', ...(row === 2 && { formula_text: 'value = visits * margin\neffort = 2', approved_by_user: true }) });
  }
  await play('flow4.suggest_mathmodels');
  await play('flow4.seed_params');
  await play('pm.save_selected', { id: ids.ops, tab: 'MathModels', scope: selection });
  await type(ids.ops, 'Params', 2, { value: 3, approved: true });
  for (const action of ['pm.save_selected', 'pm.score_selected']) {
    await play(action, { id: ids.ops, tab: 'Params', scope: { type: 'selection', initiative_keys: KEYS.slice(0, 1) } });
  }
  for (const action of ['pm.save_selected', 'pm.switch_framework']) await play(action, { id: ids.backlog, tab: 'Backlog', scope: selection });
  for (const action of ACTIONS.filter((name) => name.startsWith('flow'))) await play(action);
  assert.deepEqual([...played].sort(), ACTIONS);
  await command('setup-sheets');
  await command('check').catch(({ code, stdout }) => assert.equal(code, 1, stdout)); // 1: it has advice to give
  assert.deepEqual(await violations(), { count: 0, violations: [] });
});

test('the actions played are all that the service has', async () => {
  const { stdout } = await promisify(execFile)(executable, ['openapi'], { maxBuffer: 1 << 24 });
  const named = new Set([...stdout.matchAll(/"((?:pm|flow\d)\.[a-z_]+)"/g)].map((match) => match[1]));
  assert.deepEqual([...named].sort(), ACTIONS);
});

test('a request that Google does not understand would be counted', async () => {
  await assert.rejects(
    workbooks.emulator.call('POST', `/v4/spreadsheets/${ids.ops}:batchUpdate`, { requests: [{ updateCell: {} }] }), /400.*updateCell/s);
  const { count, violations: [first] } = await violations();
  assert.equal(count, 1);
  assert.match(first.message, /updateCell/);
});
