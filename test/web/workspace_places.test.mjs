// Where rows and columns have gone that somebody else inserted and deleted, and what goes along with them, without a browser.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const workspace = fileURLToPath(new URL('../../app/web/workspace/', import.meta.url));
let page;
before(async () => {
  const { outputFiles } = await build({
    stdin: { resolveDir: workspace, contents: `
      export * from './sync/line_places.js';
      export * from './sync/moved_change.js';
      export * from './grid/moved_selection.js';` },
    bundle: true, format: 'esm', write: false,
  });
  page = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
});

const BLANK = ['', '', ''];
/** A tab with a header, a row for each key, and blank rows below. */
const tab = (keys, blanks = 2) => [
  ['Key', 'Title', 'Status'], ...keys.map((key) => (key === '' ? BLANK : [key, `title of ${key}`, 'READY'])), ...Array(blanks).fill(BLANK),
];
const rowsOf = (before, after) => page.placesIn(before, after).rows;
const written = (rows, row, column, text) => rows.map((cells, index) => (index === row ? cells.with(column, text) : cells));

test('rows below an insertion are further down, those below a deletion further up, and what is deleted is nowhere', () => {
  assert.deepEqual(rowsOf(tab(['a', 'b', 'c']), tab(['a', '', '', 'b', 'c'])), [0, 1, 4, 5, 6, 7]);
  assert.deepEqual(rowsOf(tab(['a', 'b', 'c', 'd']), tab(['a', 'd'])), [0, 1, undefined, undefined, 2, 3, 4]);
  assert.deepEqual(rowsOf(tab(['a', 'b']), tab(['new', 'a', 'b'])), [0, 2, 3, 4, 5]);
});

test('a tab with as many rows stays in place, whatever they show: sorting moves no address', () => {
  assert.deepEqual(page.placesIn(tab(['a', 'b', 'c']), tab(['c', 'b', 'x'])), { rows: [0, 1, 2, 3, 4, 5], columns: [0, 1, 2], isSame: true });
});

test('rows at the end move none', () => {
  const { rows, isSame } = page.placesIn(tab(['a', 'b'], 2), written(tab(['a', 'b'], 5), 6, 0, 'new'));
  assert.deepEqual([rows, isSame], [[0, 1, 2, 3, 4], true]);
});

test('insertions and deletions at several places are told apart, though a job wrote in every row meanwhile', () => {
  const after = tab(['x', 'a', 'b', 'd', 'y', 'z', 'e', 'f']).map(([key, title, status]) => [key, title, status && `${status} again`]);
  assert.deepEqual(rowsOf(tab(['a', 'b', 'c', 'd', 'e', 'f'], 1), after), [0, 2, 3, undefined, 4, 7, 8, 9]);
});

test('where keys are not alone, the place is the one that leaves most alike', () => {
  const rows = (titles) => titles.map((title) => ['same', title, '']);
  const before = rows(['a', 'b', 'b', 'a', 'c', 'c']);
  assert.deepEqual(rowsOf(before, [...before.slice(0, 2), BLANK, ...before.slice(2)]), [0, 1, 3, 4, 5, 6]);
  assert.deepEqual(rowsOf(before, [...before.slice(0, 2), ...before.slice(3)]), [0, 1, undefined, 2, 3, 4]);
});

test('a blank row goes along with the blank rows around it where a filled one comes', () => {
  assert.deepEqual(rowsOf(tab(['a'], 3), tab(['a', 'new'], 3)), [0, 1, 3, 4, 5]);
});

test('columns are known by their headers, though rows came at once', () => {
  const before = tab(['a', 'b']);
  const after = tab(['new', 'a', 'b']).map(([key, title, status], row) => [key, row === 0 ? '' : 'x', title, status]);
  assert.deepEqual(page.placesIn(before, after), { rows: [0, 2, 3, 4, 5], columns: [0, 2, 3], isSame: false });
  const without = tab(['b']).map(([, ...others]) => others);
  assert.deepEqual(page.placesIn(before, without), { rows: [0, undefined, 1, 2, 3], columns: [undefined, 0, 1], isSame: false });
});

test('thousands of rows take a moment', () => {
  const many = tab(Array.from({ length: 5_000 }, (_, index) => `key ${index}`), 5_000);
  const started = performance.now();
  assert.equal(rowsOf(many, [...many.slice(0, 7), BLANK, ...many.slice(7)])[5_000], 5_001);
  assert.ok(performance.now() - started < 5_000, `${performance.now() - started} ms`);
});

const change = (parts) => ({ steps: [], typed: [], ...parts });
const lost = [];
const moved = (what, places) => page.movedChange(what, 7, places, (text, reason) => lost.push([text, reason]));
const OF_ROWS = { rows: [0, 2, undefined, 3], columns: [0, 1], isSame: false };

test('cells that were changed go where they stand now, those of other tabs stay', () => {
  const other = { sheetId: 8, title: 'Other', cells: [{ row: 1, column: 1, data: 'there' }] };
  const what = change({
    steps: [{ sheetId: 7, cells: [{ row: 3, column: 0, fields: 'userEnteredValue', data: { userEnteredValue: {} } }] }],
    typed: [{ sheetId: 7, title: 'T', cells: [{ row: 1, column: 1, data: 'here' }] }, other],
  });
  const { steps, typed } = moved(what, OF_ROWS);
  assert.deepEqual(steps[0].cells.map(({ row, column }) => [row, column]), [[3, 0]]);
  assert.deepEqual(typed, [{ sheetId: 7, title: 'T', cells: [{ row: 2, column: 1, data: 'here' }] }, other]);
  assert.deepEqual(lost.splice(0), []);
});

test('what has no cell any more is told, and a formula wherever its cell is; what was only emptied is not', () => {
  const cells = [{ row: 2, column: 0, data: 'gone' }, { row: 1, column: 0, data: '=A4' }, { row: 3, column: 0, data: 'stays' }];
  const emptied = { row: 2, column: 1, fields: 'userEnteredValue', data: { userEnteredValue: {} } };
  const what = change({ steps: [{ sheetId: 7, cells: [emptied] }], typed: [{ sheetId: 7, title: 'T', cells }] });
  const { steps, typed } = moved(what, OF_ROWS);
  assert.deepEqual([steps[0].cells, typed[0].cells], [[], [{ row: 3, column: 0, data: 'stays' }]]);
  assert.deepEqual(lost.splice(0), [
    ['gone', 'the row that it was meant for has been deleted'], ['=A4', 'cells that it may name have moved'],
  ]);
  moved(what, undefined);
  assert.deepEqual(lost.splice(0).map(([text]) => text), ['gone', '=A4', 'stays']);
});

test('more than cells is not done where rows have moved, and done where none has', () => {
  const what = change({ steps: [{ sheetId: 7, requests: [{ deleteDimension: {} }] }] });
  assert.throws(() => moved(what, OF_ROWS), page.MovedError);
  assert.equal(moved(what, { ...OF_ROWS, rows: [0, 1, 2, 3], isSame: true }), what);
});

const cellAt = (row, column) => ({ startRow: row, endRow: row, startColumn: column, endColumn: column, actualRow: row, actualColumn: column, isMerged: false, isMergedMainCell: false });
const selection = (startRow, endRow, startColumn, endColumn, rangeType = 0) => ({ range: { startRow, endRow, startColumn, endColumn, rangeType }, primary: cellAt(startRow, startColumn), style: null });
const SIZE = { rows: 6, columns: 4 };
const STILL = [0, 1, 2, 3];
const movedTo = (one, places, size = SIZE) => {
  const [{ range, primary }] = page.movedSelections([one], { rows: STILL, columns: STILL, ...places }, size);
  return [range.startRow, range.endRow, range.startColumn, range.endColumn, primary.actualRow, primary.actualColumn];
};

test('a selection goes along with its cells, takes in what comes between them and shrinks by what is deleted', () => {
  assert.deepEqual(movedTo(selection(1, 2, 0, 1), { rows: [0, 2, 3, 4] }), [2, 3, 0, 1, 2, 0]);
  assert.deepEqual(movedTo(selection(1, 2, 0, 1), { rows: [0, 1, 3, 4] }), [1, 3, 0, 1, 1, 0]);
  assert.deepEqual(movedTo(selection(1, 3, 0, 1), { rows: [0, undefined, 1, 2] }), [1, 2, 0, 1, 1, 0]);
  assert.deepEqual(movedTo(selection(1, 2, 1, 2), { columns: [1, 2, undefined, 3] }), [1, 2, 2, 2, 1, 2]);
});

test('of what is deleted whole, the cell that came in its place is selected, at the end the last one', () => {
  assert.deepEqual(movedTo(selection(1, 2, 0, 0), { rows: [0, undefined, undefined, 1] }), [1, 1, 0, 0, 1, 0]);
  assert.deepEqual(movedTo(selection(3, 3, 0, 0), { rows: [0, 1, 2, undefined] }, { rows: 3, columns: 4 }), [2, 2, 0, 0, 2, 0]);
});

test('whole rows, columns and tabs stay whole', () => {
  const [ROW, COLUMN, ALL] = [1, 2, 3];
  assert.deepEqual(movedTo(selection(2, 2, 0, 3, ROW), { rows: [0, 1, 4, 5], columns: [0, 1, 2, 4] }, { rows: 6, columns: 5 }), [4, 4, 0, 4, 4, 0]);
  assert.deepEqual(movedTo(selection(0, 3, 1, 1, COLUMN), { rows: [1, 2, 3, 4], columns: [0, 2, 3, 4] }), [0, 5, 2, 2, 1, 2]);
  assert.deepEqual(movedTo(selection(0, 3, 0, 3, ALL), { rows: [1, 2, undefined, 3] }), [0, 5, 0, 3, 1, 0]);
  const endless = selection(2, 2, NaN, NaN, ROW);
  assert.deepEqual(movedTo({ ...endless, primary: cellAt(2, 0) }, { rows: [0, 1, 3, 4] }).slice(0, 4), [3, 3, NaN, NaN]);
});
