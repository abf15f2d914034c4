// Which rows count as selected, read from the real emulator.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';

const probe = { name: 'probe.gs', text: `function probe() { return selectedRows_(SpreadsheetApp.getActiveSheet()); }
function rowNames(rows) { return rowNames_(rows.map((row) => ({ row, key: '' }))); }` };
const project = new AppsScriptProject({ extraScripts: [probe] });

let workbooks;
let book;
before(async () => {
  workbooks = await Workbooks.start();
  book = await workbooks.create('Product Ops', {
    Scoring_Inputs: [
      ['What PMs compare', 'Key figures of 2027'], [], ['Title', ' Initiative-KEY ', 'Status'],
      ['Checkout', 'INIT-000001'], ['Points', ' INIT-000002 '], ['No key yet', ''], ['Stores', 'INIT-000003'], ['Banks', 'INIT-000004'],
      ['', '', 'FALSE'], ['', '', 'FALSE'],
    ],
    MathModels: [['Key', 'formula_text'], ['INIT-000001', 'value = 1']],
    Legend: [['Key', 'means the colour'], ['Colour', 'initiative: key'], ['blue', 'INIT-000009']],
    Twice: [['Key', 'Initiative Key'], ['INIT-000001', 'INIT-000002']],
    Notes: [['Note'], ['Ask Ines']],
    Late: [...Array(10).fill(['x']), ['Initiative Key'], ['INIT-000001']],
    Empty: [],
  });
});
after(() => workbooks?.stop());

async function selected(tab, ranges, hidden) {
  const { result } = await project.call('probe', { view: book.view(tab, ranges, hidden) });
  return result.rows.map(({ row, key }) => [row, key]);
}

const refused = (tab, ranges, message, hidden) => assert.rejects(selected(tab, ranges, hidden), { message });

test('the header is found in row 3 although it is written in another way', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['A4']), [[4, 'INIT-000001']]);
});

test('a key column may go by its short name, but a row with the full name is the header', async () => {
  assert.deepEqual(await selected('MathModels', ['B2']), [[2, 'INIT-000001']]);
  assert.deepEqual(await selected('Legend', ['B1:B3']), [[3, 'INIT-000009']]);
});

test('of two key columns the one that is named in full counts, as it does for the service', async () => {
  assert.deepEqual(await selected('Twice', ['A2']), [[2, 'INIT-000002']]);
});

test('several ranges give their rows once, from top to bottom, keys trimmed', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['A7:C8', 'B4:B5', 'C4']),
    [[4, 'INIT-000001'], [5, 'INIT-000002'], [7, 'INIT-000003'], [8, 'INIT-000004']]);
});

test('rows above the data are left out of a selection that begins there', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['A1:A4']), [[4, 'INIT-000001']]);
});

test('a selected row without a key is kept, for the outcome tells it', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['A5:A6']), [[5, 'INIT-000002'], [6, '']]);
});

test('a whole column ends at the last key, whatever is prefilled below', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['C:C']),
    [[4, 'INIT-000001'], [5, 'INIT-000002'], [6, ''], [7, 'INIT-000003'], [8, 'INIT-000004']]);
});

test('rows hidden by a filter or by hand are left out', async () => {
  assert.deepEqual(await selected('Scoring_Inputs', ['A4:A8'], { byFilter: [5], byUser: [8] }),
    [[4, 'INIT-000001'], [6, ''], [7, 'INIT-000003']]);
  await refused('Scoring_Inputs', ['A4:A5'],
    'All selected rows are hidden, by a filter or by hand. Show them, or select rows that you can see, and click again.', { byFilter: [4], byUser: [5] });
});

test('several rows in one piece may hide more where a hidden row is among them or near them', async () => {
  const doubt = async (ranges, hidden) => (await project.call('probe', { view: book.view('Scoring_Inputs', ranges, hidden) })).result.mayHideMore;
  assert.equal(await doubt(['A4:A5'], {}), false, 'nothing is hidden');
  assert.equal(await doubt(['A4:A7'], { byFilter: [5] }), true, 'among them');
  assert.equal(await doubt(['A4:A5'], { byUser: [8] }), true, 'below them');
  assert.equal(await doubt(['A7:A8'], { byFilter: [4] }), true, 'above them');
  assert.equal(await doubt(['A4:A5'], { byUser: [9] }), false, 'further away');
  assert.equal(await doubt(['A4', 'A7'], { byUser: [5] }), false, 'rows that were clicked one by one');
  assert.equal(await doubt(['A7:A8'], { byUser: [3] }), false, 'the header is no row');
});

test('rows are named as a person would', async () => {
  const named = async (...rows) => (await project.call('rowNames', { view: book.view('Scoring_Inputs'), args: [rows] })).result;
  assert.equal(await named(4), 'row 4');
  assert.equal(await named(2, 3, 4), 'rows 2 to 4');
  assert.equal(await named(2, 3, 6, 8), 'rows 2 to 3, 6 and 8');
  assert.equal(await named(2, 4, 6, 8, 40), '5 rows between 2 and 40');
});

test('a selection on the header or above it is told so', async () => {
  await refused('Scoring_Inputs', ['A3:C3'], 'You have selected the header in row 3. Select one or more rows below it and click again.');
  await refused('Scoring_Inputs', ['A1'], 'You have selected rows above the header in row 3. Select one or more rows below it and click again.');
});

test('a selection of rows without keys, within the data or below it, is told so', async () => {
  const sentence = 'The selected rows have no key in the column Initiative-KEY. Select rows that show a key such as INIT-000001 there, and click again.';
  await refused('Scoring_Inputs', ['A6'], sentence);
  await refused('Scoring_Inputs', ['A500:B600'], sentence);
  await refused('Scoring_Inputs', ['A1000'], sentence);
});

test('a tab without a key column among its first ten rows is told so', async () => {
  for (const tab of ['Notes', 'Late', 'Empty']) {
    await refused(tab, ['A1:A2'], `The tab ${tab} has no column Initiative Key in its first 10 rows, so its rows belong to no initiative. ` +
      'Go to a tab that has one, select rows there and click again.');
  }
});

test('no selection at all is told so', async () => {
  await refused('Scoring_Inputs', [], 'Nothing is selected. Select one or more rows of initiatives and click again.');
});

test('a selection too large to look through in time names how many rows are possible', async () => {
  const slow = new AppsScriptProject({ extraScripts: [probe, { name: 'slow.gs', text: `
    const reading = Date.now;
    let looks = 0;
    Date.now = () => reading() + 50000 * looks++;` }] });
  await assert.rejects(slow.call('probe', { view: book.view('Scoring_Inputs', ['A4:A8']) }),
    { message: 'These are too many rows for one click. Select up to 2 rows and click again.' });
});
