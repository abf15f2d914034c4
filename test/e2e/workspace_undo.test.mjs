// Undo of a deletion brings the workbook back as it was: not values alone, but all that the page keeps of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

let demo;
let page;
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open();
  await page.clickWorkbook('Product Ops');
});
after(async () => {
  await page?.close();
  await demo?.stop();
});

const FIELDS = 'sheets(properties,conditionalFormats,basicFilter,data(rowData(values(userEnteredValue,userEnteredFormat,dataValidation)),columnMetadata,rowMetadata))';
const read = () => page.api(`/v4/spreadsheets/${PRODUCT_OPS}?includeGridData=true&fields=${encodeURIComponent(FIELDS)}`);

/** Everything as it was, tab by tab. */
async function assertStored(wanted) {
  await page.saved();
  const { sheets } = await read();
  for (const [index, sheet] of wanted.sheets.entries()) {
    for (const part of ['properties', 'conditionalFormats', 'basicFilter']) assert.deepEqual(sheets[index][part], sheet[part], part);
    const [{ rowData = [], ...lines }] = sheets[index].data;
    const [{ rowData: wantedRows = [], ...wantedLines }] = sheet.data;
    assert.deepEqual(lines, wantedLines);
    wantedRows.forEach((row, number) => assert.deepEqual(rowData[number], row, `${sheet.properties.title} row ${number + 1}`));
    assert.equal(rowData.length, wantedRows.length);
  }
  assert.equal(sheets.length, wanted.sheets.length);
}

/** A tab with something of everything that the page keeps, and a formula on another tab that reads it. */
const PLAN = 501;
const cells = (rowIndex, columnIndex, values) => ({ updateCells: {
  start: { sheetId: PLAN, rowIndex, columnIndex }, fields: 'userEnteredValue', rows: values.map((row) => ({ values: row.map((userEnteredValue) => ({ userEnteredValue })) })),
} });
const plan = (startRowIndex, endRowIndex, startColumnIndex, endColumnIndex) => ({ sheetId: PLAN, startRowIndex, endRowIndex, startColumnIndex, endColumnIndex });
const format = (range, userEnteredFormat) => ({ repeatCell: { range, cell: { userEnteredFormat }, fields: 'userEnteredFormat' } });
const line = (dimension, startIndex, endIndex, properties) => ({ updateDimensionProperties: {
  range: { sheetId: PLAN, dimension, startIndex, endIndex }, properties, fields: Object.keys(properties).join(),
} });
const choices = (range, type, ...values) => ({ setDataValidation: { range, rule: {
  condition: { type, values: values.map((userEnteredValue) => ({ userEnteredValue })) }, strict: true, inputMessage: 'One of these', showCustomUi: true,
} } });
const color = (index, ranges, rule) => ({ addConditionalFormatRule: { index, rule: { ranges, ...rule } } });
const GREEN = { backgroundColorStyle: { rgbColor: { red: 0.5, green: 0.9, blue: 0.5 } } };
const startsWith = (text) => ({ booleanRule: { condition: { type: 'TEXT_STARTS_WITH', values: [{ userEnteredValue: text }] }, format: GREEN } });
const point = (type, red) => ({ type, colorStyle: { rgbColor: { red } } });

const NOTES = 502;
const PLAN_REQUESTS = [
  { addSheet: { properties: {
    sheetId: PLAN, title: 'Plan', index: 1, tabColorStyle: { rgbColor: { red: 1 } },
    gridProperties: { rowCount: 12, columnCount: 8, frozenRowCount: 1, frozenColumnCount: 3, hideGridlines: true },
  } } },
  { addSheet: { properties: { sheetId: NOTES, title: 'Notes', gridProperties: { rowCount: 3, columnCount: 3 } } } },
  cells(0, 0, [['a', 'b', 'c', 'd', 'e', 'f'].map((stringValue) => ({ stringValue }))]),
  cells(1, 0, ['x', 'y', 'z', 'x'].map((stringValue, row) => [
    { stringValue }, { boolValue: row > 1 }, { numberValue: row }, { stringValue: 'high' }, { formulaValue: `=C${row + 2}*2` }, { numberValue: row },
  ])),
  { updateCells: { start: { sheetId: NOTES, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue',
    rows: [{ values: ['=Plan!C2+1', '=SUM(Plan!A2:D5)'].map((formulaValue) => ({ userEnteredValue: { formulaValue } })) }] } },
  format(plan(0, 1, 0, 8), { textFormat: { bold: true, fontSize: 12 } }),
  format(plan(1, 12, 2, 3), { numberFormat: { type: 'PERCENT', pattern: '0.0%' } }),
  format(plan(8, 10, 3, 5), GREEN),
  line('COLUMNS', 1, 2, { pixelSize: 40 }), line('COLUMNS', 2, 4, { pixelSize: 220 }), line('COLUMNS', 4, 5, { hiddenByUser: true }),
  line('ROWS', 2, 3, { pixelSize: 60 }), line('ROWS', 3, 4, { hiddenByUser: true }),
  choices(plan(1, 12, 1, 2), 'BOOLEAN'), choices(plan(1, 9, 3, 5), 'ONE_OF_LIST', 'high', 'low'), choices(plan(1, 12, 2, 3), 'NUMBER_BETWEEN', '0', '9'),
  color(0, [plan(1, 12, 0, 1), plan(1, 12, 3, 4)], startsWith('x')),
  color(1, [{ sheetId: PLAN, startColumnIndex: 2, endColumnIndex: 3 }], { gradientRule: { minpoint: point('MIN', 0.2), maxpoint: point('MAX', 0.8) } }),
  color(2, [plan(1, 12, 3, 4)], startsWith('h')),
  { setBasicFilter: { filter: { range: plan(0, 12, 0, 6), filterSpecs: [{ columnIndex: 0, filterCriteria: { hiddenValues: ['z'] } }] } } },
];

test('a tab with something of everything is there', async () => {
  await page.change(PRODUCT_OPS, PLAN_REQUESTS);
  await page.clickSheet('Plan');
  await page.untilCell('A2', 'x');
  await page.untilFiltered('Plan', [3]);
});

test('a dropdown and a checkbox that are pasted are the workbook\'s, and undo takes them away', async () => {
  const before = await read();
  await page.dragCells('A2', 'D3');
  await page.press('Control+c');
  await page.untilCopied();
  await page.clickCell('A11');
  await page.press('Control+v');
  await page.saved();
  const { data: [{ rowData }] } = (await read()).sheets.find(({ properties }) => properties.title === 'Plan');
  const conditions = (row) => rowData[row].values.slice(0, 4).map(({ dataValidation }) => dataValidation?.condition.type);
  assert.deepEqual(conditions(10), conditions(1));
  assert.deepEqual(conditions(11), conditions(2));
  await page.press('Control+z');
  await assertStored(before);
});

test('undo of a paste that made the tab larger makes it smaller again', async () => {
  const before = await read();
  await page.clickSheet('Notes');
  for (const [way, paste] of [['keys', () => page.press('Control+v')], ['menu', () => page.pasteByMenu()]]) {
    await page.clickCell('A1'); // two clicks on one cell would edit it
    await page.clickCell('C3');
    await page.page.evaluate(() => navigator.clipboard.writeText('a\t"b\nc"\n1\t20%\n'));
    await paste();
    await page.saved();
    assert.deepEqual(await page.stored(PRODUCT_OPS, 'Notes!C3:D4', 'FORMATTED_VALUE'), [['a', 'b\nc'], ['1', '20%']], way);
    await page.press('Control+z');
    await assertStored(before);
  }
  await page.clickSheet('Plan');
});

for (const [letter, by] of [['A', 'the head of rules'], ['B', 'checkboxes'], ['C', 'rules that are not drawn'], ['D', 'rules of two columns']]) {
  test(`undo of the deleted column ${letter}, which has ${by}, brings all of it back, and again after redo`, async () => {
    const before = await read();
    await page.chooseForColumn(letter, 'Delete Selected Column');
    // The page has seen what the workbook made of it.
    await page.change(PRODUCT_OPS, [cells(10, 4, [[{ stringValue: `without ${letter}` }]])]);
    await page.untilCell('E11', `without ${letter}`);
    await page.change(PRODUCT_OPS, [cells(10, 4, [[{}]])]);
    await page.untilCell('E11', '');
    for (const keys of [['Control+z'], ['Control+y', 'Control+z']]) {
      await page.press(...keys);
      await assertStored(before);
    }
  });
}

test('undo of several deleted columns, and of several deleted rows, brings all of them back', async () => {
  const before = await read();
  await page.selectRange('B1:D12');
  await page.chooseForColumn('C', 'Delete Selected Column');
  await page.press('Control+z');
  await assertStored(before);
  await page.dragRowHeaders(2, 3);
  await page.chooseForRow(2, 'Delete Selected Row');
  await page.press('Control+z');
  await assertStored(before);
});

test('a copy of the tab has all of it too', async () => {
  await page.chooseForTab('Plan', 'Copy');
  await page.clickSheet('Plan (Copy)');
  await page.untilCheckbox('B2');
  await page.saved();
  const { sheets } = await read();
  const [original, copy] = ['Plan', 'Plan (Copy)'].map((title) => sheets.find(({ properties }) => properties.title === title));
  const ofTab = ({ properties: { gridProperties, tabColor }, conditionalFormats, data }) => JSON.parse(JSON.stringify(
    [gridProperties, tabColor, conditionalFormats, data], (name, value) => (name === 'sheetId' ? undefined : value)));
  assert.deepEqual(ofTab(copy), ofTab(original));
  await page.chooseForTab('Plan (Copy)', 'Delete');
  await page.pressDialogButton('OK');
  await page.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Plan (Copy)' }).waitFor({ state: 'detached' });
  await page.saved();
  await page.clickSheet('Plan');
});

test('undo of the deleted tab brings all of it back, for a second window too', async () => {
  const second = await demo.open();
  await second.clickWorkbook('Product Ops');
  const before = await read();
  await page.chooseForTab('Plan', 'Delete');
  await page.pressDialogButton('OK');
  await second.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Plan' }).waitFor({ state: 'detached' });
  await page.saved();
  await page.press('Control+z');
  await assertStored(before);
  await second.clickSheet('Plan');
  await second.untilCell('A2', 'x');
  await second.untilCheckbox('B2');
  await second.assertEqualToStored(PRODUCT_OPS, 'Plan');
  assert.deepEqual(second.troubles, []);
  await second.close();
});

for (const header of ['Status', 'Active Scoring Framework', 'Title', 'Initiative Key']) {
  test(`undo of the deleted column ${header} brings back its width, formats, choices and colours`, async () => {
    await page.clickSheet('Scoring_Inputs');
    const before = await read();
    const { [header]: letter } = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
    await page.chooseForColumn(letter, 'Delete Selected Column');
    assert.equal((await page.columns(PRODUCT_OPS, 'Scoring_Inputs'))[header], undefined);
    await page.press('Control+z');
    await assertStored(before);
  });
}

test('undo of a deleted tab brings back what it was', async () => {
  const before = await read();
  await page.clickSheet('Params');
  await page.chooseForTab('Params', 'Delete');
  await page.pressDialogButton('OK');
  await page.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Params' }).waitFor({ state: 'detached' });
  await page.saved();
  await page.press('Control+z');
  await assertStored(before);
});

test('nothing was complained about', () => {
  assert.deepEqual(page.troubles, []);
});
