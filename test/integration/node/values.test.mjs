// The values.* methods as Google's client calls them.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { createSpreadsheet, Emulator, refused } from './official_client.mjs';

let emulator;
let api;
let spreadsheetId;
before(async () => {
  emulator = await Emulator.start();
  api = emulator.client();
});
after(() => emulator.stop());
beforeEach(async () => {
  spreadsheetId = (await createSpreadsheet(api, 'values', ['Sheet1', 'Q1/Q2 plan'])).id;
});

async function update(range, values, valueInputOption = 'RAW', more = {}) {
  const { data } = await api.spreadsheets.values.update({
    spreadsheetId, range, valueInputOption, requestBody: { values }, ...more,
  });
  return data;
}

async function get(range, more = {}) {
  const { data } = await api.spreadsheets.values.get({ spreadsheetId, range, ...more });
  return data;
}

async function append(range, values, more = {}) {
  const { data } = await api.spreadsheets.values.append({
    spreadsheetId, range, valueInputOption: 'RAW', requestBody: { values }, ...more,
  });
  return data;
}

test('an update says what it wrote and a read gives it back', async () => {
  const written = await update('Sheet1!B2', [['a', 1], ['b', true]]);
  assert.deepEqual(written, {
    spreadsheetId, updatedRange: 'Sheet1!B2:C3', updatedRows: 2, updatedColumns: 2, updatedCells: 4,
  });
  assert.deepEqual(await get('Sheet1!B2:C3'), {
    range: 'Sheet1!B2:C3', majorDimension: 'ROWS', values: [['a', '1'], ['b', 'TRUE']],
  });
});

test('empty rows and cells at the end are left out, those between are kept', async () => {
  await update('Sheet1!A1', [['x', '', 'y', ''], [], ['z'], ['']]);
  assert.deepEqual((await get('Sheet1')).values, [['x', '', 'y'], [], ['z']]);
  const empty = await get('Sheet1!F5:G9');
  assert.equal(empty.range, 'Sheet1!F5:G9');
  assert.equal('values' in empty, false);
});

test('ranges are answered in full, open ends filled from the grid', async () => {
  assert.equal((await get('Sheet1')).range, 'Sheet1!A1:Z1000');
  assert.equal((await get('A1:C')).range, 'Sheet1!A1:C1000');
  assert.equal((await get('Sheet1!1:1')).range, 'Sheet1!A1:Z1');
  assert.equal((await get('sheet1!D4:A1')).range, 'Sheet1!A1:D4');
  assert.equal((await get('A1:A1')).range, 'Sheet1!A1');
  assert.equal((await get("'Q1/Q2 plan'!A2:B")).range, "'Q1/Q2 plan'!A2:B1000");
});

test('null leaves a cell alone and an empty string clears it', async () => {
  await update('Sheet1!A1', [['a', 'b', 'c']]);
  const written = await update('Sheet1!A1', [[null, '', 'C']]);
  assert.equal(written.updatedCells, 2);
  assert.deepEqual((await get('Sheet1!A1:C1')).values, [['a', '', 'C']]);
});

test('RAW keeps text as it is and USER_ENTERED reads it as a person types it', async () => {
  const typed = [['=1+1', '2020-01-01', '50%', "'007", 'TRUE', '1234.5']];
  await update('Sheet1!A1', typed, 'RAW');
  await update('Sheet1!A2', typed, 'USER_ENTERED');
  const { values } = await get('Sheet1!A1:F2', { valueRenderOption: 'UNFORMATTED_VALUE' });
  assert.deepEqual(values, [typed[0], [2, 43831, 0.5, '007', true, 1234.5]]);
});

test('render options decide between shown, stored and typed', async () => {
  await update('Sheet1!A1', [['=4/2', '2020-01-01', 3.5]], 'USER_ENTERED');
  const unformatted = { valueRenderOption: 'UNFORMATTED_VALUE' };
  assert.deepEqual((await get('A1:C1', unformatted)).values, [[2, 43831, 3.5]]);
  assert.deepEqual((await get('A1:C1', { ...unformatted, dateTimeRenderOption: 'FORMATTED_STRING' })).values,
    [[2, '2020-01-01', 3.5]]);
  assert.deepEqual((await get('A1:C1')).values, [['2', '2020-01-01', '3.5']]);
  assert.deepEqual((await get('A1:B1', { valueRenderOption: 'FORMULA' })).values[0][0], '=4/2');
});

test('columns can be read and written as the major dimension', async () => {
  await api.spreadsheets.values.update({
    spreadsheetId, range: 'A1', valueInputOption: 'RAW',
    requestBody: { majorDimension: 'COLUMNS', values: [['a', 'b', 'c'], ['d']] },
  });
  assert.deepEqual((await get('A1:B3')).values, [['a', 'd'], ['b'], ['c']]);
  assert.deepEqual((await get('A1:B3', { majorDimension: 'COLUMNS' })).values, [['a', 'b', 'c'], ['d']]);
});

test('an update can answer with what the cells show now', async () => {
  const written = await update('A1', [['=2*3']], 'USER_ENTERED', {
    includeValuesInResponse: true, responseValueRenderOption: 'UNFORMATTED_VALUE',
  });
  assert.deepEqual(written.updatedData, { range: 'Sheet1!A1', majorDimension: 'ROWS', values: [[6]] });
});

test('several ranges travel in one read and in one write', async () => {
  const { data: written } = await api.spreadsheets.values.batchUpdate({
    spreadsheetId,
    requestBody: {
      valueInputOption: 'RAW',
      data: [{ range: 'Sheet1!A1:B1', values: [['a', 'b']] }, { range: "'Q1/Q2 plan'!C3", values: [[7], [8]] }],
    },
  });
  assert.equal(written.totalUpdatedCells, 4);
  assert.equal(written.totalUpdatedRows, 3);
  assert.equal(written.totalUpdatedSheets, 2);
  assert.deepEqual(written.responses.map((response) => response.updatedRange), ['Sheet1!A1:B1', "'Q1/Q2 plan'!C3:C4"]);
  const { data: read } = await api.spreadsheets.values.batchGet({
    spreadsheetId, ranges: ["'Q1/Q2 plan'!C3:C4", 'Sheet1!A1:B1'], valueRenderOption: 'UNFORMATTED_VALUE',
  });
  assert.equal(read.spreadsheetId, spreadsheetId);
  assert.deepEqual(read.valueRanges.map(({ values }) => values), [[[7], [8]], [['a', 'b']]]);
});

test('a write of several ranges of which one is wrong writes nothing', async () => {
  const error = await refused(api.spreadsheets.values.batchUpdate({
    spreadsheetId,
    requestBody: {
      valueInputOption: 'RAW',
      data: [{ range: 'Sheet1!A1', values: [['kept out']] }, { range: 'Nowhere!A1', values: [['x']] }],
    },
  }));
  assert.equal(error.code, 400);
  assert.equal(error.message, 'Invalid data[1]: Unable to parse range: Nowhere!A1');
  assert.equal('values' in (await get('Sheet1!A1')), false);
});

test('append finds the table, writes below it and says where', async () => {
  const first = await append('Sheet1!A1', [['x', '', 'z']]);
  assert.equal('tableRange' in first, false);
  assert.equal(first.updates.updatedRange, 'Sheet1!A1:C1');
  const second = await append('Sheet1!A1', [['x', '', 'z']]);
  assert.equal(second.tableRange, 'Sheet1!A1');
  assert.equal(second.updates.updatedRange, 'Sheet1!A2:C2');
});

test('append to a whole tab uses the last table, which a blank column begins anew', async () => {
  await append('Sheet1', [['x', '', 'z']]);
  const second = await append('Sheet1', [['x', '', 'z']]);
  assert.equal(second.tableRange, 'Sheet1!C1');
  assert.equal(second.updates.updatedRange, 'Sheet1!C2:E2');
});

test('append grows the grid where it is full', async () => {
  const small = (await createSpreadsheet(api, 'small', ['S'], { rowCount: 2, columnCount: 2 })).id;
  await api.spreadsheets.values.update({
    spreadsheetId: small, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['a'], ['b']] },
  });
  const { data } = await api.spreadsheets.values.append({
    spreadsheetId: small, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['c'], ['d']] },
  });
  assert.equal(data.updates.updatedRange, 'S!A3:A4');
  const { data: after } = await api.spreadsheets.get({ spreadsheetId: small });
  assert.ok(after.sheets[0].properties.gridProperties.rowCount >= 4);
});

test('append can insert rows instead of writing over what is below', async () => {
  await update('Sheet1!A1', [['head'], ['a'], [], ['note below']]);
  await append('Sheet1!A1:A2', [['b'], ['c']], { insertDataOption: 'INSERT_ROWS' });
  assert.deepEqual((await get('Sheet1!A1:A6')).values, [['head'], ['a'], ['b'], ['c'], [], ['note below']]);
});

test('clear empties cells and says which; their neighbours stay', async () => {
  await update('Sheet1!A1', [['a', 'b'], ['c', 'd']]);
  const { data } = await api.spreadsheets.values.clear({ spreadsheetId, range: 'Sheet1!A1:A2' });
  assert.deepEqual(data, { spreadsheetId, clearedRange: 'Sheet1!A1:A2' });
  assert.deepEqual((await get('Sheet1!A1:B2')).values, [['', 'b'], ['', 'd']]);
  const { data: both } = await api.spreadsheets.values.batchClear({
    spreadsheetId, requestBody: { ranges: ['Sheet1!B1', 'Sheet1!B2'] },
  });
  assert.deepEqual(both, { spreadsheetId, clearedRanges: ['Sheet1!B1', 'Sheet1!B2'] });
  assert.equal('values' in (await get('Sheet1')), false);
});

test('references to other cells and tabs and IMPORTRANGE are evaluated', async () => {
  const other = (await createSpreadsheet(api, 'other', ['Backlog'])).id;
  await api.spreadsheets.values.update({
    spreadsheetId: other, range: 'Backlog!B2', valueInputOption: 'RAW', requestBody: { values: [['Points at the till']] },
  });
  await update("'Q1/Q2 plan'!A1", [[12]]);
  await update('Sheet1!A1',
    [["='Q1/Q2 plan'!A1", '=A1', `=IMPORTRANGE("${other}", "Backlog!B2")`, '=NoSuchTab!A1']], 'USER_ENTERED');
  const { values } = await get('Sheet1!A1:D1', { valueRenderOption: 'UNFORMATTED_VALUE' });
  assert.deepEqual(values, [[12, 12, 'Points at the till', '#REF!']]);
  await update("'Q1/Q2 plan'!A1", [[13]]);
  assert.deepEqual((await get('Sheet1!B1', { valueRenderOption: 'UNFORMATTED_VALUE' })).values, [[13]]);
});
