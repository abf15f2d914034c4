// Two windows on one workbook: what somebody else does there while something is selected or typed here. What is typed stays what was
// typed and comes into the row that it was meant for; what is selected stays the same initiatives.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { inTime, until } from './bounded_waits.mjs';
import { BACKLOG, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

const NOTES = 81;

let demo;
let page; // this window
let other; // somebody else's
let free; // the letter of a column of texts that nobody else writes
let marks = 0;
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open();
  other = await demo.open();
  free = (await page.columns(BACKLOG, 'Backlog')).Hypothesis;
  await page.change(BACKLOG, [{ addSheet: { properties: { sheetId: NOTES, title: 'Notes', gridProperties: { rowCount: 9, columnCount: 4 } } } }]);
  await heard();
});
afterEach(async () => {
  await page.closeToasts();
  await isEqual();
});
after(async () => {
  await page?.close();
  await other?.close();
  await demo?.stop();
});

const isEqual = () => page.assertEqualToStored(BACKLOG, 'Backlog');
const storedAt = async (a1) => (await page.stored(BACKLOG, `Backlog!${a1}`))[0]?.[0] ?? '';
const write = (a1, text) => other.api(`/v4/spreadsheets/${BACKLOG}/values/${encodeURIComponent(`Backlog!${a1}`)}?valueInputOption=RAW`, {
  method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ values: [[text]] }),
});

/** Where row `first` and those up to `last` are, counted from 1. */
const rows = (first, last = first) => ({ sheetId: 0, dimension: 'ROWS', startIndex: first - 1, endIndex: last });
const insertRows = (...places) => page.change(BACKLOG, [{ insertDimension: { range: rows(...places) } }]);
const deleteRows = (...places) => page.change(BACKLOG, [{ deleteDimension: { range: rows(...places) } }]);
const column = (letter) => {
  const index = [...letter].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
  return { sheetId: 0, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 };
};
const next = (letter) => (letter.endsWith('Z') ? assert.fail('no column beside Z') : letter.slice(0, -1) + String.fromCharCode(letter.charCodeAt(letter.length - 1) + 1));

/** This window has been told of all that has happened so far; it shows so on a tab where nobody types. */
async function heard() {
  marks += 1;
  const mark = `heard ${marks}`;
  await page.change(BACKLOG, [{ updateCells: {
    start: { sheetId: NOTES, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue', rows: [{ values: [{ userEnteredValue: { stringValue: mark } }] }],
  } }]);
  await until(`the mark ${mark}`, () => page.page.evaluate((text) => {
    const [tab] = window.workspace.replicas.get('demo-central-backlog').view.sheets().filter((sheet) => sheet.getName() === 'Notes');
    return tab?.getCellRaw(0, 0)?.v === text;
  }, mark));
}

/** What was heard of waits for the end of the edit. */
const untilBehind = () => until('a change that waits for the edit', () => page.page.evaluate(() => window.workspace.current.isBehind));

/** Nothing that happens meanwhile is heard of here; what is done here is sent. */
async function unheard(work) {
  await page.pretendVisibility('hidden');
  await page.untilNoPoll();
  await work();
  await page.pretendVisibility('visible');
}

test('what somebody else writes to the cell that is being typed into leaves alone what is typed', async () => {
  const cell = `${free}5`;
  await page.clickCell(cell);
  await page.type('hello ');
  await other.typeInto(cell, 'OTHER');
  await heard();
  await page.type('world');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(cell), 'hello world');
  await page.untilCell(cell, 'hello world');
});

test('who gives up what is typed, or leaves the text as it was, gets what somebody else wrote there meanwhile', async () => {
  const cell = `${free}5`;
  for (const [keys, text, end] of [[[], 'given up', 'Escape'], [['F2'], '', 'Enter']]) {
    await page.clickCell(cell);
    await page.press(...keys);
    await page.type(text);
    await write(cell, `OTHER ${end}`);
    await heard();
    await page.press(end);
    await page.untilCell(cell, `OTHER ${end}`);
    await page.saved();
    assert.equal(await storedAt(cell), `OTHER ${end}`);
  }
});

test('what is typed is stored though it is what the cell held before somebody else wrote there', async () => {
  const cell = `${free}6`;
  await page.typeInto(cell, 'as it was');
  await page.clickCell(cell);
  await page.type('as it was');
  await write(cell, 'OTHER');
  await heard();
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(cell), 'as it was');
});

test('undo brings back what somebody else wrote while it was typed over', async () => {
  const cell = `${free}6`;
  await page.clickCell(cell);
  await page.type('typed over');
  await write(cell, 'OTHER');
  await heard();
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(cell), 'typed over');
  await page.press('Control+z');
  await page.untilCell(cell, 'OTHER');
  await page.saved();
  assert.equal(await storedAt(cell), 'OTHER');
});

test('a word that is being composed, and a formula whose cells are being pointed at, are left alone', async () => {
  const cell = `${free}6`;
  const keyboard = await page.page.context().newCDPSession(page.page);
  await page.clickCell(cell);
  await inTime('a word begun', keyboard.send('Input.imeSetComposition', { text: 'かな', selectionStart: 2, selectionEnd: 2 }));
  await write(cell, 'OTHER');
  await heard();
  await inTime('a word composed', keyboard.send('Input.insertText', { text: '仮名' }));
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(cell), '仮名');
  await page.clickCell(cell);
  await page.type('=');
  await page.clickCell(`${free}4`, {});
  await write(cell, 'OTHER');
  await heard();
  await page.press('Enter');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${cell}`, 'FORMULA'), [[`=${free}4`]]);
});

test('the echo of a tick leaves alone what is typed over the checkbox', async () => {
  await page.change(BACKLOG, [{ setDataValidation: {
    range: { sheetId: NOTES, startRowIndex: 2, endRowIndex: 3, startColumnIndex: 1, endColumnIndex: 2 }, rule: { condition: { type: 'BOOLEAN' } },
  } }]);
  await page.clickSheet('Notes');
  await page.untilCheckbox('B3');
  await page.clickCell('B3');
  await page.type('may');
  await heard();
  await page.type('be');
  await page.press('Enter');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Notes!B3'), [['maybe']]);
  await page.clickSheet('Backlog');
});

test('what is being typed comes into its row, whatever is inserted and deleted above meanwhile, and the next key into the row below', async () => {
  const cell = `${free}8`;
  const [above, below] = [await storedAt(`${free}7`), await storedAt(`${free}9`)];
  await page.clickCell(cell);
  await page.type('hello ');
  await other.chooseForRow(3, 'rows above');
  await other.saved();
  await heard();
  await insertRows(6, 7);
  await deleteRows(2);
  await heard();
  await page.type('world');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(`${free}10`), 'hello world');
  assert.deepEqual([await storedAt(`${free}9`), await storedAt(`${free}11`)], [above, below]);
  await page.untilActive(`${free}11`);
  await page.type('into the row below');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(`${free}11`), 'into the row below');
  await deleteRows(5, 6);
  await deleteRows(2);
  await page.untilCell('A2', /^INIT-/);
});

test('a click elsewhere ends the edit as Enter does, and goes to the cell that was clicked, wherever it stands now', async () => {
  const key = await storedAt('A5');
  await page.clickCell(`${free}9`);
  await page.type('left by a click');
  await insertRows(4);
  await heard();
  await page.clickCell('A5');
  await page.saved();
  assert.equal(await storedAt(`${free}10`), 'left by a click');
  await page.untilSelected('A6');
  assert.equal(await page.value('A6'), key);
  await deleteRows(4);
  await page.untilSelected('A5');
});

test('Escape stores nothing, and shows then what has come', async () => {
  const before = await page.stored(BACKLOG, `Backlog!${free}2:${free}12`);
  await page.clickCell(`${free}9`);
  await page.type('given up');
  await insertRows(4);
  await heard();
  await page.press('Escape');
  await page.untilActive(`${free}10`);
  await deleteRows(4);
  await page.untilActive(`${free}9`);
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${free}2:${free}12`), before);
});

test('where the row was deleted in which something is being typed, nothing is stored and the text is told', async () => {
  await insertRows(9, 9);
  await page.untilCell('A9', '');
  await write('A9', 'INIT-999999');
  await page.untilCell('A9', 'INIT-999999');
  const before = await page.stored(BACKLOG, 'Backlog');
  await page.clickCell(`${free}9`);
  await page.type('for nobody any more');
  await deleteRows(9);
  await heard();
  await page.press('Enter');
  await page.untilToast('“for nobody any more” was not saved: the row that it was meant for has been deleted.');
  await isEqual();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before.filter((_, row) => row !== 8));
});

test('where the tab was deleted in which something is being typed, the text is told', async () => {
  await page.change(BACKLOG, [{ addSheet: { properties: { sheetId: 82, title: 'Passing' } } }]);
  await page.clickSheet('Passing');
  await page.clickCell('B2');
  await page.type('for no tab any more');
  await page.change(BACKLOG, [{ deleteSheet: { sheetId: 82 } }]);
  await untilBehind();
  await page.press('Enter');
  await page.untilToast('“for no tab any more” was not saved: the tab that it was meant for has been deleted.');
  await page.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Passing' }).waitFor({ state: 'detached' });
  await page.clickSheet('Backlog');
});

test('rows that have moved before this window hears of it take with them what is typed, emptied and undone there', async () => {
  const before = await page.stored(BACKLOG, 'Backlog');
  await unheard(async () => {
    await insertRows(3, 4);
    await page.typeInto(`${free}7`, 'typed unheard');
  });
  assert.equal(await storedAt(`${free}9`), 'typed unheard');
  await page.untilCell(`${free}9`, 'typed unheard');
  await page.clickCell('B9');
  await unheard(async () => {
    await insertRows(3);
    await page.press('Delete');
    await page.saved();
  });
  assert.deepEqual([await storedAt('B9'), await storedAt('B10')], [before[5][1], '']);
  await page.untilActive('B10');
  await page.typeInto(`${free}10`, 'to be undone');
  await unheard(async () => {
    await deleteRows(3, 5);
    await page.press('Control+z');
    await page.saved();
  });
  assert.equal(await storedAt(`${free}7`), 'typed unheard');
  await page.untilActive(`${free}7`);
  await page.typeInto('B7', before[6][1]);
});

test('a row that was to be deleted is not, where other rows have come above it unheard; it is said', async () => {
  const before = await page.stored(BACKLOG, 'Backlog');
  await unheard(async () => {
    await insertRows(3);
    await page.dragRowHeaders(5, 5);
    await page.chooseForRow(5, 'Delete Selected Row');
    await page.untilToast('The last change was not saved: Rows or columns have moved meanwhile. Do it again. It has been taken back.');
  });
  await page.untilCell('A3', '');
  await deleteRows(3);
  await page.untilCell('A3', before[2][0]);
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog'), before);
});

test('what is typed while the service is away comes into its rows, which have moved meanwhile', async () => {
  await page.clickCell(`${free}7`);
  await page.cutConnection();
  await page.type('first');
  await page.press('Enter');
  await page.type('second');
  await page.press('Enter');
  await page.untilComplaint(/ERR_CONNECTION_REFUSED/); // what was typed has been tried
  await insertRows(3);
  await page.restoreConnection();
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${free}8:${free}9`), [['first'], ['second']]);
  await page.untilState('All changes saved');
  await page.untilCell('A3', '');
  await deleteRows(3);
  await page.untilCell('A3', /^INIT-/);
  page.forgive(/ERR_CONNECTION_REFUSED/);
});

test('what is being typed comes into its column; a formula, whose cells may have moved, is told instead', async () => {
  const cell = `${free}8`;
  const insert = { insertDimension: { range: column('B') } };
  const remove = { deleteDimension: { range: column('B') } };
  await page.clickCell(cell);
  await page.type('hello ');
  await page.change(BACKLOG, [insert]);
  await heard();
  await page.type('columns');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(`${next(free)}8`), 'hello columns');
  await page.untilActive(`${next(free)}9`);
  await page.change(BACKLOG, [remove]);
  await page.untilActive(`${free}9`);
  await page.clickCell(cell);
  await page.type('=A8');
  await page.change(BACKLOG, [insert]);
  await heard();
  await page.press('Enter');
  await page.untilToast('“=A8” was not saved: cells that it may name have moved.');
  await page.untilCell('B1', '');
  assert.equal(await storedAt(`${next(free)}8`), 'hello columns');
  await page.change(BACKLOG, [remove]);
  await page.untilCell('B1', /./);
});

test('the selection and the cell that keys go to move along with rows and columns that others insert and delete', async () => {
  const keys = (await page.stored(BACKLOG, 'Backlog!A14:A16')).map(([key]) => key);
  await page.dragCells('A14', 'A16');
  await page.untilSelected('A14:A16');
  await other.chooseForRow(5, 'rows above');
  await other.saved();
  await page.untilSelected('A15:A17');
  assert.deepEqual((await page.stored(BACKLOG, 'Backlog!A15:A17')).map(([key]) => key), keys);
  assert.equal((await page.place()).cell, 'A15');
  await deleteRows(5);
  await page.untilSelected('A14:A16');
  await page.change(BACKLOG, [{ insertDimension: { range: column('A') } }]);
  await page.untilSelected('B14:B16');
  await page.change(BACKLOG, [{ deleteDimension: { range: column('A') } }]);
  await page.untilSelected('A14:A16');
  await insertRows(15);
  await page.untilSelected('A14:A17');
  await deleteRows(15);
  await page.untilSelected('A14:A16');
  await page.clickCell(`${free}14`);
  await insertRows(4);
  await page.untilActive(`${free}15`);
  await page.type('where the selection went');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(`${free}15`), 'where the selection went');
  await deleteRows(4);
  await page.untilActive(`${free}15`);
});

test('whole rows, two of them apart, stay whole rows; of deleted ones the next takes the keys', async () => {
  await page.dragRowHeaders(8, 9);
  await page.dragRowHeaders(12, 12, 'Control');
  await page.untilSelected('8:9,12:12');
  await insertRows(10);
  await page.untilSelected('8:9,13:13');
  await deleteRows(10);
  await page.untilSelected('8:9,12:12');
  await page.clickCell('B9');
  await insertRows(9);
  await page.untilSelected('B10');
  await page.clickCell('C9'); // beside, for a second click would be a double one
  await deleteRows(9);
  await page.untilCell('A9', /^INIT-/);
  await page.untilSelected('C9');
});

test('a tab that is not in front keeps its initiatives selected too', async () => {
  await page.clickCell('B9');
  await page.clickSheet('Notes');
  await insertRows(4);
  await heard();
  await page.clickSheet('Backlog');
  await page.untilSelected('B10');
  await page.untilActive('B10');
  await page.clickWorkbook('Product Ops');
  await deleteRows(4);
  await heard();
  await page.clickWorkbook('Central Backlog');
  await page.untilSelected('B9');
  const before = await storedAt('B9');
  await page.type('typed here');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt('B9'), 'typed here');
  await page.typeInto('B9', before);
});

test('rows that others sort change in place: selection and edit keep their addresses', async () => {
  await page.dragCells('A14', 'A16');
  const sort = (sortOrder) => page.change(BACKLOG, [{ sortRange: {
    range: { sheetId: 0, startRowIndex: 1, startColumnIndex: 0 }, sortSpecs: [{ dimensionIndex: 0, sortOrder }],
  } }]);
  await sort('DESCENDING');
  await heard();
  await page.untilSelected('A14:A16');
  await page.clickCell(`${free}14`);
  await page.type('typed at an ');
  await sort('ASCENDING');
  await heard();
  await page.type('address');
  await page.press('Enter');
  await page.saved();
  assert.equal(await storedAt(`${free}14`), 'typed at an address');
});

/** The number of the tab that jobs score, and the letters of its columns by their headers; `reach` is the one that a number belongs into. */
async function scoringTab() {
  const columns = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  const { sheets } = await page.api(`/v4/spreadsheets/${PRODUCT_OPS}?fields=sheets.properties`);
  const { sheetId } = sheets.map(({ properties }) => properties).find(({ title }) => title === 'Scoring_Inputs');
  return { sheetId, columns: { ...columns, reach: Object.entries(columns).find(([header]) => /Reach/.test(header))[1] } };
}

test('a job that is chosen while its row is being typed into, and has moved, is for that row', async () => {
  await page.clickWorkbook('Product Ops');
  const { sheetId, columns } = await scoringTab();
  const { reach } = columns;
  const range = { sheetId, dimension: 'ROWS', startIndex: 2, endIndex: 3 };
  await page.clickSheet('Scoring_Inputs');
  await page.clickCell(`${reach}6`);
  await page.type('not a number');
  await page.change(PRODUCT_OPS, [{ insertDimension: { range } }]);
  await untilBehind();
  await page.choose('Roadmap AI', 'Score selected');
  await page.untilMenuIsFree();
  await page.untilCell(`${columns.Status}7`, /not a number|Reach/);
  await page.untilActive(`${reach}7`);
  await page.closePage();
  await page.change(PRODUCT_OPS, [{ deleteDimension: { range } }]);
  await page.clickWorkbook('Central Backlog');
});

test('a job that is chosen before this window hears that its row has moved is for that row', async () => {
  await page.clickWorkbook('Product Ops');
  const { sheetId, columns } = await scoringTab();
  const range = { sheetId, dimension: 'ROWS', startIndex: 2, endIndex: 3 };
  const status = async (row) => (await page.stored(PRODUCT_OPS, `Scoring_Inputs!${columns.Status}${row}`))[0]?.[0] ?? '';
  assert.doesNotMatch(await status(5), /Reach/);
  await page.typeInto(`${columns.reach}5`, 'no number either');
  await page.clickCell(`${columns.reach}5`);
  await unheard(async () => {
    await page.change(PRODUCT_OPS, [{ insertDimension: { range } }]);
    await page.choose('Roadmap AI', 'Score selected');
    await page.untilMenuIsFree();
    await until('the outcome in the row', async () => /Reach/.test(await status(6)), () => status(6));
  });
  await page.closePage();
  await page.change(PRODUCT_OPS, [{ deleteDimension: { range } }]);
  await page.clickWorkbook('Central Backlog');
});

test('the browser had nothing to complain about', () => {
  assert.deepEqual(page.troubles, []);
  assert.deepEqual(other.troubles, []);
});
