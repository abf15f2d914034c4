// `roadmapd rehearse`: against the emulator all is as assumed, and each thing that Google might do otherwise is found.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Workbooks } from './menu_world.mjs';
import { environment, executable } from './roadmapd_process.mjs';

const SPREADSHEETS_GET = 'spreadsheets.get';
const BATCH_UPDATE = 'spreadsheets.batchUpdate';
const BATCH_GET = 'values.batchGet';

/**
 * What a Google would have to do for an assumption not to hold: the emulator's fault, aimed by what the request
 * contains. `also` are assumptions that stand or fall with it.
 */
const OTHERWISE = {
  'read.whole_tab': { method: BATCH_GET, containing: 'read.whole_tab', replace_in_answer: [['!A1:F12', '!A1:F9']] },
  'read.blanks': { method: BATCH_GET, containing: 'read.blanks', replace_in_answer: [[',[],', ',']] },
  'read.unformatted': { method: BATCH_GET, containing: 'read.unformatted', replace: [['UNFORMATTED_VALUE', 'FORMATTED_VALUE']] },
  'read.order': { method: BATCH_GET, containing: 'read.order', replace: [['B1:B2', 'A1:A2']] },
  'read.apostrophe': { method: BATCH_GET, containing: "it''s", replace: [["''", "'"]] },
  'read.tabs': { method: SPREADSHEETS_GET, replace_in_answer: [['"rowCount":12', '"rowCount":1000']] },
  'read.unknown_tab': { method: BATCH_GET, replace_in_answer: [['Unable to parse range', 'What range is this']] },
  'read.beyond_grid': { method: BATCH_GET, replace_in_answer: [['exceeds grid limits', 'is too far out']] },
  'read.compact': { method: SPREADSHEETS_GET, containing: 'properties.title', replace: [['false', 'true']], also: ['read.tabs'] },
  'read.not_found': { method: SPREADSHEETS_GET, spreadsheet_id: 'roadmapd-rehearsal-no-such-spreadsheet', status: 400 },
  'look.columns': { method: SPREADSHEETS_GET, containing: 'look.columns', replace_in_answer: [['"startColumn":1', '"startColumn":2']] },
  'look.formulas': { method: SPREADSHEETS_GET, containing: 'look.formulas', replace_in_answer: [['"formulaValue"', '"stringValue"']] },
  'look.errors': { method: SPREADSHEETS_GET, containing: 'look.errors', replace_in_answer: [['"NAME"', '"ERROR"']] },
  'look.displayed': { method: SPREADSHEETS_GET, containing: 'look.displayed', replace_in_answer: [['"50%"', '"0.5"']] },
  'write.text': { method: BATCH_UPDATE, replace: [['"stringValue":"=1+1"', '"formulaValue":"=1+1"']] },
  'write.types': { method: BATCH_UPDATE, replace: [['"boolValue":false', '"stringValue":"FALSE"']] },
  'write.clear': { method: BATCH_UPDATE, containing: '"values":[{}]', replace: [['"fields":"userEnteredValue"', '"fields":"*"']] },
  'write.formula': { method: BATCH_UPDATE, replace: [['"formulaValue"', '"stringValue"']] },
  'write.rows': { method: BATCH_UPDATE, containing: '"row 3"', replace: [['"row 3"', '"row 2"']] },
  'write.long_text': { method: BATCH_UPDATE, containing: '🌵'.repeat(100), status: 400, message: 'Your input contains more than the maximum of 50000 characters in a single cell.' },
  'write.atomic': {
    method: BATCH_UPDATE, containing: 'must not stay', replace: [['"sheetId":4711', '"sheetId":0']], after_apply: true,
    status: 400, message: 'Invalid requests[1].updateCells: No grid with id: 4711',
  },
  'write.refusal': { method: BATCH_UPDATE, replace_in_answer: [['Invalid requests[1]', 'Invalid request']] },
  'write.unknown_tab': { method: BATCH_UPDATE, replace_in_answer: [['No grid with id', 'No such sheet']] },
  'write.beyond_grid': { method: BATCH_UPDATE, replace_in_answer: [['rowIndex[12] is after last row in grid', 'rowIndex is wrong']] },
  'insert.beyond_grid': { method: BATCH_UPDATE, replace_in_answer: [['startIndex[17] is after last row in grid', 'startIndex is wrong']] },
  'insert.at_end': { method: BATCH_UPDATE, containing: '"startIndex":12', replace: [['"inheritFromBefore":true', '"inheritFromBefore":false']] },
  'insert.inherit': { method: BATCH_UPDATE, containing: 'setDataValidation', replace: [['"inheritFromBefore":true', '"inheritFromBefore":false']] },
  'append.columns': { method: BATCH_UPDATE, containing: 'appendDimension', replace: [['"dimension":"COLUMNS"', '"dimension":"ROWS"']] },
  'append.rows': { method: 'values.append', replace: [['INSERT_ROWS', 'OVERWRITE']] },
  'setup.tab_id': { method: BATCH_UPDATE, containing: ', added', status: 400, message: 'Invalid requests[0].addSheet: sheetId is chosen by Google.' },
  'setup.title': { method: BATCH_UPDATE, replace_in_answer: [['Invalid requests[0].addSheet', 'Invalid addSheet']] },
  'setup.note': { method: BATCH_UPDATE, containing: 'what it is about', replace: [['"userEnteredValue,note"', '"userEnteredValue"']] },
  'setup.warning': {
    method: BATCH_UPDATE, containing: '"stringValue":"written"', status: 400,
    message: 'Invalid requests[0].updateCells: You are trying to edit a protected cell or object.',
  },
  'marker.missing': { method: BATCH_UPDATE, containing: 'roadmapd.rehearsal.never', status: 400, message: 'Invalid requests[0].deleteDeveloperMetadata: No metadata.' },
  'marker.replaced': { method: BATCH_UPDATE, containing: '"second 1"', replace: [['"metadataKey":"roadmapd.write","locationType"', '"metadataKey":"other","locationType"']] },
  'marker.answer': { method: BATCH_UPDATE, containing: '"shown 1"', replace_in_answer: [['"metadataKey"', '"metadataName"']] },
  'marker.lasting': { method: SPREADSHEETS_GET, replace_in_answer: [['lasting 1', 'first 1']] },
  'picture.after': { method: BATCH_UPDATE, containing: '"after 1"', replace_in_answer: [['new!', 'one!']] },
  'picture.ranges': { method: BATCH_UPDATE, containing: 'picture.ranges', replace: [['A1:A', 'A1:B']] },
  'moved.sorted': { method: BATCH_UPDATE, containing: '"sorted 1"', replace: [['"includeSpreadsheetInResponse":true', '"includeSpreadsheetInResponse":false']] },
  'moved.inserted': { method: BATCH_UPDATE, containing: '"inserted 1"', replace: [['"rowIndex":2', '"rowIndex":3']] },
};

let workbooks;
let scratch;
let configured;
let configFile;

before(async () => {
  workbooks = await Workbooks.start();
  scratch = await workbooks.create('Scratch', { Mine: [['what stood here']] });
  configured = await workbooks.create('Backlog of the team', { Backlog: [] });
  configFile = path.join(workbooks.folder.path, 'rehearse.toml');
  writeFileSync(configFile, `
[sheets]
base_url = "${workbooks.roadmapd.url}"
service_account_file = "${workbooks.credentialsFile}"
reads_per_minute = 100000
writes_per_minute = 100000
max_retries = 0
[[central_backlog]]
spreadsheet_id = "${configured.id}"
`);
});
after(() => workbooks?.stop());

/** Runs the command; its exit code, its lines, and what it said on standard error. */
function rehearse(id, ...args) {
  return new Promise((resolve) => {
    execFile(executable, ['rehearse', id, '--config', configFile, ...args], { env: environment }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, lines: stdout.trimEnd().split('\n'), stderr });
    });
  });
}

const named = (lines, mark) => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).trim().split(':')[0]);
const tabs = async () => (await workbooks.emulator.call('GET', `/v4/spreadsheets/${scratch.id}?fields=sheets.properties.title,developerMetadata`));

test('against the emulator all is as assumed, and the spreadsheet is left as it was', async () => {
  const report = path.join(workbooks.folder.path, 'report.md');
  const { code, lines, stderr } = await rehearse(scratch.id, '--report', report);
  assert.deepEqual(named(lines, 'DIFFERENT'), [], lines.join('\n'));
  assert.equal(code, 0, stderr);
  assert.deepEqual(named(lines, 'as assumed'), Object.keys(OTHERWISE), 'each assumption has its counterpart in this test');
  assert.deepEqual(await tabs(), { sheets: [{ properties: { title: 'Mine' } }] });
  assert.deepEqual(await scratch.values('Mine!A1:B9'), [['what stood here']]);
  const table = readFileSync(report, 'utf8');
  for (const name of Object.keys(OTHERWISE)) assert.match(table, new RegExp(`^\\| ${name.replace('.', '\\.')} \\| .* \\| as assumed \\|$`, 'm'));
  assert.ok(!table.includes(scratch.id), 'the report names no spreadsheet');
});

for (const [name, { also = [], ...fault }] of Object.entries(OTHERWISE)) {
  test(`a Google that is otherwise about ${name} is found`, async () => {
    await workbooks.emulator.hook('faults', { times: 1000, ...fault });
    try {
      const { code, lines, stderr } = await rehearse(scratch.id);
      assert.deepEqual(named(lines, 'DIFFERENT').filter((one) => !also.includes(one)), [name], lines.join('\n') + stderr);
      assert.equal(code, 1);
      assert.deepEqual(await tabs(), { sheets: [{ properties: { title: 'Mine' } }] });
    } finally {
      await workbooks.emulator.hook('faults/reset');
    }
  });
}

test('what an earlier rehearsal left is removed, and a rehearsal that cannot go on cleans up', async () => {
  await workbooks.emulator.call('POST', `/v4/spreadsheets/${scratch.id}:batchUpdate`, { requests: [{ addSheet: { properties: { title: 'roadmapd rehearsal: write.atomic' } } }] });
  await workbooks.emulator.hook('faults', { method: BATCH_UPDATE, containing: 'must not stay', status: 503 });
  const { code, stderr } = await rehearse(scratch.id);
  assert.equal(code, 1);
  assert.match(stderr, /^roadmapd: Writing the spreadsheet .* failed: The service is currently unavailable/);
  assert.deepEqual(await tabs(), { sheets: [{ properties: { title: 'Mine' } }] });
});

test('a workbook that people work in is refused, and what is no address', async () => {
  const { code, stderr } = await rehearse(configured.id);
  assert.equal(code, 2);
  assert.match(stderr, /this is the workbook of central_backlog; make an empty spreadsheet/);
  assert.match((await rehearse('my sheet')).stderr, /'my sheet' is no address of a spreadsheet/);
});
