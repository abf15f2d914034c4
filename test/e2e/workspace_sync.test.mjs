// What a person does in the grid reaches the workbook behind it, and what others do there reaches the grid. After each
// gesture the page and the emulator hold the same, cell by cell.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { BACKLOG, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

let demo;
let page;
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open();
});
after(async () => {
  await page?.close();
  await demo?.stop();
});

const isEqual = () => page.assertEqualToStored(BACKLOG, 'Backlog');

/** Everything that was sent since the last call; fails when one gesture made more than one request. */
function oneRequest() {
  const sent = page.takeChanges();
  assert.equal(sent.length, 1, JSON.stringify(sent));
  return sent[0];
}

function clipboard(text) {
  return page.page.evaluate((content) => navigator.clipboard.writeText(content), text);
}

test('the workbook is shown as it is stored, its header frozen', async () => {
  await isEqual();
  assert.equal(await page.value('A1'), 'Initiative Key');
  const frozen = await page.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getFrozenRows());
  assert.equal(frozen, 1);
});

test('typed text is sent as typed, and the page shows what the workbook made of it', async () => {
  page.takeChanges();
  for (const [cell, text, stored] of [
    ['C2', '2027 Q1 or later', '2027 Q1 or later'], ['C3', '12.5', 12.5], ['C4', '50%', 0.5], ['C5', 'TRUE', true],
    ['C6', '2026-03-01', 46082], ['C7', "'0012", '0012'],
  ]) {
    await page.typeInto(cell, text);
    const [path, body] = oneRequest();
    assert.match(path, /values:batchUpdate$/);
    assert.equal(body.valueInputOption, 'USER_ENTERED');
    assert.deepEqual(body.data.map(({ values }) => values), [[[text]]]);
    assert.deepEqual(await page.stored(BACKLOG, `Backlog!${cell}`), [[stored]]);
  }
  await isEqual();
});

test('a typed formula is evaluated by the workbook', async () => {
  await page.typeInto('C8', '=B8');
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C8', 'FORMULA'), [['=B8']]);
  await page.untilCell('C8', await page.value('B8'));
  await isEqual();
});

test('undo and redo reach the workbook', async () => {
  page.takeChanges();
  await page.press('Control+z');
  await page.saved();
  oneRequest();
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C8', 'FORMULA'), [['2027 Q2']]);
  await page.press('Control+y');
  await page.saved();
  oneRequest();
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C8', 'FORMULA'), [['=B8']]);
});

test('a block from another program is pasted as if typed, in one request', async () => {
  await page.clickCell('C10');
  await clipboard('later\t7\t25%\n0012\t=1+1\tFALSE');
  page.takeChanges();
  await page.press('Control+v');
  await page.saved();
  oneRequest();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C10:E11'), [['later', 7, 0.25], [12, 2, false]]);
  await isEqual();
  await page.press('Control+z');
  await page.saved();
  await isEqual();
});

test('text with line ends and tabs in quotes is pasted as the table that it is, in one request', async () => {
  const text = '"Two\nlines"\tx\t\n2027-01-01\t20%\t<b>"bold"</b>\n\t"a\tb"\t"say ""hi"" to"\n';
  await page.clickCell('C10');
  await clipboard(text);
  page.takeChanges();
  await page.press('Control+v');
  await page.saved();
  oneRequest();
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C10:E12', 'FORMATTED_VALUE'), [
    ['Two\nlines', 'x'], ['2027-01-01', '20%', '<b>"bold"</b>'], ['', 'a\tb', 'say "hi" to'],
  ]);
  await page.press('Control+z');
  await page.saved();
  await isEqual();
});

test('text that is pasted over more cells than it has begins again, and one cell of several lines is one', async () => {
  await page.dragCells('C10', 'C13');
  await clipboard('20%\n"a\nb"');
  await page.press('Control+v');
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C10:C13', 'FORMATTED_VALUE'), [['20%'], ['a\nb'], ['20%'], ['a\nb']]);
  await page.press('Control+z');
  await isEqual();
});

test('cells copied inside the page keep their types', async () => {
  await page.dragCells('C2', 'C7');
  await page.press('Control+c');
  await page.untilCopied();
  await page.clickCell('C12');
  page.takeChanges();
  await page.press('Control+v');
  await page.saved();
  oneRequest();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C12:C17'), [['2027 Q1 or later'], [12.5], [0.5], [true], [46082], ['0012']]);
  await isEqual();
});

test('a cell that was just typed into is emptied by Delete at once', async () => {
  await page.typeInto('C18', 'a slip');
  await page.clickCell('C18');
  await page.press('Delete');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C18'), []);
  await isEqual();
});

test('Delete empties the selected cells', async () => {
  await page.dragCells('C14', 'C17');
  page.takeChanges();
  await page.press('Delete');
  await page.saved();
  oneRequest();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C14:C17'), []);
  await isEqual();
});

test('rows are inserted and deleted, and undo brings them back', async () => {
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.dragRowHeaders(4, 5);
  page.takeChanges();
  await page.chooseForRow(4, 'rows above');
  await page.saved();
  oneRequest();
  const inserted = await page.stored(BACKLOG, 'Backlog');
  assert.deepEqual(inserted.slice(3, 5), [[], []]);
  assert.deepEqual(inserted.slice(5), before.slice(3));
  await isEqual();
  await page.press('Control+z');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
  await page.dragRowHeaders(6, 7);
  page.takeChanges();
  await page.chooseForRow(6, 'Delete Selected Row');
  await page.saved();
  oneRequest();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), [...before.slice(0, 5), ...before.slice(7)]);
  await isEqual();
  await page.press('Control+z');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
  await isEqual();
});

test('a row that is dragged past a hidden one moves as one request; the same row is hidden then, and undo takes all of it back', async () => {
  const hiddenRows = async () => {
    const fields = 'sheets.data.rowMetadata.hiddenByUser';
    const { sheets } = await page.api(`/v4/spreadsheets/${BACKLOG}?includeGridData=true&ranges=Backlog&fields=${fields}`);
    return sheets[0].data[0].rowMetadata.flatMap(({ hiddenByUser }, index) => (hiddenByUser ? [index + 1] : []));
  };
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.dragRowHeaders(5, 5);
  await page.chooseForRow(5, 'Hide Selected Row');
  await page.saved();
  assert.deepEqual(await hiddenRows(), [5]);
  page.takeChanges();
  await page.dragRow(3, 8);
  await page.saved();
  const [, { requests: [{ moveDimension: { source, destinationIndex } }] }] = oneRequest();
  assert.deepEqual([source.dimension, source.startIndex, source.endIndex, destinationIndex], ['ROWS', 2, 3, 8]);
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), [...before.slice(0, 2), ...before.slice(3, 8), before[2], ...before.slice(8)]);
  assert.deepEqual(await hiddenRows(), [4]);
  await isEqual();
  await page.press('Control+z');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
  assert.deepEqual(await hiddenRows(), [5]);
  await page.press('Control+z');
  await page.saved();
  assert.deepEqual(await hiddenRows(), []);
  await isEqual();
});

/** Rows of the backlog as Google sorts them by a column: numbers, texts, blank cells last; the header stays. */
function sortedBy(rows, column, direction = 1) {
  const rank = (value) => (value === '' || value === undefined ? 2 : typeof value === 'number' ? 0 : 1);
  const compare = (a, b) => (typeof a === 'number' ? a - b : a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0);
  const [header, ...others] = rows;
  return [header, ...others.map((row, place) => ({ row, place })).sort((left, right) => {
    const [a, b] = [left.row[column], right.row[column]];
    if (rank(a) === 2 || rank(b) === 2) return rank(a) - rank(b) || left.place - right.place;
    return direction * (rank(a) - rank(b) || compare(a, b)) || left.place - right.place;
  }).map(({ row }) => row)];
}

test('the sheet is sorted from the toolbar and from a column\'s menu: whole rows below the header, as one small request, and undo sorts it back', async () => {
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.clickCell('B3');
  page.takeChanges();
  for (const [sort, direction, order] of [
    [() => page.sortByToolbar('Sort sheet A to Z'), 1, 'ASCENDING'], [() => page.chooseForColumn('B', 'Sort sheet Z to A'), -1, 'DESCENDING'],
  ]) {
    await sort();
    const [path, body] = oneRequest();
    assert.match(path, /:batchUpdate$/);
    const [{ sortRange: { range, sortSpecs } }, ...others] = body.requests;
    assert.deepEqual(others, []);
    assert.deepEqual([range.startRowIndex, range.startColumnIndex, sortSpecs], [1, 0, [{ dimensionIndex: 1, sortOrder: order }]]);
    assert.ok(range.endColumnIndex >= before[0].length, 'whole rows');
    const stored = await page.stored(BACKLOG, 'Backlog');
    assert.deepEqual(stored, sortedBy(before, 1, direction));
    assert.notDeepEqual(stored, before);
    await isEqual();
    await page.press('Control+z');
    await page.saved();
    await page.untilCell('A2', before[1][0]);
    const [, undo] = oneRequest();
    assert.ok(JSON.stringify(undo).length < 150 * before.length, 'a few bytes a row');
    assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
    await isEqual();
  }
  await page.press('Control+y');
  await page.saved();
  await page.untilCell('A2', sortedBy(before, 1, -1)[1][0]);
  await page.press('Control+z');
  await page.untilCell('A2', before[1][0]);
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
});

test('what was typed before a sort can still be undone after it was undone', async () => {
  const [[before]] = await page.stored(BACKLOG, 'Backlog!B4');
  await page.typeInto('B4', 'Aaa first of all');
  await page.clickCell('B4');
  await page.sortByToolbar('Sort sheet A to Z');
  await page.untilCell('B2', 'Aaa first of all');
  await page.press('Control+z');
  await page.untilCell('B4', 'Aaa first of all');
  await page.press('Control+z');
  await page.untilCell('B4', before);
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!B4'), [[before]]);
  await isEqual();
});

test('undo that is pressed while rows are on their way waits for them, else it would change another row', async () => {
  const [[before]] = await page.stored(BACKLOG, 'Backlog!B4');
  await page.typeInto('B4', 'Aaa before all others');
  await isEqual();
  await page.clickCell('B4');
  page.takeChanges();
  await page.holdReads();
  await page.sortByToolbar('Sort sheet A to Z');
  await page.untilSent('sortRange');
  await page.press('Control+z', 'Control+z');
  page.letReadsGo();
  await page.untilCell('B4', before);
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!B4'), [[before]]);
});

test('what is typed while rows are on their way is taken back and said, for it stood in another row', async () => {
  await isEqual();
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.clickCell('B4');
  page.takeChanges();
  await page.holdReads();
  await page.sortByToolbar('Sort sheet A to Z');
  await page.untilSent('sortRange');
  await page.typeInto('B4', 'in whose row?');
  page.letReadsGo();
  await page.untilToast('The last change was not saved: The rows were being put in another order. Do it again. It has been taken back.');
  await page.untilCell('B2', sortedBy(before, 1)[1][1]);
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), sortedBy(before, 1));
  await page.closeToasts();
});

test('the fill handle continues what stands above', async () => {
  await page.typeInto('C20', '1');
  await page.typeInto('C21', '2');
  await page.dragCells('C20', 'C21');
  page.takeChanges();
  await page.dragFillHandle('C21', 'C24');
  await page.saved();
  oneRequest();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C20:C24'), [[1], [2], [3], [4], [5]]);
  await page.typeInto('D20', '=C20');
  await page.dragCells('D20', 'D20');
  await page.dragFillHandle('D20', 'D23');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!D20:D23', 'FORMULA'), [['=C20'], ['=C21'], ['=C22'], ['=C23']]);
  await isEqual();
});

test('bold reaches the workbook', async () => {
  await page.clickCell('B3');
  page.takeChanges();
  await page.press('Control+b');
  await page.saved();
  oneRequest();
  const { sheets } = await page.api(`/v4/spreadsheets/${BACKLOG}?ranges=Backlog!B3&fields=sheets.data.rowData.values.userEnteredFormat`);
  assert.equal(sheets[0].data[0].rowData[0].values[0].userEnteredFormat.textFormat.bold, true);
});

test('what somebody else writes appears without reloading, and without disturbing what is being typed', async (t) => {
  await page.clickCell('B5');
  await page.type('half typed');
  const changed = Date.now();
  await page.change(BACKLOG, [{ updateCells: {
    start: { sheetId: 0, rowIndex: 6, columnIndex: 1 }, fields: 'userEnteredValue',
    rows: [{ values: [{ userEnteredValue: { stringValue: 'Written elsewhere' } }] }],
  } }]);
  await page.untilCell('B7', 'Written elsewhere');
  t.diagnostic(`shown after ${Date.now() - changed} ms`);
  await page.press('Enter');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!B5'), [['half typed']]);
  await isEqual();
});

test('rows that somebody else inserts move those below, and a new tab appears', async () => {
  await page.change(BACKLOG, [
    { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 4 } } },
    { addSheet: { properties: { sheetId: 77, title: 'RunLog' } } },
  ]);
  await page.untilCell('A3', '');
  await isEqual();
  await page.clickSheet('RunLog');
  await page.clickSheet('Backlog');
  await page.change(BACKLOG, [
    { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 4 } } }, { deleteSheet: { sheetId: 77 } },
  ]);
  await page.untilCell('A3', /^INIT-/);
  await isEqual();
});

test('checkboxes and dropdowns of the workbook work here, and write booleans and choices', async () => {
  await page.change(BACKLOG, [
    { setDataValidation: { range: { sheetId: 0, startRowIndex: 1, endRowIndex: 6, startColumnIndex: 2, endColumnIndex: 3 },
      rule: { condition: { type: 'BOOLEAN' }, strict: true } } },
    { setDataValidation: { range: { sheetId: 0, startRowIndex: 1, endRowIndex: 6, startColumnIndex: 3, endColumnIndex: 4 },
      rule: { condition: { type: 'ONE_OF_LIST', values: ['RICE', 'WSJF'].map((userEnteredValue) => ({ userEnteredValue })) }, strict: true, showCustomUi: true } } },
    { updateCells: { start: { sheetId: 0, rowIndex: 1, columnIndex: 2 }, fields: 'userEnteredValue',
      rows: [{ values: [{ userEnteredValue: { boolValue: false } }] }] } },
  ]);
  await page.untilCell('C2', 0);
  await page.untilCheckbox('C2');
  await page.clickCell('C2');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C2'), [[true]]);
  await page.pickFromDropdown('D2', 'WSJF');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!D2'), [['WSJF']]);
  await isEqual();
});

test('marks of what is not valid go with their values when rows are sorted, and follow what others write', async () => {
  await page.closeToasts();
  const cells = ['D2', 'D3', 'D4', 'D5', 'D6'];
  const write = (rows) => page.change(BACKLOG, [{ updateCells: {
    start: { sheetId: 0, rowIndex: 1, columnIndex: 3 }, fields: 'userEnteredValue',
    rows: rows.map((text) => ({ values: [{ userEnteredValue: { stringValue: text } }] })),
  } }]);
  await write(['RICE', 'MOSCOW', 'WSJF', 'RICE', 'nothing']);
  await page.untilCell('D3', 'MOSCOW');
  await page.untilMarked(cells, ['D3', 'D6']);
  await write(['MOSCOW', 'RICE', 'WSJF', 'RICE', 'nothing']);
  await page.untilCell('D3', 'RICE');
  await page.untilMarked(cells, ['D2', 'D6']);
  await page.clickCell('B2');
  await page.sortByToolbar('Sort sheet Z to A');
  const marked = async () => {
    const values = await page.stored(BACKLOG, 'Backlog!D2:D6');
    return cells.filter((_, index) => ['MOSCOW', 'nothing'].includes(values[index]?.[0]));
  };
  await page.untilMarked(cells, await marked());
  await page.press('Control+z');
  await page.untilCell('D2', 'MOSCOW');
  await page.untilMarked(cells, ['D2', 'D6']);
});

test('undo knows what was done on a tab when rows come or move on another, and says so where they moved on this one', async () => {
  await page.closeToasts();
  const { Hypothesis: column } = await page.columns(BACKLOG, 'Backlog');
  const cell = `${column}3`;
  const before = await page.value(cell);
  await page.change(BACKLOG, [{ addSheet: { properties: { sheetId: 78, title: 'Notes', gridProperties: { rowCount: 5, columnCount: 3 } } } }, ...noteRows(0, ['a', 'b', 'c', 'd'])]);
  await page.clickSheet('Notes');
  await page.untilCell('A1', 'a');
  await page.clickSheet('Backlog');
  await page.typeInto(cell, 'to be undone');
  // Rows at the end, then others in the middle.
  await page.change(BACKLOG, [{ appendDimension: { sheetId: 78, dimension: 'ROWS', length: 2 } }, ...noteRows(5, ['f'])]);
  await page.change(BACKLOG, [{ insertDimension: { range: { sheetId: 78, dimension: 'ROWS', startIndex: 1, endIndex: 3 } } }]);
  await page.clickSheet('Notes');
  await page.untilCell('A4', 'b');
  await page.clickSheet('Backlog');
  await page.press('Control+z');
  await page.untilCell(cell, before);
  await page.typeInto(cell, 'not to be undone');
  await page.change(BACKLOG, [{ insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 } } }]);
  await page.untilToast('What you did before on Backlog cannot be undone any more.');
  await page.press('Control+z');
  await isEqual();
  await page.change(BACKLOG, [
    { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 } } }, { deleteSheet: { sheetId: 78 } },
  ]);
  await isEqual();
  await page.closeToasts();
});

/** Writes these texts into the first column of the tab Notes. */
function noteRows(rowIndex, texts) {
  const rows = texts.map((text) => ({ values: [{ userEnteredValue: { stringValue: text } }] }));
  return [{ updateCells: { start: { sheetId: 78, rowIndex, columnIndex: 0 }, fields: 'userEnteredValue', rows } }];
}

test('deleting a tab asks with its name, and Escape leaves it', async () => {
  await page.change(BACKLOG, [{ addSheet: { properties: { sheetId: 79, title: 'Scratch' } } }]);
  await page.clickSheet('Scratch');
  await page.chooseForTab('Scratch', 'Delete');
  await page.untilDialogSays('Delete Scratch?');
  await page.press('Escape');
  await page.dialog().waitFor({ state: 'detached' });
  await page.untilGridHasKeyboard();
  assert.equal(await page.sheetInFront(), 'Scratch');
  await page.chooseForTab('Scratch', 'Delete');
  await page.pressDialogButton('OK');
  await page.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Scratch' }).waitFor({ state: 'detached' });
  await page.saved();
  await page.clickSheet('Backlog');
  await isEqual();
});

test('a refused change is told and taken back', async () => {
  const before = await page.stored(BACKLOG, 'Backlog!B4');
  await page.page.route('**/values:batchUpdate', (route) => route.fulfill({
    status: 429, contentType: 'application/json', body: JSON.stringify({ error: { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED' } }),
  }));
  await page.typeInto('B4', 'never stored');
  await page.untilToast('The last change was not saved: Quota exceeded. It has been taken back.');
  await page.page.unroute('**/values:batchUpdate');
  await page.untilCell('B4', before[0][0]);
  await isEqual();
  page.forgive(/status of 429/);
  await page.closeToasts();
});

test('a page that cannot be seen holds no connection, and catches up when it is seen again', async () => {
  await page.pretendVisibility('hidden');
  await page.untilNoPoll();
  await page.change(BACKLOG, [{ updateCells: {
    start: { sheetId: 0, rowIndex: 8, columnIndex: 1 }, fields: 'userEnteredValue',
    rows: [{ values: [{ userEnteredValue: { stringValue: 'Written while away' } }] }],
  } }]);
  await page.pretendVisibility('visible');
  await page.untilCell('B9', 'Written while away');
});

test('titles that other workbooks give are shown, and each workbook is its own tab', async () => {
  await page.clickWorkbook('Product Ops');
  await page.assertEqualToStored(PRODUCT_OPS, 'Scoring_Inputs');
  await page.clickSheet('MathModels');
  await page.assertEqualToStored(PRODUCT_OPS, 'MathModels');
  await page.clickSheet('Params');
  await page.assertEqualToStored(PRODUCT_OPS, 'Params');
  await page.clickWorkbook('ideas EMEA');
  await page.assertEqualToStored('demo-intake-emea', 'Marketing_EMEA');
});

test('what is typed after a look at another workbook goes into the cell that is selected', async () => {
  const { Hypothesis: column } = await page.columns(BACKLOG, 'Backlog');
  for (const cell of [`${column}5`, `${column}7`]) {
    await page.clickWorkbook('Central Backlog');
    await page.clickCell(cell);
    await page.clickWorkbook('Product Ops');
    await page.clickWorkbook('Central Backlog');
    await page.type('typed here');
    await page.press('Enter');
    await page.saved();
    assert.equal(await page.value(cell), 'typed here');
  }
  await isEqual();
});

test('what is being typed when another workbook is brought to the front is kept', async () => {
  const { Hypothesis: column } = await page.columns(BACKLOG, 'Backlog');
  await page.clickWorkbook('Central Backlog');
  await page.clickCell(`${column}9`);
  await page.type('not entered yet');
  await page.clickWorkbook('Product Ops');
  await page.clickWorkbook('Central Backlog');
  await page.saved();
  assert.equal(await page.value(`${column}9`), 'not entered yet');
  await isEqual();
});

test('the grid has the keyboard after a click on a sheet\'s tab', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Params');
  await page.clickSheet('Scoring_Inputs');
  await page.untilGridHasKeyboard();
  await page.clickWorkbook('Central Backlog');
});

test('a text of several lines keeps them when it is edited', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('MathModels');
  const { formula_text: column } = await page.columns(PRODUCT_OPS, 'MathModels');
  const [[before]] = await page.stored(PRODUCT_OPS, `MathModels!${column}2`);
  assert.ok(before.split('\n').length > 3, before);
  await page.doubleClickCell(`${column}2`);
  await page.press('Control+End');
  await page.type('  # checked');
  await page.press('Alt+Enter');
  await page.type('# twice');
  await page.press('Enter');
  await page.saved();
  assert.deepEqual(await page.stored(PRODUCT_OPS, `MathModels!${column}2`), [[`${before}  # checked\n# twice`]]);
  await page.assertEqualToStored(PRODUCT_OPS, 'MathModels');
});

test('nothing was asked of another machine, and the browser had nothing to complain about', () => {
  assert.deepEqual(page.foreignRequests(), []);
  assert.deepEqual(page.troubles, []);
});
