// A PM clicks in the menu; the real service does the job and writes into the real emulator.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { http } from './http_host.mjs';
import { Service, Workbooks } from '../integration/node/menu_world.mjs';
import { listOf, ProgressPage } from './progress_page.mjs';

const INTAKE_HEADERS = ['Title', 'Initiative Key', 'Requesting Team', 'Requester Email', 'Problem Statement', 'Impact Expected'];
const BACKLOG_HEADERS = ['Initiative Key', 'Title', 'Requesting Team', 'Status', 'Strategic Priority Coefficient', 'PM Notes', 'Last Run Status'];
const LONGER_THAN_QUICK_MS = 6500; // the menu waits five seconds before it opens the dialog

let workbooks;
let intake;
let backlog;
let stray;
let service;
let project;

before(async () => {
  workbooks = await Workbooks.start();
  intake = await workbooks.create('Intake', { Team: [
    INTAKE_HEADERS,
    ['Faster checkout', '', 'Shop', 'a@example.com', 'Slow'], ['Loyalty points', '', 'CRM', 'b@example.com', ''],
    ['Store events', '', 'Events', 'c@example.com', '', 'abc'], ['', '', 'CRM', 'd@example.com'],
  ] });
  backlog = await workbooks.create('Backlog of the shop', {
    Backlog: [['Our backlog'], [], BACKLOG_HEADERS],
    Ideas: [['Key', 'Idea'], ['INIT-000001', 'a copy of a row']],
  });
  stray = await workbooks.create('Somebody\'s copy', { Backlog: [BACKLOG_HEADERS, ['INIT-000001', 'Faster checkout']] });
  service = await Service.start(workbooks, `
[[central_backlog]]
spreadsheet_id = "${backlog.id}"
header_row = 3
first_data_row = 4
[[intake]]
sheet_key = "intake"
spreadsheet_id = "${intake.id}"
[[intake.tabs]]
key = "team"
tab_name = "Team"
`);
  project = new AppsScriptProject({ properties: service.properties });
  const { lastToast } = await project.click('See latest intake', { view: backlog.view('Backlog') });
  assert.equal(lastToast, '3 new initiatives came in: Faster checkout (Shop), Loyalty points (CRM), Store events (Events). ' +
    'Not done: 1, as the list says. Good to know: 1 in the list.');
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

const type = (range, value) => workbooks.emulator.call('PUT',
  `/v4/spreadsheets/${backlog.id}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`, { values: [[value]] });
const storedStatus = async (key) => (await service.get(`/initiatives/${key}`)).status;
const runs = async () => (await service.get('/actions/runs')).runs;

test('See latest intake has brought the rows in, under a header in row 3', async () => {
  assert.deepEqual(await backlog.values('Backlog!A4:C'), [
    ['INIT-000001', 'Faster checkout', 'Shop'], ['INIT-000002', 'Loyalty points', 'CRM'], ['INIT-000003', 'Store events', 'Events'],
  ]);
  const [run] = await runs();
  assert.deepEqual(run.requested_by, { ui: 'apps_script', user_email: 'pm@example.com' });
  assert.equal(run.spreadsheet_id, backlog.id);
});

test('See latest intake again says that nothing is new, and which rows are still left out', async () => {
  const execution = await project.click('See latest intake', { view: backlog.view('Backlog') });
  assert.deepEqual(execution.alerts, []);
  assert.deepEqual(execution.toasts.map(({ title, message, seconds }) => [title, message, seconds]), [
    ['See latest intake', 'Looking for new intake …', 5],
    ['See latest intake', 'Nothing new came in. Not done: 1, as the list says. Good to know: 1 in the list.', 8],
  ]);
  assert.equal(listOf(execution).label, 'Nothing new came in. Not done: 1. Good to know: 1.');
  assert.deepEqual(listOf(execution).groups, [
    ['Not done (1)', [['Team row 5', 'no Title']]], ['Good to know (1)', [["Team row 4: Impact Expected: 'abc' is not a number"]]],
  ]);
});

test('Save selected saves the selected rows of several ranges and no other', async () => {
  for (const row of [4, 5, 6]) {
    await type(`Backlog!D${row}`, `decided ${row}`);
    await type(`Backlog!G${row}`, '');
  }
  const execution = await project.click('Save selected', { view: backlog.view('Backlog', ['D6', 'A1:B4']) });
  assert.deepEqual(execution.toasts.map(({ message }) => message), ['Saving 2 rows (rows 4 and 6) …', '2 initiatives saved.']);
  assert.equal(await storedStatus('INIT-000001'), 'decided 4');
  assert.notEqual(await storedStatus('INIT-000002'), 'decided 5');
  assert.equal(await storedStatus('INIT-000003'), 'decided 6');
  const status = await backlog.values('Backlog!G4:G6');
  assert.deepEqual(status, [['OK'], [], ['OK']]);
});

test('Save selected of a whole column saves what can be seen', async () => {
  for (const row of [4, 5, 6]) await type(`Backlog!D${row}`, `seen ${row}`);
  const view = backlog.view('Backlog', ['B:B'], { byFilter: [4], byUser: [6] });
  const execution = await project.click('Save selected', { view, answers: [{ button: 'YES' }] });
  assert.match(execution.alert, /^Saving 1 row: rows there or near them are hidden\./);
  assert.equal(execution.lastToast, '1 initiative saved.');
  assert.deepEqual(await Promise.all(['INIT-000001', 'INIT-000002', 'INIT-000003'].map(storedStatus)), ['decided 4', 'seen 5', 'decided 6']);
});

test('a row with a bad cell is listed with its reason, and the others are saved', async () => {
  await type('Backlog!E5', 'abc');
  await type('Backlog!D5', 'not saved');
  await type('Backlog!B8', 'typed here, no key');
  const execution = await project.click('Save selected', { view: backlog.view('Backlog', ['A4:G8']) });
  assert.equal(execution.lastToast, '2 of 3 initiatives saved. 2 selected rows without a key left out. Not done: 1, as the list says.');
  assert.deepEqual(listOf(execution).groups, [['Not done (1)', [['Row 5 · INIT-000002 · Loyalty points', "Strategic Priority Coefficient: 'abc' is not a number"]]]]);
  assert.equal(await storedStatus('INIT-000002'), 'seen 5');
  await type('Backlog!E5', '');
  await type('Backlog!B8', '');
});

test('Update Backlog asks first; No leaves everything as it is', async () => {
  const count = (await runs()).length;
  const execution = await project.click('Update Backlog', { view: backlog.view('Backlog'), answers: [{ button: 'NO' }] });
  assert.match(execution.alert, /^Everyone who reads the Central Backlog will see the active framework and scores/);
  assert.equal(execution.lastToast, 'Nothing was changed.');
  assert.deepEqual(execution.requests, []);
  assert.equal((await runs()).length, count);
});

test('Update Backlog, confirmed, publishes and says how many rows it touched', async () => {
  const execution = await project.click('Update Backlog', { view: backlog.view('Backlog'), answers: [{ button: 'YES' }] });
  assert.match(execution.lastToast, /^(\d+ rows? of the Central Backlog (is|are) up to date now|The Central Backlog was up to date already)\./);
  const [run] = await runs();
  assert.deepEqual([run.action, run.status], ['flow1.backlog_sync', 'success']);
});

test('an answer that is lost on the way is asked for again, and the job is done once', async () => {
  const count = (await runs()).length;
  let posts = 0;
  const unlucky = new AppsScriptProject({
    properties: service.properties,
    fetch: async (request) => {
      const answer = await http(request);
      const lost = request.method === 'POST' && ++posts === 1;
      return lost ? { failure: 'timeout', detail: 'the answer was lost' } : answer;
    },
  });
  const execution = await unlucky.click('Save selected', { view: backlog.view('Backlog', ['A4']) });
  assert.equal(posts, 2);
  assert.equal(execution.lastToast, '1 initiative saved.');
  assert.equal((await runs()).length, count + 1);
});

test('a tab that the service does not know is told with those that it does', async () => {
  const execution = await project.click('Save selected', { view: backlog.view('Ideas', ['A2']) });
  assert.equal(execution.alerts[0].title, 'Save selected did not work');
  assert.match(execution.alert, /'Ideas'.+'Backlog'/);
});

test('a workbook that the service does not know is told', async () => {
  const execution = await project.click('Save selected', { view: stray.view('Backlog', ['A2']) });
  assert.equal(execution.alerts[0].title, 'Save selected did not work');
  assert.match(execution.alert, new RegExp(`${stray.id}.+not one of the configured`));
});

test('a sheet that Google does not let the service read is told in an alert', async () => {
  await workbooks.emulator.hook('faults', { method: 'values.batchGet', times: 1, status: 403 });
  const execution = await project.click('See latest intake', { view: backlog.view('Backlog') });
  assert.equal(execution.alerts[0].title, 'See latest intake did not work');
  assert.match(execution.alert, /'Intake'.+Share it with \S+@\S+ as Editor\.$/);
});

test('a wrong secret is told, and the service did nothing', async () => {
  const count = (await runs()).length;
  const wrong = new AppsScriptProject({ properties: { ...service.properties, ROADMAP_AI_SECRET: 'outdated' } });
  const execution = await wrong.click('Save selected', { view: backlog.view('Backlog', ['A4']) });
  assert.match(execution.alert, /^The service refuses the secret of this menu\./);
  assert.equal((await runs()).length, count);
});

test('a body over the service\'s limit is told as too many rows', async () => {
  const many = await workbooks.create('Many', { Backlog: [['Initiative Key'], ...Array.from({ length: 900 }, (_, i) => [`${'x'.repeat(1200)}${i}`])] });
  const execution = await project.click('Save selected', { view: many.view('Backlog', ['A:A']) });
  assert.equal(execution.alert, 'That is too much for one click. Select fewer rows and click again.');
});

test('a job that takes longer opens the dialog, which follows it to its end', async () => {
  await workbooks.emulator.hook('faults', { method: 'values.batchGet', times: 1, delay_ms: LONGER_THAN_QUICK_MS });
  const view = backlog.view('Backlog', ['A4']);
  const execution = await project.click('Save selected', { view });
  assert.deepEqual(execution.toasts.map(({ message }) => message), ['Saving 1 row …']);
  const page = new ProgressPage(execution.dialogs[0], (name, args) => project.call(name, { view, args }));
  await page.closed();
  assert.deepEqual(page.toasts, ['1 initiative saved.']);
});

test('Cancel in the dialog stops a job before it changes anything', async () => {
  await workbooks.emulator.hook('faults', { method: 'values.batchGet', times: 1, delay_ms: 2 * LONGER_THAN_QUICK_MS });
  await type('Backlog!D4', 'never saved');
  const view = backlog.view('Backlog', ['A4']);
  const { dialogs: [dialog] } = await project.click('Save selected', { view });
  const page = new ProgressPage(dialog, (name, args) => project.call(name, { view, args }));
  page.button.click();
  await page.closed();
  assert.deepEqual(page.toasts, ['Cancelled before anything was changed.']);
  assert.equal((await runs())[0].status, 'cancelled');
  assert.notEqual(await storedStatus('INIT-000001'), 'never saved');
});

test('a service that is stopped is told', async () => {
  await service.stop();
  const execution = await project.click('See latest intake', { view: backlog.view('Backlog') });
  assert.match(execution.alert, /^The service does not answer at /);
  service = undefined;
});
