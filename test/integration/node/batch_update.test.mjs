// spreadsheets.create, get and batchUpdate as Google's client calls them.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { createSpreadsheet, Emulator, refused } from './official_client.mjs';

let emulator;
let api;
let spreadsheetId;
let sheetId;
before(async () => {
  emulator = await Emulator.start();
  api = emulator.client();
});
after(() => emulator.stop());
beforeEach(async () => {
  const created = await createSpreadsheet(api, 'batch', ['Work']);
  spreadsheetId = created.id;
  sheetId = created.tabs.Work;
});

async function batch(...requests) {
  const { data } = await api.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
  return data;
}

async function fill(values, range = 'Work!A1') {
  await api.spreadsheets.values.update({ spreadsheetId, range, valueInputOption: 'RAW', requestBody: { values } });
}

async function shown(range = 'Work') {
  const { data } = await api.spreadsheets.values.get({ spreadsheetId, range, valueRenderOption: 'UNFORMATTED_VALUE' });
  return data.values;
}

async function grid(tab = 0) {
  const { data } = await api.spreadsheets.get({ spreadsheetId });
  return data.sheets[tab].properties.gridProperties;
}

const text = (stringValue) => ({ userEnteredValue: { stringValue } });
const number = (numberValue) => ({ userEnteredValue: { numberValue } });

test('a new spreadsheet has one tab of a thousand rows and 26 columns', async () => {
  const { data } = await api.spreadsheets.create({ requestBody: { properties: { title: 'plain' } } });
  assert.equal(data.properties.title, 'plain');
  assert.equal(data.sheets.length, 1);
  const { properties } = data.sheets[0];
  assert.equal(properties.sheetId, 0);
  assert.equal(properties.title, 'Sheet1');
  assert.deepEqual(properties.gridProperties, { rowCount: 1000, columnCount: 26 });
});

test('a field mask selects what get answers, in each of its notations', async () => {
  const expected = { sheets: [{ properties: { sheetId, title: 'Work' } }] };
  for (const fields of ['sheets.properties(sheetId,title)', 'sheets/properties/sheetId,sheets/properties/title']) {
    const { data } = await api.spreadsheets.get({ spreadsheetId, fields });
    assert.deepEqual(data, expected, fields);
  }
});

test('grid data shows what was typed beside what is shown', async () => {
  await api.spreadsheets.values.update({
    spreadsheetId, range: 'Work!A1', valueInputOption: 'USER_ENTERED', requestBody: { values: [['=B1', 4]] },
  });
  const { data } = await api.spreadsheets.get({
    spreadsheetId, ranges: ['Work!A1:B1'], fields: 'sheets.data.rowData.values(userEnteredValue,effectiveValue)',
  });
  assert.deepEqual(data.sheets[0].data[0].rowData[0].values, [
    { userEnteredValue: { formulaValue: '=B1' }, effectiveValue: { numberValue: 4 } },
    { userEnteredValue: { numberValue: 4 }, effectiveValue: { numberValue: 4 } },
  ]);
});

test('replies come in the order of the requests, empty where there is nothing to say', async () => {
  const { replies, spreadsheetId: echoed } = await batch(
    { updateSheetProperties: { properties: { sheetId, gridProperties: { frozenRowCount: 1 } }, fields: 'gridProperties.frozenRowCount' } },
    { addSheet: { properties: { title: 'Second' } } },
  );
  assert.equal(echoed, spreadsheetId);
  assert.deepEqual(replies[0], {});
  assert.equal(replies[1].addSheet.properties.title, 'Second');
  assert.equal(replies[1].addSheet.properties.index, 1);
  assert.equal((await grid()).frozenRowCount, 1);
});

test('cells are written with their types, and text that looks like a formula stays text', async () => {
  await batch({
    updateCells: {
      start: { sheetId, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue',
      rows: [{ values: [text('=1+1'), number(2.5), { userEnteredValue: { boolValue: true } }, { userEnteredValue: { formulaValue: '=B1' } }, {}] }],
    },
  });
  assert.deepEqual(await shown(), [['=1+1', 2.5, true, 2.5]]);
});

test('a cell without a value is cleared by updateCells', async () => {
  await fill([['a', 'b', 'c']]);
  await batch({ updateCells: { start: { sheetId, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue', rows: [{ values: [{}, text('B')] }] } });
  assert.deepEqual(await shown(), [['', 'B', 'c']]);
});

test('a batch of which one request is wrong changes nothing', async () => {
  await fill([['before']]);
  const error = await refused(batch(
    { updateCells: { start: { sheetId, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue', rows: [{ values: [text('after')] }] } },
    { insertDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 0, endIndex: 1 } } },
    { addSheet: { properties: { title: 'work' } } },
  ));
  assert.equal(error.code, 400);
  assert.equal(error.status, 'INVALID_ARGUMENT');
  assert.equal(error.message,
    'Invalid requests[2].addSheet: A sheet with the name "work" already exists. Please enter another name.');
  assert.deepEqual(await shown(), [['before']]);
  assert.equal((await grid()).rowCount, 1000);
});

test('rows inserted in the middle move what is below and grow the grid', async () => {
  await fill([['a'], ['b']]);
  await batch(
    { insertDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 3 }, inheritFromBefore: true } },
    { updateCells: { start: { sheetId, rowIndex: 1, columnIndex: 0 }, fields: 'userEnteredValue', rows: [{ values: [text('new')] }] } },
  );
  assert.deepEqual(await shown(), [['a'], ['new'], [], ['b']]);
  assert.equal((await grid()).rowCount, 1002);
});

test('rows can be deleted, and columns appended', async () => {
  await fill([['a'], ['b'], ['c']]);
  await batch(
    { deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 } } },
    { appendDimension: { sheetId, dimension: 'COLUMNS', length: 3 } },
  );
  assert.deepEqual(await shown(), [['a'], ['c']]);
  assert.deepEqual(await grid(), { rowCount: 999, columnCount: 29 });
});

test('appendCells writes below the last row that holds anything', async () => {
  await fill([['a'], [], ['b']]);
  await batch({ appendCells: { sheetId, fields: 'userEnteredValue', rows: [{ values: [text('c'), number(1)] }] } });
  assert.deepEqual(await shown(), [['a'], [], ['b'], ['c', 1]]);
});

test('a range is sorted by the columns that are named, the header left where it is', async () => {
  await fill([['name', 'n'], ['b', 2], ['c', 1], ['a', 2]]);
  await batch({
    sortRange: {
      range: { sheetId, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 2 },
      sortSpecs: [{ dimensionIndex: 1, sortOrder: 'DESCENDING' }, { dimensionIndex: 0, sortOrder: 'ASCENDING' }],
    },
  });
  assert.deepEqual(await shown(), [['name', 'n'], ['a', 2], ['b', 2], ['c', 1]]);
});

test('repeatCell writes one cell over a range', async () => {
  await batch({
    repeatCell: {
      range: { sheetId, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 },
      cell: { userEnteredValue: { boolValue: false } }, fields: 'userEnteredValue',
    },
  });
  assert.deepEqual(await shown(), [[false, false], [false, false]]);
});

test('data validation, protection, column width and conditional formats are accepted and kept', async () => {
  const range = { sheetId, startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };
  const { replies } = await batch(
    { setDataValidation: { range, rule: { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'RICE' }, { userEnteredValue: 'WSJF' }] }, strict: true, showCustomUi: true } } },
    { addProtectedRange: { protectedRange: { range, description: 'system', warningOnly: true } } },
    { updateDimensionProperties: { range: { sheetId, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 }, properties: { pixelSize: 240 }, fields: 'pixelSize' } },
    { addConditionalFormatRule: { index: 0, rule: { ranges: [range], booleanRule: { condition: { type: 'TEXT_STARTS_WITH', values: [{ userEnteredValue: 'FAILED' }] }, format: { backgroundColor: { red: 1 } } } } } },
  );
  const { protectedRangeId } = replies[1].addProtectedRange.protectedRange;
  assert.ok(Number.isInteger(protectedRangeId));
  const { data } = await api.spreadsheets.get({
    spreadsheetId, ranges: ['Work!A1:A2'], fields: 'sheets(data.rowData.values.dataValidation,protectedRanges,conditionalFormats,data.columnMetadata)',
  });
  const [sheet] = data.sheets;
  assert.equal(sheet.protectedRanges[0].protectedRangeId, protectedRangeId);
  assert.equal(sheet.protectedRanges[0].warningOnly, true);
  assert.equal(sheet.data[0].rowData[1].values[0].dataValidation.condition.type, 'ONE_OF_LIST');
  assert.equal(sheet.data[0].columnMetadata[0].pixelSize, 240);
  assert.equal(sheet.conditionalFormats.length, 1);
  await batch({ deleteProtectedRange: { protectedRangeId } });
  const { data: after } = await api.spreadsheets.get({ spreadsheetId, fields: 'sheets.protectedRanges' });
  assert.equal(after.sheets?.[0]?.protectedRanges, undefined);
});

test('a request that the emulator does not know is refused by its name', async () => {
  const error = await refused(batch({ addChart: { chart: {} } }));
  assert.equal(error.code, 400);
  assert.match(error.message, /addChart/);
});

test('tabs are added, renamed, hidden and deleted, but never all of them', async () => {
  const { replies } = await batch({ addSheet: { properties: { title: 'Params' } } });
  const second = replies[0].addSheet.properties.sheetId;
  await batch({ updateSheetProperties: { properties: { sheetId: second, title: 'Parameters' }, fields: 'title' } });
  const { data } = await api.spreadsheets.get({ spreadsheetId, fields: 'sheets.properties.title' });
  assert.deepEqual(data.sheets.map((sheet) => sheet.properties.title), ['Work', 'Parameters']);
  await batch({ deleteSheet: { sheetId: second } });
  const error = await refused(batch({ updateSheetProperties: { properties: { sheetId, hidden: true }, fields: 'hidden' } }));
  assert.equal(error.message, "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.");
});

test('a tab that does not exist is refused by its id', async () => {
  const error = await refused(batch({ appendDimension: { sheetId: 987654, dimension: 'ROWS', length: 1 } }));
  assert.equal(error.code, 400);
  assert.match(error.message, /^Invalid requests\[0\]\.appendDimension: No grid with id: 987654/);
});
