// How the workspace page turns changed cells into requests of the Sheets API, without a browser.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const workspace = fileURLToPath(new URL('../../app/web/workspace/', import.meta.url));
let page;
before(async () => {
  const { outputFiles } = await build({
    stdin: { resolveDir: workspace, contents: `
      export * from './sync/cell_blocks.js';
      export * from './sync/clipboard_text.js';
      export * from './sync/structure_requests.js';
      export * from './grid/validation.js';
      export * from './grid/frozen_columns.js';
      export * from './sync/outbox.js';
      export * from './sync/revisions.js';
      export * from './sync/row_order.js';
      export * from './sync/undo_memory.js';
      export * from './grid/color_rules.js';
      export * from './grid/kept_selection.js';
      export * from './grid/typing_pause.js';
      export * from './page_memory.js';` },
    bundle: true, format: 'esm', write: false,
  });
  page = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
});

const value = (row, column, text) => ({ row, column, fields: 'userEnteredValue', data: { userEnteredValue: { stringValue: text } } });

test('a rectangle of changed cells is one request, whatever the order they changed in', () => {
  const requests = page.updateRequests(7, [value(3, 2, 'd'), value(2, 1, 'a'), value(2, 2, 'b'), value(3, 1, 'c')]);
  assert.equal(requests.length, 1);
  const { start, rows, fields } = requests[0].updateCells;
  assert.deepEqual(start, { sheetId: 7, rowIndex: 2, columnIndex: 1 });
  assert.equal(fields, 'userEnteredValue');
  assert.deepEqual(rows.map(({ values }) => values.map((cell) => cell.userEnteredValue.stringValue)), [['a', 'b'], ['c', 'd']]);
});

test('cells apart from each other are requests of their own, and nothing between them is touched', () => {
  const requests = page.updateRequests(7, [value(1, 1, 'a'), value(1, 3, 'b'), value(5, 1, 'c')]);
  assert.deepEqual(requests.map(({ updateCells }) => [updateCells.start.rowIndex, updateCells.start.columnIndex, updateCells.rows.length]),
    [[1, 1, 1], [1, 3, 1], [5, 1, 1]]);
});

test('of two changes of one cell the later counts', () => {
  const [{ updateCells }] = page.updateRequests(7, [value(1, 1, 'first'), value(1, 1, 'second')]);
  assert.equal(updateCells.rows[0].values[0].userEnteredValue.stringValue, 'second');
});

test('typed cells become ranges in A1 notation, quotes in the tab\'s name doubled', () => {
  const cells = [{ row: 0, column: 25, data: 1 }, { row: 0, column: 26, data: 2 }, { row: 1, column: 25, data: 3 }, { row: 1, column: 26, data: 4 }];
  assert.deepEqual(page.typedRanges("PM's view", cells), [{ range: "'PM''s view'!Z1:AA2", values: [[1, 2], [3, 4]] }]);
});

test('a table on the clipboard is read with its quotes and line ends', () => {
  for (const [text, table] of [
    ['a\tb\nc\td\n', [['a', 'b'], ['c', 'd']]],
    ['"x\ny"\t2\r\n3\t"he said ""hi"""', [['x\ny', '2'], ['3', 'he said "hi"']]],
    ['one', [['one']]],
    ['\t\n1\t', [['', ''], ['1', '']]],
    ['"half quoted" text\t2', [['"half quoted" text', '2']]],
    ['', [['']]],
  ]) {
    assert.deepEqual(page.tableOf(text), table, JSON.stringify(text));
  }
});

test('new rows take the look of the row above, but not that of the header', () => {
  const insert = (startRow) => page.STRUCTURE_REQUESTS['sheet.mutation.insert-row']({ range: { startRow, endRow: startRow + 1 } }, 3);
  assert.deepEqual(insert(4), [{ insertDimension: {
    range: { sheetId: 3, dimension: 'ROWS', startIndex: 4, endIndex: 6 }, inheritFromBefore: true } }]);
  assert.equal(insert(1)[0].insertDimension.inheritFromBefore, false);
  assert.equal(insert(0)[0].insertDimension.inheritFromBefore, false);
});

test('lines that undo brings back are bare, each with its own size', () => {
  const trigger = 'univer.command.undo';
  const range = { startColumn: 0, endColumn: 2 };
  const [insert, clear, ...sizes] = page.STRUCTURE_REQUESTS['sheet.mutation.insert-col']({ range, trigger, colInfo: { 0: { w: 80 }, 2: { w: 80, hd: 1 } } }, 3);
  assert.equal(insert.insertDimension.inheritFromBefore, false, 'nothing stands before');
  assert.deepEqual(clear.repeatCell, {
    range: { sheetId: 3, startColumnIndex: 0, endColumnIndex: 3 }, cell: {}, fields: 'userEnteredFormat,dataValidation',
  });
  assert.deepEqual(sizes.map(({ updateDimensionProperties: { range: { startIndex, endIndex }, properties } }) => [startIndex, endIndex, properties]), [
    [0, 1, { pixelSize: 80, hiddenByUser: false }], [1, 2, { pixelSize: 100, hiddenByUser: false }], [2, 3, { pixelSize: 80, hiddenByUser: true }],
  ]);
  assert.equal(page.STRUCTURE_REQUESTS['sheet.mutation.insert-col']({ range, trigger: 'sheet.command.insert-col' }, 3).length, 1);
});

test('columns of one width next to each other are resized by one request', () => {
  const requests = page.STRUCTURE_REQUESTS['sheet.mutation.set-worksheet-col-width'](
    { ranges: [{ startColumn: 2, endColumn: 5 }], colWidth: { 2: 80, 3: 80.4, 5: 120 } }, 3);
  assert.deepEqual(requests.map(({ updateDimensionProperties: { range, properties } }) => [range.startIndex, range.endIndex, properties.pixelSize]),
    [[2, 4, 80], [5, 6, 120]]);
});

test('cells with the same rule share it, column by column', () => {
  const box = { dataValidation: { condition: { type: 'BOOLEAN' }, strict: true } };
  const list = { dataValidation: { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'RICE' }, { userEnteredValue: 'WSJF' }] } } };
  const between = { dataValidation: { condition: { type: 'NUMBER_BETWEEN' } } };
  const rules = page.rulesFrom([{}, { values: [box, list] }, { values: [box, between] }, { values: [{}, list] }], '9');
  assert.deepEqual(rules.map(({ type, formula1, ranges }) => [type, formula1, ranges.map((r) => [r.startRow, r.endRow, r.startColumn])]), [
    ['checkbox', undefined, [[1, 2, 0]]],
    ['list', 'RICE,WSJF', [[1, 1, 1], [3, 3, 1]]],
    ['any', undefined, [[2, 2, 1]]],
  ]);
  const view = { sheetIdOf: () => 9, validationRules: () => [rules[2], rules[1], { ...rules[0], ranges: [{ startRow: 2, endRow: 2, startColumn: 0, endColumn: 0 }, { startRow: 1, endRow: 1, startColumn: 0, endColumn: 0 }] }] };
  assert.deepEqual(page.validationMutations(view, '9', rules), [], 'however their ranges are cut');
  assert.deepEqual(page.validationMutations(view, '9', rules.slice(1)).map(([id]) => id), ['data-validation.mutation.removeRule', 'data-validation.mutation.addRule']);
  assert.deepEqual(page.validationRequests(view, '9', { startRow: 2, endRow: 3 }).map(({ setDataValidation: { range, rule } }) => [range.startRowIndex, range.endRowIndex, rule]),
    [[2, 3, between.dataValidation], [3, 4, list.dataValidation], [2, 3, box.dataValidation]]);
});

test('changes are sent one after the other, in order', async () => {
  const sent = [];
  let inFlight = 0;
  const outbox = new page.Outbox({
    send: async (gesture) => {
      inFlight += 1;
      assert.equal(inFlight, 1);
      await Promise.resolve();
      sent.push(gesture);
      inFlight -= 1;
    },
    onTrouble: assert.ifError, onChange: () => {},
  });
  for (const gesture of [1, 2, 3]) outbox.put(gesture);
  assert.equal(outbox.isEmpty, false);
  await outbox.whenEmpty();
  assert.deepEqual(sent, [1, 2, 3]);
  assert.equal(outbox.isEmpty, true);
});

test('what was made on top of a refused change is not sent, and counted', async () => {
  const sent = [];
  const troubles = [];
  const outbox = new page.Outbox({
    send: async (gesture) => {
      sent.push(gesture);
      if (gesture === 'refused') throw new Error('no');
    },
    onTrouble: (error, count) => troubles.push([error.message, count]), onChange: () => {},
  });
  outbox.put('refused');
  outbox.put('on top of it');
  await outbox.whenEmpty();
  assert.deepEqual([sent, troubles], [['refused'], [['no', 2]]]);
  outbox.put('later');
  await outbox.whenEmpty();
  assert.deepEqual(sent, ['refused', 'later']);
});

test('changes wait while the service is away, are tried again, and arrive in order', async () => {
  const sent = [];
  let isAway = true;
  const pauses = [];
  const states = [];
  const outbox = new page.Outbox({
    send: async (gesture) => {
      if (isAway) throw new Error('away');
      sent.push(gesture);
    },
    mayPass: (error) => error.message === 'away',
    onTrouble: assert.ifError,
    onChange: () => states.push([outbox.isStuck, outbox.size]),
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      if (pauses.length === 7) isAway = false;
      return Promise.resolve();
    },
  });
  for (const gesture of [1, 2, 3]) outbox.put(gesture);
  await outbox.whenEmpty();
  assert.deepEqual(sent, [1, 2, 3]);
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  assert.ok(states.some(([isStuck, size]) => isStuck && size === 3));
  assert.deepEqual(states.at(-1), [false, 0]);
});

test('a service that is back is tried at once', async () => {
  let isAway = true;
  const outbox = new page.Outbox({
    send: async () => { if (isAway) throw new Error('away'); },
    mayPass: () => true, onTrouble: assert.ifError, onChange: () => {}, pause: () => new Promise(() => {}),
  });
  outbox.put(1);
  await Promise.resolve();
  await Promise.resolve();
  isAway = false;
  outbox.retry();
  await outbox.whenEmpty();
  assert.equal(outbox.isEmpty, true);
});

test('a change that is refused while others wait for it takes them with it, and later ones are sent', async () => {
  const sent = [];
  const outbox = new page.Outbox({
    send: async (gesture) => {
      if (gesture === 'refused') throw new Error('no');
      sent.push(gesture);
    },
    mayPass: () => false, onTrouble: () => outbox.put('after it'), onChange: () => {},
  });
  outbox.put('refused');
  outbox.put('on top of it');
  await outbox.whenEmpty();
  assert.deepEqual(sent, ['after it']);
});

test('a sheet is sorted by one request of whole rows below the header', () => {
  const extent = { sheetId: 7, firstRow: 1, rowCount: 1000, columnCount: 26 };
  assert.deepEqual(page.sortRequests(extent, 2, 'DESCENDING'), [{ sortRange: {
    range: { sheetId: 7, startRowIndex: 1, endRowIndex: 1000, startColumnIndex: 0, endColumnIndex: 26 },
    sortSpecs: [{ dimensionIndex: 2, sortOrder: 'DESCENDING' }],
  } }]);
});

test('an earlier order comes back by numbers in a column that is gone again', () => {
  const requests = page.restoreRequests({ sheetId: 7, firstRow: 1, columnCount: 3 }, [2, 0, 1]);
  assert.deepEqual(requests.map((request) => Object.keys(request)[0]), ['appendDimension', 'updateCells', 'sortRange', 'deleteDimension']);
  const [, { updateCells }, { sortRange }, { deleteDimension }] = requests;
  assert.deepEqual(updateCells.start, { sheetId: 7, rowIndex: 1, columnIndex: 3 });
  assert.deepEqual(updateCells.rows.map(({ values: [cell] }) => cell.userEnteredValue.numberValue), [2, 0, 1]);
  assert.deepEqual([sortRange.range.endRowIndex, sortRange.range.endColumnIndex, sortRange.sortSpecs[0].dimensionIndex], [4, 4, 3]);
  assert.deepEqual([deleteDimension.range.startIndex, deleteDimension.range.endIndex], [3, 4]);
});

test('where rows came from is told by what they show; equal ones keep their order, other rows are none of it', () => {
  assert.deepEqual(page.originsOf(['c', 'a', 'b', 'a'], ['a', 'a', 'b', 'c']), [1, 3, 2, 0]);
  assert.equal(page.originsOf(['a', 'b'], ['a', 'x']), undefined);
  assert.equal(page.originsOf(['a', 'b'], ['a']), undefined);
});

test('colours by rule are those that the workbook has, in its order, over whole columns too', () => {
  const properties = { sheetId: 7, gridProperties: { rowCount: 100, columnCount: 9 } };
  const rule = (type, text, color) => ({
    ranges: [{ sheetId: 7, startRowIndex: 1, startColumnIndex: 2, endColumnIndex: 3 }],
    booleanRule: { condition: { type, values: [{ userEnteredValue: text }] }, format: { backgroundColor: color } },
  });
  const rules = page.colorRulesFrom({ properties, conditionalFormats: [
    rule('TEXT_STARTS_WITH', 'FAILED', { red: 1 }), rule('DATE_BEFORE', 'x', {}), rule('NUMBER_LESS', '5', { green: 1 }),
  ] });
  assert.deepEqual(rules.map(({ rule: { subType, operator, value, style } }) => [subType, operator, value, style.bg?.rgb]), [
    ['text', 'beginsWith', 'FAILED', '#ff0000'], ['text', 'containsBlanks', undefined, undefined], ['number', 'lessThan', 5, '#00ff00'],
  ]);
  assert.deepEqual(rules[0].ranges, [{ startRow: 1, endRow: 99, startColumn: 2, endColumn: 2 }]);
  assert.deepEqual(page.colorRulesFrom({ properties }), []);
});

test('as many columns are frozen as leave room to scroll in the window', () => {
  const fitting = (windowPixels) => page.frozenThatFit(2, (column) => [110, 214][column], windowPixels);
  assert.deepEqual([1280, 610, 609, 360, 253].map(fitting), [2, 2, 1, 1, 0]);
});

test('a narrow window has no say in how many columns the workbook has frozen', () => {
  const shown = (inWorkbook, xSplit) => ({ custom: page.keptFrozen(inWorkbook, xSplit), freeze: { xSplit } });
  assert.equal(page.frozenInWorkbook(shown(2, 1)), 2);
  assert.equal(page.frozenInWorkbook({ freeze: { xSplit: 3 } }), 3, 'a tab that was made here');
  assert.equal(page.frozenAfter(shown(2, 1), 1, false), 2, 'rows were frozen');
  assert.equal(page.frozenAfter(shown(2, 1), 4, false), 4, 'columns were');
  assert.equal(page.frozenAfter(shown(2, 1), 2, true), 3, 'a column came in front');
  const config = shown(2, 2);
  assert.equal(page.frozenAfter(config, 1, true), 1, 'one went');
  assert.equal(page.frozenAfter(config, 2, true), 2, 'and came back');
});

/** A view of one tab, 4, with these rules for colours. */
const viewWith = (rules) => ({ sheetIdOf: () => 4, sheet: () => ({ getRowCount: () => 100, getColumnCount: () => 9 }), colorRules: () => rules });
const colorRule = (text, ...columns) => ({
  ranges: columns.map((column) => ({ sheetId: 4, startColumnIndex: column, endColumnIndex: column + 1 })),
  booleanRule: { condition: { type: 'TEXT_EQ', values: [{ userEnteredValue: text }] }, format: { backgroundColor: { red: 0.8117647 } } },
});

test('rules for colours that are the workbook\'s are left alone, whatever they are called; others take their place in its order', () => {
  const properties = { sheetId: 4, gridProperties: { rowCount: 100, columnCount: 9 } };
  const from = (...conditionalFormats) => page.colorRulesFrom({ properties, conditionalFormats });
  const shown = from(colorRule('a', 0), colorRule('b', 1));
  assert.deepEqual(page.colorMutations(viewWith(shown.map((rule, index) => ({ ...rule, cfId: `${index}` }))), '4', shown), []);
  const mutations = page.colorMutations(viewWith(shown), '4', from(colorRule('b', 1), colorRule('a', 0)));
  assert.deepEqual(mutations.slice(0, 2).map(([, { cfId }]) => cfId), shown.map(({ cfId }) => cfId));
  assert.deepEqual(mutations.slice(2).map(([, { rule }]) => rule.rule.value), ['a', 'b'], 'the one that is added last is in front');
});

test('rules for the same colours are called apart', () => {
  const properties = { sheetId: 4, gridProperties: { rowCount: 100, columnCount: 9 } };
  const rules = page.colorRulesFrom({ properties, conditionalFormats: [colorRule('a', 0), colorRule('a', 3), colorRule('b', 0)] });
  assert.equal(new Set(rules.map(({ cfId }) => cfId)).size, 3);
});

test('a rule that comes back with a column is added at its place, one that lost a part reaches over it again, others are left alone', () => {
  const properties = { sheetId: 4, gridProperties: { rowCount: 100, columnCount: 9 } };
  const [a, b, c] = page.colorRulesFrom({ properties, conditionalFormats: [colorRule('a', 0), colorRule('b', 2), colorRule('c', 1, 2)] });
  const requests = page.colorRequests(viewWith([b, a, c]), '4', { startColumn: 2, endColumn: 2 }, new Set([b.cfId]));
  assert.deepEqual(requests.map((request) => [Object.keys(request)[0], Object.values(request)[0].index]),
    [['addConditionalFormatRule', 1], ['updateConditionalFormatRule', 2]]);
  const [{ addConditionalFormatRule: { rule } }, { updateConditionalFormatRule: { rule: { ranges } } }] = requests;
  assert.deepEqual(ranges, [1, 2].map((column) => ({ sheetId: 4, startColumnIndex: column, endColumnIndex: column + 1 })), 'open below as before');
  assert.equal(rule.booleanRule.format.backgroundColor.red, 207 / 255, 'colours in whole steps');
});

test('what an older page has kept, or nothing, is no trouble', () => {
  for (const text of [null, 'no JSON', '{"other": 1}', '{"sheets": {"book": "0"}}']) {
    const memory = new page.PageMemory({ getItem: () => text, setItem: assert.fail });
    assert.equal(memory.placesIn('book'), undefined);
  }
});

test('how workbooks are left is kept whenever the page is left, as JSON keeps it', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
  const target = new EventTarget();
  let front = 'Ideas';
  new page.PageMemory(storage).follow(() => ({ book: { front, tabs: {} } }), target);
  for (const leaving of ['visibilitychange', 'pagehide']) {
    front = leaving;
    target.dispatchEvent(new Event(leaving));
    assert.equal(new page.PageMemory(storage).placesIn('book').front, leaving);
  }
});

const cellAt = (row, column) => ({ startRow: row, endRow: row, startColumn: column, endColumn: column, actualRow: row, actualColumn: column });

test('a selection is taken again where the tab has its cells still', () => {
  const size = { rows: 20, columns: 5 };
  const range = { startRow: 3, endRow: 8, startColumn: 1, endColumn: 2 };
  const wholeRows = { startRow: 4, endRow: 4, startColumn: Number.NaN, endColumn: Number.NaN, rangeType: 1 };
  const kept = JSON.parse(JSON.stringify([{ range }, { range: wholeRows, primary: cellAt(4, 2) }]));
  assert.deepEqual(page.selectedAgain(kept, size).map((one) => [one.range, one.primary]), [
    [range, undefined], [{ ...wholeRows, startColumn: 0, endColumn: 4 }, cellAt(4, 2)],
  ]);
  assert.equal(page.selectedAgain([], size), undefined);
  assert.equal(page.selectedAgain([{ range }], size), undefined, 'no cell takes keys');
  assert.equal(page.selectedAgain([{ range, primary: cellAt(3, 1) }], { rows: 8, columns: 5 }), undefined, 'the tab is shorter now');
  assert.equal(page.selectedAgain([{ range, primary: cellAt(3, 1) }], { rows: 20, columns: 2 }), undefined, 'or narrower');
});

test('a cell that is not known any more is the first one below the header', () => {
  assert.deepEqual(page.firstDataCell(1, { rows: 20 }).map(({ range, primary }) => [range.startRow, range.startColumn, primary.actualRow]), [[1, 0, 1]]);
  assert.equal(page.firstDataCell(1, { rows: 1 })[0].range.startRow, 0, 'there is no other');
});

test('a pause in typing begins once no key was pressed for a moment', async () => {
  const target = new EventTarget();
  const timers = [];
  let now = 0;
  const clock = { now: () => now, setTimeout: (callback, milliseconds) => timers.push([callback, now + milliseconds]) };
  const pass = async () => {
    const [callback, at] = timers.shift();
    now = at;
    callback();
    await null;
    await null;
  };
  const pause = new page.TypingPause(target, clock);
  await pause.begin(); // nobody has pressed a key
  target.dispatchEvent(new Event('keydown'));
  let hasBegun = false;
  const begun = pause.begin().then(() => { hasBegun = true; });
  now = 1_000;
  target.dispatchEvent(new Event('keydown')); // between two cells
  await pass();
  assert.equal(hasBegun, false);
  await pass();
  await begun;
  assert.deepEqual(timers, []);
  assert.ok(now >= 2_000, `a moment after the last key, not ${now}`);
});

/** A service whose answers are `answers`, one a request, the rest never; `told` is what watchRevisions tells of it. */
async function watched(answers, secret = 'first') {
  const told = [];
  const asked = [];
  const browser = { document: globalThis.document, fetch: globalThis.fetch };
  globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
  let allAsked;
  const over = new Promise((resolve) => { allAsked = resolve; });
  globalThis.fetch = async (path) => {
    asked.push(path.replace(/[?].*/, ''));
    if (answers.length === 0) {
      allAsked();
      return new Promise(() => {});
    }
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { ok: true, text: async () => JSON.stringify(answer) };
  };
  const restarted = new Promise((resolve) => {
    page.watchRevisions({
      since: 7, secret,
      onChange: (id) => told.push(id), onConnection: (works) => told.push(works), onRestart: () => { told.push('restart'); resolve(); },
    });
  });
  await Promise.race([over, restarted]);
  Object.assign(globalThis, browser);
  return { told, asked };
}

test('after an outage the service is known to answer before anything changes in a workbook', async () => {
  const { told, asked } = await watched([
    { secret: 'first' }, { revision: 8, changes: [{ spreadsheetId: 'book', sheetIds: [0] }] }, { secret: 'first' }, new TypeError('gone'), { secret: 'first' },
  ]);
  assert.deepEqual(told, [true, 'book', true, false, true]);
  assert.equal(asked.at(-1), '/_emulator/revisions', 'which is still unanswered');
});

test('another server is noticed whatever it counts, and nothing of it is taken for a change', async () => {
  const { told, asked } = await watched([{ secret: 'first' }, { revision: 7, changes: [] }, { secret: 'second' }]);
  assert.deepEqual(told, [true, true, 'restart']);
  assert.equal(asked.at(-1), '/workspace/config.json');
});

test('undo forgets what was done on tabs whose rows moved, and keeps what was done on others', () => {
  const item = (...params) => ({ undoMutations: params.map((one) => ({ params: one })), redoMutations: [] });
  const stacks = { undo: [], redo: [] };
  const service = {
    pushUndoRedo: (one) => stacks.undo.push(one), clearUndoRedo() { stacks.undo.length = stacks.redo.length = 0; },
    _getUndoStack: () => stacks.undo, _getRedoStack: () => stacks.redo, _updateStatus() {},
  };
  const memory = new page.UndoMemory(service, 'book', (subUnitId) => Number(subUnitId));
  const [here, there, both, moved, ordered, unknown] = [
    item({ subUnitId: '1' }), item({ subUnitId: '2' }), item({ subUnitId: '2' }, { subUnitId: '1' }),
    item({ from: { subUnitId: '2' }, to: { subUnitId: '1' } }), item({ sheetId: 1 }), item({}),
  ];
  stacks.undo.push(here, there, both, moved, ordered, unknown);
  stacks.redo.push(there, here);
  assert.equal(memory.forgetTabs(['1']), true);
  assert.deepEqual(stacks, { undo: [there], redo: [there] });
  assert.equal(memory.forgetTabs(['1']), false);
});
