// The storm's own parts: what a call of the service shows it, the arithmetic of scores, repeatable choices.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { describe, writtenCells } from './fault_proxy.mjs';
import { sameNumber, scoreOfFormula, scoresOfRow } from './oracle/arithmetic.mjs';
import { fieldOf, TABS, textOf } from './oracle/workbooks.mjs';
import { SeededRandom } from './seeded_random.mjs';

const google = { workbookOf: () => 'backlog' };
const base = '/v4/spreadsheets/an-id';
const looked = (method, target, body = '') => describe(method, base + target, body, google).looksAt.map(({ tab, headers }) => [tab, headers.length]);

test('a read shows the columns that its ranges name, and a header row alone shows none', () => {
  const all = TABS.Backlog.headers.length;
  assert.deepEqual(looked('GET', '/values:batchGet?ranges=%27Backlog%27'), [['Backlog', all]]);
  assert.deepEqual(looked('GET', '/values:batchGet?ranges=%27Backlog%27!1:1&ranges=%27Backlog%27!A1:A'), [['Backlog', 0], ['Backlog', 1]]);
  assert.deepEqual(looked('GET', '/values:batchGet?ranges=Backlog!B2:D9&ranges=Backlog!C4'), [['Backlog', 3], ['Backlog', 1]]);
  assert.deepEqual(looked('GET', '/values/Backlog!A1:Z'), [['Backlog', all]]);
  assert.deepEqual(looked('GET', '?fields=sheets.properties'), []);
  assert.deepEqual(looked('GET', '?fields=sheets(data(rowData))&ranges=Backlog!B1:B'), [['Backlog', 1]]);
  assert.deepEqual(looked('GET', '?includeGridData=true'), [['Backlog', all]]);
});

test('a write shows what it asks to be shown, and is told from a search', () => {
  const write = (body) => looked('POST', ':batchUpdate', JSON.stringify(body));
  assert.deepEqual(write({ requests: [] }), []);
  assert.deepEqual(write({ requests: [], includeSpreadsheetInResponse: true, responseRanges: ["'Backlog'!A1:B"] }), [['Backlog', 2]]);
  assert.equal(describe('POST', `${base}:batchUpdate`, '{}', google).writes, true);
  assert.equal(describe('POST', `${base}/values/Backlog!A1:append`, '{}', google).writes, true);
  assert.equal(describe('POST', `${base}/developerMetadata:search`, '{}', google).writes, false);
  assert.equal(describe('POST', `${base}:getByDataFilter`, '{}', google).writes, false);
});

test('written cells are known where they stand after the write, below the rows that it inserts', () => {
  const update = (sheetId, rowIndex, columnIndex, count) => ({ updateCells: { start: { sheetId, rowIndex, columnIndex },
    rows: [{ values: Array.from({ length: count }, () => ({})) }], fields: 'userEnteredValue' } });
  const insert = { insertDimension: { range: { sheetId: 7, dimension: 'ROWS', startIndex: 3, endIndex: 5 }, inheritFromBefore: true } };
  const body = JSON.stringify({ requests: [update(7, 1, 2, 2), update(7, 3, 0, 1), update(8, 4, 1, 1), insert, update(7, 3, 0, 1)] });
  assert.deepEqual(writtenCells(body), {
    7: [{ row: 1, column: 2 }, { row: 1, column: 3 }, { row: 5, column: 0 }, { row: 3, column: 0 }], 8: [{ row: 4, column: 1 }] });
  assert.deepEqual(writtenCells(''), {});
});

test('scores are those of the worked examples, and none where an input is missing', () => {
  const rice = (reach, impact, confidence, effort) => scoresOfRow({ 'RICE: Reach': reach, 'RICE: Impact': impact, 'RICE: Confidence': confidence,
    'RICE: Effort': effort }).RICE;
  const wsjf = (...numbers) => scoresOfRow(Object.fromEntries(['Business Value', 'Time Criticality', 'Risk Reduction', 'Job Size'].map((name,
    index) => [`WSJF: ${name}`, numbers[index]]))).WSJF;
  assert.equal(rice(2000, 1, 0.8, 4).overall, 400);
  assert.equal(rice(5000, 2, 0.8, 2).overall, 4000);
  assert.equal(rice(100, 9, 1, 1).value, 300, 'Impact is clamped to 3');
  assert.equal(wsjf(8, 4, 3, 5).overall, 3);
  assert.equal(wsjf(4, 3, 7, 8).overall, 1.75);
  assert.equal(rice(2000, 1, '', 4), undefined);
  assert.equal(wsjf(8, 4, 'abc 1', 5), undefined);
  assert.equal(rice({ formula: '=1+1', shown: 2 }, 1, 1, 1).overall, 2);
  assert.deepEqual(scoreOfFormula('value = alpha * 3 + 7\neffort = beta', { alpha: 1, beta: 2 }), { value: 10, effort: 2, overall: 5 });
  assert.equal(scoreOfFormula('value = alpha * 3 + 7\neffort = beta', { alpha: 1 }), undefined);
  assert.ok(sameNumber(0.1 + 0.2, 0.3) && !sameNumber(0.3, 0.30001) && sameNumber('', undefined) && !sameNumber(0, ''));
});

test('a seed repeats its choices, headers are known by their fields, and cells are equal as people see them', () => {
  const choices = (seed) => { const random = new SeededRandom(seed); return [random.between(1, 9), random.chance(0.5), random.sample([1, 2, 3],
    2)]; };
  assert.deepEqual(choices(7), choices(7));
  assert.equal(fieldOf('RICE: Business Value'), 'rice_business_value');
  assert.equal(textOf(false), textOf(''));
  assert.notEqual(textOf('1'), textOf(1));
  assert.equal(textOf({ formula: '=1+1', shown: 2 }), textOf({ formula: '=1+1', shown: 3 }));
});
