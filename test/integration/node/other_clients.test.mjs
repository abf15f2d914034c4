// A PM's day with two clients that are not ours, on one workbook in the emulator: what google-spreadsheet does,
// Google's own client sees, and the other way round.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { GoogleSpreadsheet } from 'google-spreadsheet';

import { Emulator, createSpreadsheet } from './official_client.mjs';

const HEADERS = ['Initiative Key', 'Title', 'Reach', 'Effort', 'Share', 'Deadline', 'Approved', 'Score'];
const ROWS = [
  ['INIT-000001', 'Checkout', '1,200', 4, '50%', 'Dec 31, 2026', 'TRUE', '=C2*E2/D2'],
  ['INIT-000002', 'Points', 300, 2, '80%', '2026-11-30', 'FALSE', '=C3*E3/D3'],
  ['INIT-000003', "'007", 900, 3, '10%', '1/15/2027', 'TRUE', '=ROUND(C4*E4/D4,1)'],
];
const SCORES = { 'INIT-000001': 150, 'INIT-000002': 120, 'INIT-000003': 30 };

let emulator;
let api;
let id;
let document;
let backlog;

before(async () => {
  emulator = await Emulator.start();
  api = emulator.client();
  ({ id } = await createSpreadsheet(api, 'Central Backlog', ['Notes']));
  document = new GoogleSpreadsheet(id, emulator.authorise());
  document.sheetsApi = document.sheetsApi.extend({ prefixUrl: `${emulator.url}/v4/spreadsheets/${id}`, retry: 0 });
});
after(() => emulator?.stop());

/** The tab's rows as Google's client reads them, by the first column. */
async function rowsByKey(render = 'UNFORMATTED_VALUE') {
  const { data } = await api.spreadsheets.values.batchGet({ spreadsheetId: id, ranges: ['Backlog'], valueRenderOption: render });
  const [headers, ...rows] = data.valueRanges[0].values;
  return new Map(rows.map((row) => [row[0], Object.fromEntries(headers.map((header, i) => [header, row[i]]))]));
}
const keysInOrder = async () => [...(await rowsByKey()).keys()];

test('in the morning the tab is set up: headers, a frozen row, boxes, a list, notes, a protected column', async () => {
  await document.loadInfo();
  assert.equal(document.title, 'Central Backlog');
  backlog = await document.addSheet({ title: 'Backlog', headerValues: HEADERS, gridProperties: { rowCount: 30, columnCount: 10 } });
  await backlog.updateGridProperties({ frozenRowCount: 1 });
  await backlog.setDataValidation({ startRowIndex: 1, startColumnIndex: 6, endColumnIndex: 7 }, { condition: { type: 'BOOLEAN' }, strict: true });
  await backlog.loadCells('A1:H1');
  backlog.getCellByA1('D1').note = 'in person-months';
  backlog.getCellByA1('A1').textFormat = { bold: true };
  await backlog.saveUpdatedCells();
  await backlog.addProtectedRange({ range: { sheetId: backlog.sheetId, startColumnIndex: 7, endColumnIndex: 8 }, warningOnly: true, description: 'computed' });

  const { data } = await api.spreadsheets.get({ spreadsheetId: id, ranges: ['Backlog!A1:H2'], includeGridData: true });
  const [sheet] = data.sheets;
  assert.equal(sheet.properties.gridProperties.frozenRowCount, 1);
  assert.equal(sheet.protectedRanges[0].description, 'computed');
  const [headers, first] = sheet.data[0].rowData;
  assert.deepEqual(headers.values.map((cell) => cell.formattedValue), HEADERS);
  assert.equal(headers.values[3].note, 'in person-months');
  assert.equal(headers.values[0].userEnteredFormat.textFormat.bold, true);
  assert.equal(first.values[6].dataValidation.condition.type, 'BOOLEAN');
});

test('rows are typed: numbers, shares, dates, boxes and formulas become what they look like', async () => {
  const added = await backlog.addRows(ROWS);
  assert.deepEqual(added.map((row) => row.rowNumber), [2, 3, 4]);
  assert.equal(added[0].get('Deadline'), 'Dec 31, 2026');
  const rows = await rowsByKey();
  assert.deepEqual(Object.fromEntries([...rows].map(([key, row]) => [key, row.Score])), SCORES);
  assert.deepEqual({ ...rows.get('INIT-000001'), Score: 0 }, {
    'Initiative Key': 'INIT-000001', Title: 'Checkout', Reach: 1200, Effort: 4, Share: 0.5, Deadline: 46387, Approved: true, Score: 0,
  });
  assert.equal(rows.get('INIT-000003').Title, '007');
  assert.deepEqual((await rowsByKey('FORMULA')).get('INIT-000003').Score, '=ROUND(C4*E4/D4,1)');
});

test('cells are changed one by one, and formulas follow', async () => {
  await backlog.loadCells('A1:H4');
  const effort = backlog.getCellByA1('D2');
  assert.equal(effort.value, 4);
  effort.value = 8;
  backlog.getCellByA1('G3').value = true;
  backlog.getCellByA1('C4').formula = '=SUM(C2:C3)';
  await backlog.saveUpdatedCells();
  assert.equal(backlog.getCellByA1('C4').value, 1500, 'the answer of the save carries the computed value');
  const rows = await rowsByKey();
  assert.equal(rows.get('INIT-000001').Score, 75);
  assert.equal(rows.get('INIT-000002').Approved, true);
  assert.equal(rows.get('INIT-000003').Score, 50);
  await api.spreadsheets.values.update({ spreadsheetId: id, range: 'Backlog!C4', valueInputOption: 'RAW', requestBody: { values: [[900]] } });
});

test('rows are sorted, and each formula stays with its row', async () => {
  await backlog.sortRange({ startRowIndex: 1, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 8 }, [{ dimensionIndex: 2, sortOrder: 'DESCENDING' }]);
  assert.deepEqual(await keysInOrder(), ['INIT-000001', 'INIT-000003', 'INIT-000002']);
  const rows = await rowsByKey();
  assert.equal(rows.get('INIT-000002').Score, 120);
  assert.equal(rows.get('INIT-000003').Score, 30);
  assert.equal((await rowsByKey('FORMULA')).get('INIT-000002').Score, '=C4*E4/D4');
});

test('a filter and a filter view hide rows from people, not from programs', async () => {
  const range = { startRowIndex: 0, startColumnIndex: 0, endColumnIndex: 8 };
  await backlog.setBasicFilter({ range, filterSpecs: [{ columnIndex: 6, filterCriteria: { hiddenValues: ['FALSE'] } }] });
  const view = await backlog.addFilterView({ title: 'Mine', range: { sheetId: backlog.sheetId, ...range } });
  assert.equal(view.filter.title, 'Mine');
  assert.equal((await rowsByKey()).size, 3);
  const { data } = await api.spreadsheets.get({ spreadsheetId: id, fields: 'sheets(properties.title,basicFilter,filterViews)' });
  const sheet = data.sheets.find((one) => one.properties.title === 'Backlog');
  assert.equal(sheet.basicFilter.range.endColumnIndex, 8);
  assert.equal(sheet.filterViews.length, 1);
  await backlog.clearBasicFilter();
  await backlog.deleteFilterView(view.filter.filterViewId);
});

test('rows are read as objects, changed, saved, inserted and deleted', async () => {
  const rows = await backlog.getRows();
  assert.deepEqual(rows.map((row) => row.get('Initiative Key')), ['INIT-000001', 'INIT-000003', 'INIT-000002']);
  rows[1].set('Title', 'Gift cards');
  await rows[1].save();
  await backlog.insertDimension('ROWS', { startIndex: 1, endIndex: 2 }, false);
  assert.deepEqual(await keysInOrder(), [undefined, 'INIT-000001', 'INIT-000003', 'INIT-000002']);
  await backlog.deleteRows(1, 2);
  const [first] = await backlog.getRows({ limit: 1 });
  await first.delete();
  assert.deepEqual(await keysInOrder(), ['INIT-000003', 'INIT-000002']);
  assert.equal((await rowsByKey()).get('INIT-000003').Title, 'Gift cards');
});

test('in the evening columns and tabs are named, copied and cleared away', async () => {
  await document.addNamedRange('scores', { sheetId: backlog.sheetId, startRowIndex: 1, startColumnIndex: 7, endColumnIndex: 8 });
  const { data: named } = await api.spreadsheets.values.get({ spreadsheetId: id, range: 'scores', valueRenderOption: 'UNFORMATTED_VALUE' });
  assert.deepEqual(named.values, [[30], [120]]);
  const copy = await backlog.duplicate({ title: 'Backlog of November' });
  assert.equal(copy.title, 'Backlog of November');
  await backlog.findReplace('Gift', 'Loyalty', { matchCase: true }, { startRowIndex: 1 }).catch((error) => assert.fail(error));
  assert.equal((await rowsByKey()).get('INIT-000003').Title, 'Loyalty cards');
  await copy.clear();
  await copy.delete();
  const { data } = await api.spreadsheets.get({ spreadsheetId: id, fields: 'sheets.properties.title' });
  assert.deepEqual(data.sheets.map((sheet) => sheet.properties.title), ['Notes', 'Backlog']);
});

test('what Google would refuse is refused in its words, through that client too', async () => {
  await assert.rejects(document.addSheet({ title: 'Backlog' }), /Google API error - \[400\] .*A sheet with the name "Backlog" already exists/);
  await assert.rejects(backlog.updateProperties({ tabColour: { red: 1 } }), /\[400\] Invalid JSON payload received. Unknown name "tabColour"/);
  const { violations } = await emulator.hook('GET', 'violations');
  assert.equal(violations.length, 1, 'nothing else that day was one that Google does not know');
});
