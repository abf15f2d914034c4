// A PM's day in the workspace, by clicks and keys alone: the menu's own files run in the page, the service does the
// jobs, and what the PM sees is read from the grid.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { BACKLOG, INTAKE_EMEA, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

const MENU = '🧠 Roadmap AI';

let demo;
let page;
let scoring; // letters of the columns of Scoring_Inputs by their headers
let backlog; // and of Backlog
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open();
  scoring = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  backlog = await page.columns(BACKLOG, 'Backlog');
});
after(async () => {
  await page?.close();
  await demo?.stop();
});

/** Chooses a job in the menu and waits until it is over. */
async function run(job, { answer } = {}) {
  await page.closePage();
  await page.closeToasts();
  await page.choose(MENU, job);
  if (answer) await page.pressDialogButton(answer);
  await page.untilMenuIsFree();
}

const rowOf = async (workbook, tab, key) => {
  const keys = await page.stored(workbook, `'${tab}'!A:A`);
  return keys.findIndex(([value]) => value === key) + 1;
};

test('the menu shows the jobs that fit the workbook in front', async () => {
  assert.deepEqual(await page.menuEntries(MENU),
    ['See latest intake', 'Add to scoring', 'Switch framework', 'Save selected', 'Update Backlog', 'Set up connection']);
  await page.picture('menu');
  assert.deepEqual(await page.accessibilityTroubles('.top', '.menus'), []);
  await page.press('Escape');
  await page.clickWorkbook('Product Ops');
  const entries = await page.menuEntries(MENU);
  assert.ok(entries.includes('Score selected') && entries.includes('Suggest formula'), entries.join());
  await page.press('Escape');
});

test('a team adds an initiative to its intake sheet, and the PM sees it in the backlog with its key', async () => {
  await page.clickWorkbook('ideas EMEA');
  const columns = await page.columns(INTAKE_EMEA, 'Marketing_EMEA');
  const row = (await page.stored(INTAKE_EMEA, 'Marketing_EMEA')).length + 1;
  await page.typeInto(`${columns.Title}${row}`, 'Wish lists that friends can see');
  await page.typeInto(`${columns['Requesting Team']}${row}`, 'CRM');
  await page.clickWorkbook('Central Backlog');
  await run('See latest intake');
  await page.untilToast('1 new initiative came in: Wish lists that friends can see (CRM).');
  // Two rows of intake are wrong on purpose, and two cells: more than a toast holds.
  const list = page.list();
  await list.waitFor();
  const text = await list.innerText();
  assert.match(text, /^New in the backlog \(1\)\s+Row \d+ · INIT-\d+\s+Wish lists that friends can see \(CRM\)/);
  assert.match(text, /Not done \(2\)\s+Marketing_EMEA row 18\s+no Title/);
  const [grid, opened] = await page.page.evaluate(() => ['#grid', '.html-dialog'].map((one) => document.querySelector(one).getBoundingClientRect().toJSON()));
  assert.ok(grid.bottom <= opened.top && grid.height > 200, `the list at ${opened.top} covers nothing of the grid, which ends at ${grid.bottom}`);
  await page.picture('outcome');
  const stored = await page.stored(BACKLOG, 'Backlog!A:B');
  await page.clickCell('A2');
  await page.followEntry(/^Row \d+ · INIT-\d+$/);
  await page.untilSelected(`A${stored.length}`);
  assert.ok(await page.isInSight(stored.length), 'the row can be seen');
  await page.clickCell('A2');
  const [, another] = /^Row (\d+) · /.exec(await page.followLastEntry());
  await page.untilSelected(`A${another}`);
  await page.closePage();
  assert.equal(stored.at(-1)[1], 'Wish lists that friends can see');
  await page.untilCell(`B${stored.length}`, 'Wish lists that friends can see');
  await page.clickCell(`B${stored.length}`);
  await page.picture('intake');
  await page.clickWorkbook('ideas EMEA');
  await page.untilCell(`A${row}`, stored.at(-1)[0]);
});

test('inputs are typed, rows selected in two ranges, scored, and the outcome is read in their Status', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Scoring_Inputs');
  const row = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000005');
  for (const [input, value] of [['Business Value', '8'], ['Time Criticality', '5'], ['Risk Reduction', '2'], ['Job Size', '3']]) {
    await page.typeInto(`${scoring[`WSJF: ${input}`]}${row}`, value);
  }
  await page.dragRowHeaders(2, 3);
  await page.dragRowHeaders(row, row + 1, 'Control');
  assert.deepEqual(await page.selectedRanges(), ['2:3', `${row}:${row + 1}`]);
  await run('Score selected');
  await page.untilToast('4 initiatives scored');
  await page.closePage();
  await page.untilCell(`${scoring['WSJF: Overall Score']}${row}`, '5.00');
  await page.untilCell(`${scoring.Status}${row}`, /^OK/);
  await page.picture('scored');
});

test('a bad cell is said in its row and in a message; the other rows are scored, and mending it is enough', async () => {
  const row = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000003');
  const reach = `${scoring['RICE: Reach']}${row}`;
  const good = await page.value(reach);
  await page.typeInto(reach, 'plenty');
  await page.dragRowHeaders(row - 1, row + 1);
  await run('Score selected');
  await page.untilToast('2 of 3 initiatives scored');
  await page.untilOutcome(`INIT-000003 · ${await page.value(`${scoring.Title}${row}`)}`);
  await page.untilOutcome("RICE: Reach: 'plenty' is not a number");
  await page.clickSheet('Params');
  await page.clickWorkbook('Central Backlog');
  await page.followEntry(/INIT-000003/);
  await page.untilSelected(`A${row}`);
  assert.ok(await page.isInSight(row), 'the row can be seen');
  await page.closePage();
  await page.untilCell(`${scoring.Status}${row}`, "FAILED: RICE: Reach: 'plenty' is not a number");
  await page.clickCell(`${scoring.Status}${row}`);
  await page.picture('failed');
  // Without Enter: the click on the menu ends the edit, and the job is for its row.
  await page.clickCell(reach);
  await page.type(String(good));
  await run('Score selected');
  await page.untilToast('1 initiative scored');
  await page.closePage();
  await page.untilCell(`${scoring.Status}${row}`, /^OK/);
});

test('the framework of a row is switched, on this sheet alone', async () => {
  const row = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000001');
  const wsjf = await page.value(`${scoring['WSJF: Overall Score']}${row}`);
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.typeInto(`${scoring['Active Scoring Framework']}${row}`, 'WSJF');
  await page.clickCell(`A${row}`);
  await run('Switch framework');
  await page.untilToast('1 initiative switched.');
  await page.untilCell(`${scoring['Active: Overall Score']}${row}`, wsjf);
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
  await page.clickCell(`${scoring['Active Scoring Framework']}${row}`);
  await page.press('Delete');
  await page.saved();
  await page.clickCell(`A${row}`);
  await run('Switch framework');
  await page.untilCell(`${scoring.Status}${row}`, 'OK · no framework is active');
  // Chosen once more, for Update Backlog to publish.
  await page.typeInto(`${scoring['Active Scoring Framework']}${row}`, 'WSJF');
  await page.clickCell(`A${row}`);
  await run('Switch framework');
  await page.untilCell(`${scoring['Active: Overall Score']}${row}`, wsjf);
});

test('a switch that cannot be done is listed with what to do first, which works', async () => {
  const [good, bad] = [await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000001'), await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000002')];
  const framework = `${scoring['Active Scoring Framework']}${bad}`;
  const before = await page.value(framework);
  await page.typeInto(framework, 'MATH_MODEL');
  await page.dragRowHeaders(good, bad);
  await run('Save selected');
  const advice = await page.value(`${scoring.Status}${bad}`);
  assert.match(advice, /^OK · MATH_MODEL is chosen but not active: Switch framework, once .*Score/);
  await page.dragRowHeaders(good, bad);
  await run('Switch framework');
  await page.untilToast('1 of 2 initiatives switched. Not done: 1, as the list says.');
  await page.list().waitFor();
  assert.match(await page.list().innerText(), /^Not done \(1\)\s+Row \d+ · INIT-000002 · .+\s+no MATH_MODEL score yet, run Score first/);
  await page.typeInto(framework, before);
});

test('what a job has said goes with the next one; where all is well a message is enough and nothing takes room from the grid', async () => {
  const heightOfGrid = () => page.page.evaluate(() => document.getElementById('grid').clientHeight);
  await page.closePage();
  const height = await heightOfGrid();
  const row = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000003');
  const effort = `${scoring['RICE: Effort']}${row}`;
  const good = await page.value(effort);
  await page.typeInto(effort, 'soon');
  await page.clickCell(effort);
  await page.choose(MENU, 'Save selected');
  await page.untilMenuIsFree();
  await page.list().waitFor();
  assert.ok(await heightOfGrid() < height);
  await page.typeInto(effort, String(good));
  await page.clickCell(effort);
  await page.choose(MENU, 'Save selected');
  await page.untilMenuIsFree();
  assert.deepEqual(await page.shownToasts(), ['Save selected\n\n1 initiative saved.']);
  assert.equal(await page.page.locator('.html-dialog').count(), 0, 'no list, that of the job before neither');
  assert.equal(await heightOfGrid(), height);
});

test('the Status of the row in which is typed stands above the grid, also where its column is out of sight', async () => {
  const row = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000003');
  await page.clickCell(`${scoring['Updated Source']}${row}`);
  await page.untilRowStatus(`Row ${row} ${await page.value(`${scoring.Status}${row}`)}`);
  const other = await rowOf(PRODUCT_OPS, 'Scoring_Inputs', 'INIT-000009');
  await page.press('Control+Home');
  await page.untilRowStatus('');
  await page.clickCell(`${scoring['RICE: Reach']}${other}`);
  await page.untilRowStatus(`Row ${other} ${await page.value(`${scoring.Status}${other}`)}`);
  await page.clickWorkbook('ideas EMEA');
  await page.clickCell('B3');
  await page.untilRowStatus(''); // that of a wish is its team's
  await page.clickWorkbook('Product Ops');
});

test('rows are saved from each tab', async () => {
  await page.dragRowHeaders(4, 5);
  await run('Save selected');
  await page.untilToast('2 initiatives saved.');
  await page.untilCell(`${scoring.Status}4`, /^OK/);

  await page.clickSheet('MathModels');
  await page.picture('math-models');
  const models = await page.columns(PRODUCT_OPS, 'MathModels');
  await page.typeInto(`${models['Assumptions Text'] ?? models.assumptions_text}2`, 'Two in five, as the pilot showed.');
  await page.dragRowHeaders(2, 2);
  await run('Save selected');
  await page.untilToast('1 initiative saved.');

  await page.clickSheet('Params');
  await page.dragRowHeaders(2, 4);
  await run('Save selected');
  await page.untilToast('1 initiative saved.');

  await page.clickWorkbook('Central Backlog');
  await page.typeInto(`${backlog.Status}3`, 'Planned');
  await page.clickCell('A3');
  await run('Save selected');
  await page.untilToast('1 initiative saved.');
  await page.untilCell(`${backlog['Last Run Status']}3`, /^OK/);
  const key = await page.value('A3');
  assert.equal((await page.service(`/initiatives/${key}`)).status, 'Planned');
});

test('two clicks on a checkbox tick it and untick it, and open no text', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Params');
  const { approved } = await page.columns(PRODUCT_OPS, 'Params');
  const before = await page.stored(PRODUCT_OPS, `Params!${approved}2:${approved}2`);
  await page.clickCell('A2');
  await page.doubleClickCell(`${approved}2`);
  await page.saved();
  assert.equal(await page.isEditing(), false);
  assert.equal(typeof (await page.stored(PRODUCT_OPS, `Params!${approved}2:${approved}2`))[0][0], 'boolean');
  while (JSON.stringify(await page.stored(PRODUCT_OPS, `Params!${approved}2:${approved}2`)) !== JSON.stringify(before)) {
    await page.press('Space');
    await page.saved();
  }
  await page.clickSheet('Scoring_Inputs');
  await page.clickWorkbook('Central Backlog');
});

test('a question that is answered No, or closed, changes nothing; Yes does', async () => {
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.press('Control+Home');
  await page.choose(MENU, 'Update Backlog');
  await page.dialog().waitFor();
  await page.picture('question');
  assert.deepEqual(await page.accessibilityTroubles('.question-dialog', '.toasts'), []);
  await page.pressDialogButton('No');
  await page.untilToast('Nothing was changed.');
  await page.untilMenuIsFree();
  await page.closeToasts();
  await page.choose(MENU, 'Update Backlog');
  await page.dialog().waitFor();
  await page.press('Escape');
  await page.untilToast('Nothing was changed.');
  await page.untilMenuIsFree();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
  await run('Update Backlog', { answer: 'Yes' });
  // What the PMs chose in the Backlog and nobody switched to is not published, and the message says so.
  await page.untilToast('initiatives chose a framework that is not active yet');
  await page.closePage();
});

test('a selection without an initiative is told what to do', async () => {
  await page.clickCell('A1');
  await page.choose(MENU, 'Save selected');
  await page.dialog().waitFor();
  assert.match(await page.dialog().innerText(), /select/i);
  await page.pressDialogButton('OK');
  await page.untilMenuIsFree();
});

test('a link leads to a row of a tab, and to the workbook where the tab is not there', async () => {
  const at = async (place) => {
    const linked = await demo.open({ path: `/workspace#${PRODUCT_OPS}${place}` });
    const tab = await linked.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getSheetName());
    const where = [tab, await linked.selectedRanges()];
    await linked.close();
    return where;
  };
  assert.deepEqual(await at('&tab=params&row=5'), ['Params', ['A5']]);
  assert.deepEqual(await at('&tab=MathModels'), ['MathModels', ['A1']]);
  for (const row of [99999, -5, 2.5]) assert.deepEqual(await at(`&tab=Params&row=${row}`), ['Params', ['A1']], `row ${row}`);
  const [front] = await at('&tab=Gone&row=5');
  assert.equal(front, 'Scoring_Inputs');
});

test('the menu works with the keyboard alone', async () => {
  await page.focusMenu(MENU);
  await page.press('ArrowDown');
  assert.equal(await page.focused(), 'See latest intake');
  await page.press('ArrowDown');
  assert.equal(await page.focused(), 'Add to scoring');
  await page.press('End');
  assert.equal(await page.focused(), 'Set up connection');
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  assert.equal(await page.openMenus(), 0, 'one press is enough');
  await page.focusMenu(MENU);
  await page.press('ArrowUp');
  assert.equal(await page.focused(), 'Set up connection');
  await page.press('Enter');
  await page.dialog().waitFor();
  await page.type('http://example.com');
  await page.press('Enter');
  await page.untilDialogSays('must begin with https');
  await page.press('Tab');
  assert.equal(await page.focused(), 'No', 'Tab goes round, and stays in the dialog');
  await page.press('Shift+Tab');
  assert.equal(await page.focused(), 'Yes');
  await page.press('Escape');
  await page.untilToast('Nothing was changed.');
  await page.untilMenuIsFree();
});

test('a job that takes long shows its progress, and Cancel ends it', async () => {
  await page.closeToasts();
  await page.press('Control+Home');
  await page.holdJobs();
  await page.choose(MENU, 'See latest intake');
  const progress = page.page.frameLocator('.html-dialog iframe');
  await progress.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.untilMenuIsFree();
  await page.picture('progress');
  await page.letJobsGo();
  // The page that followed the job lists what did not come in.
  await page.list().waitFor();
  await page.closePage();
});

test('a script is stopped by its Cancel, even while it waits for a service that does not answer', async () => {
  await page.closeToasts();
  await page.silenceService();
  await page.choose(MENU, 'See latest intake');
  await page.pressCancel();
  await page.untilMenuIsFree();
  assert.equal(await page.dialog().count(), 0);
  await page.letServiceSpeak();
  await run('See latest intake');
  await page.untilToast('Nothing new');
  await page.closePage();
});

test('nothing was asked of another machine, and the browser had nothing to complain about', (t) => {
  t.diagnostic(`${page.steps} clicks and keys`);
  assert.deepEqual(page.foreignRequests(), []);
  assert.deepEqual(page.troubles, []);
});
