// A PM clicks in the menu; the real service does the job and writes into the real emulator.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Service, Workbooks } from './menu_world.mjs';

const INTAKE_HEADERS = ['Title', 'Initiative Key', 'Requesting Team', 'Requester Email', 'Problem Statement', 'Impact Expected'];
const BACKLOG_HEADERS = ['Initiative Key', 'Title', 'Requesting Team', 'Status', 'Strategic Priority Coefficient', 'PM Notes', 'Last Run Status'];

let workbooks;
let intake;
let backlog;
let service;
let project;

before(async () => {
  workbooks = await Workbooks.start();
  intake = await workbooks.create('Intake', {
    Team: [INTAKE_HEADERS, ['Faster checkout', '', 'Shop', 'a@example.com', 'Slow'], ['Loyalty points', '', 'CRM', 'b@example.com', ''], ['Broken', '', 'CRM', '', '', 'abc']],
  });
  backlog = await workbooks.create('Backlog of the shop', { Backlog: [['Our backlog'], [], BACKLOG_HEADERS], Notes: [['Note']] });
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
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

test('See latest intake brings new initiatives into the backlog and says what was left out', async () => {
  const execution = await project.click('See latest intake', { view: backlog.view('Backlog') });
  assert.deepEqual(execution.alerts, []);
  assert.equal(execution.toasts[0].message, 'Looking for new intake …');
  assert.equal(execution.lastToast, "2 new initiatives came in. Not done: Team row 4: Impact Expected: 'abc' is not a number.");
  const rows = await backlog.values('Backlog!A4:B');
  assert.deepEqual(rows, [['INIT-000001', 'Faster checkout'], ['INIT-000002', 'Loyalty points']]);
  const { runs } = await service.get('/actions/runs');
  assert.deepEqual(runs[0].requested_by, { ui: 'apps_script', user_email: 'pm@example.com' });
});
