// What Google's client is told when a call cannot be done, when quota is used up, and when answers get lost.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { createSpreadsheet, Emulator, refused } from './official_client.mjs';

const READS_PER_MINUTE = 30;
const WRITES_PER_MINUTE = 20;
const A_MINUTE = 60;

let emulator;
let api;
let spreadsheetId;
before(async () => {
  emulator = await Emulator.start(
    '--reads-per-minute', String(READS_PER_MINUTE), '--writes-per-minute', String(WRITES_PER_MINUTE),
  );
  api = emulator.client();
});
after(() => emulator.stop());
beforeEach(async () => {
  await emulator.hook('POST', 'clock', { advance_seconds: A_MINUTE });
  spreadsheetId = (await createSpreadsheet(api, 'errors', ['Sheet1'])).id;
});

const read = (range = 'A1') => api.spreadsheets.values.get({ spreadsheetId, range });
const write = (value) => api.spreadsheets.values.update({
  spreadsheetId, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [[value]] },
});

test('a range that cannot be parsed is named', async () => {
  const error = await refused(read('NOPE!A5:F15'));
  assert.deepEqual(error, {
    httpStatus: 400, code: 400, message: 'Unable to parse range: NOPE!A5:F15', status: 'INVALID_ARGUMENT',
  });
  assert.equal((await refused(read('A1:'))).message, 'Unable to parse range: A1:');
});

test('a range that begins outside the grid is refused with the grid\'s size', async () => {
  const error = await refused(read('Sheet1!AB1'));
  assert.equal(error.code, 400);
  assert.match(error.message, /exceeds grid limits\. Max rows: 1000, max columns: 26/);
});

test('a write past the range that it names is refused', async () => {
  const error = await refused(api.spreadsheets.values.update({
    spreadsheetId, range: 'Sheet1!A3:B3', valueInputOption: 'RAW', requestBody: { values: [['a', 'b', 'c']] },
  }));
  assert.equal(error.message,
    'Requested writing within range [Sheet1!A3:B3], but tried writing to column [C]');
});

test('a write that does not say how to read its values is refused', async () => {
  const error = await refused(api.spreadsheets.values.update({
    spreadsheetId, range: 'A1', requestBody: { values: [['x']] },
  }));
  assert.equal(error.code, 400);
  assert.match(error.message, /'valueInputOption' is required but not specified/);
});

test('a body of the wrong type is refused with the field at fault', async () => {
  const error = await refused(api.spreadsheets.values.update({
    spreadsheetId, range: 'A1', valueInputOption: 'RAW', requestBody: { values: ['X'] },
  }));
  assert.equal(error.code, 400);
  assert.match(error.message, /^Invalid value at 'data\.values/);
  assert.equal(error.details[0]['@type'], 'type.googleapis.com/google.rpc.BadRequest');
  assert.ok(error.details[0].fieldViolations.length > 0);
});

test('a field mask that names nothing is refused with its path', async () => {
  const error = await refused(api.spreadsheets.get({ spreadsheetId, fields: 'sheets.colour' }));
  assert.equal(error.code, 400);
  assert.equal(error.message, 'Request contains an invalid argument.');
  assert.match(error.details[0].fieldViolations[0].description, /Cannot find matching fields for path 'sheets\.colour'/);
});

test('a spreadsheet that does not exist is not found', async () => {
  const error = await refused(api.spreadsheets.get({ spreadsheetId: 'no-such-spreadsheet' }));
  assert.deepEqual(error, {
    httpStatus: 404, code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND',
  });
});

test('a spreadsheet that was not shared is forbidden', async () => {
  await emulator.hook('POST', 'faults', { method: 'values.get', times: 1, status: 403 });
  const error = await refused(read());
  assert.equal(error.httpStatus, 403);
  assert.equal(error.status, 'PERMISSION_DENIED');
  assert.equal(error.message, 'The caller does not have permission');
  await read();
});

test('reads beyond the quota of a minute are refused as Google does, and allowed in the next minute', async () => {
  for (let i = 0; i < READS_PER_MINUTE; ++i) await read();
  const error = await refused(read());
  assert.equal(error.httpStatus, 429);
  assert.equal(error.status, 'RESOURCE_EXHAUSTED');
  assert.match(error.message, /^Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'/);
  const info = error.details.find((detail) => detail.reason === 'RATE_LIMIT_EXCEEDED');
  assert.equal(info.domain, 'googleapis.com');
  assert.equal(info.metadata.quota_limit, 'ReadRequestsPerMinutePerUser');
  assert.equal(info.metadata.quota_limit_value, String(READS_PER_MINUTE));
  await write('writes have a quota of their own');
  await emulator.hook('POST', 'clock', { advance_seconds: A_MINUTE });
  await read();
});

test('writes beyond the quota of a minute are refused and change nothing', async () => {
  // The spreadsheet's creation was the minute's first write.
  for (let i = 1; i < WRITES_PER_MINUTE; ++i) await write(i);
  const error = await refused(write('one too many'));
  assert.equal(error.httpStatus, 429);
  assert.match(error.message, /'Write requests'/);
  assert.deepEqual((await read()).data.values, [[String(WRITES_PER_MINUTE - 1)]]);
});

test('the client retries after a 503 and gets its answer', async () => {
  await emulator.hook('POST', 'calls/reset');
  await emulator.hook('POST', 'faults', { method: 'values.get', times: 2, status: 503 });
  await api.spreadsheets.values.get({ spreadsheetId, range: 'A1' }, { retry: true, retryConfig: { retryDelay: 1 } });
  const { calls } = await emulator.hook('GET', 'calls');
  assert.equal(calls['values.get'], 3);
});

test('an answer that is lost after the change leaves the change made', async () => {
  await emulator.hook('POST', 'faults', { method: 'values.update', times: 1, close_connection: true, after_apply: true });
  await assert.rejects(write('arrived'), (error) => error.response === undefined);
  assert.deepEqual((await read()).data.values, [['arrived']]);
});

test('a fault before the change leaves the cell as it was', async () => {
  await emulator.hook('POST', 'faults', { method: 'values.update', times: 1, status: 500 });
  const error = await refused(write('lost'));
  assert.equal(error.message, 'Internal error encountered.');
  assert.equal('values' in (await read()).data, false);
});

test('a person\'s edit can be made to happen between a read and the next call', async () => {
  await emulator.hook('POST', 'hooks', {
    after: 'values.get',
    apply: [{ updateCells: { start: { sheetId: 0, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue', rows: [{ values: [{ userEnteredValue: { stringValue: 'typed meanwhile' } }] }] } }],
  });
  assert.equal('values' in (await read()).data, false);
  assert.deepEqual((await read()).data.values, [['typed meanwhile']]);
});
