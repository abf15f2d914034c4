// What a PM sees on a screen 1440 pixels wide without scrolling, and on a phone: measured on the page. The order is that
// of the specification: key, title, how it went, what is decided, then what is typed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WorkspaceDemo } from './workspace_demo.mjs';
import { placeOfCell } from './workspace_geometry.mjs';

const LAPTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const TABS = {
  'Central Backlog': {
    Backlog: ['Initiative Key', 'Title', 'Last Run Status', 'Active Scoring Framework', 'Overall Score', 'Status'],
  },
  'Product Ops': {
    Scoring_Inputs: [
      'Initiative Key', 'Title', 'Status', 'Active Scoring Framework', 'Active: Overall Score', 'RICE: Overall Score',
      'WSJF: Overall Score', 'Math: Overall Score',
    ],
    MathModels: ['initiative_key', 'model_name', 'Status', 'approved_by_user', 'formula_text'],
    Params: ['initiative_key', 'param_name', 'Status', 'value', 'unit', 'approved'],
  },
};

let demo;
let page;
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open({ viewport: LAPTOP });
});
after(async () => {
  await page?.close();
  await demo?.stop();
});

/** Header and edges on the screen of each column of the tab in front, in their order, and what is frozen. */
function layout(one = page) {
  return one.page.evaluate(() => {
    const workbook = window.workspace.spreadsheet.api.getActiveWorkbook();
    const sheet = workbook.getActiveSheet();
    const { left } = document.getElementById(`univer-sheet-main-canvas_${workbook.getId()}`).getBoundingClientRect();
    const columns = Array.from({ length: sheet.getLastColumn() + 1 }, (_, index) => {
      const rect = sheet.getRange(0, index).getCellRect();
      return { header: sheet.getRange(0, index).getValue(), left: left + rect.left, right: left + rect.right };
    });
    const { sheetViewStartColumn: scrolled } = sheet.getScrollState();
    return { columns, scrolled, frozen: [sheet.getFrozenRows(), sheet.getFrozenColumns()] };
  });
}

/** The colour that most pixels of a cell have, as [red, green, blue]. */
async function tintOf(a1) {
  const { x, y, width, height } = await page.page.evaluate(placeOfCell, [a1, true]);
  const clip = { x: x - width / 2 + 3, y: y - height / 2 + 3, width: width - 6, height: height - 6 };
  const picture = (await page.page.screenshot({ clip })).toString('base64');
  return page.page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height).data;
    const counts = new Map();
    for (let i = 0; i < pixels.length; i += 4) {
      const colour = pixels.slice(i, i + 3).join();
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0][0].split(',').map(Number);
  }, picture);
}

const isGreen = ([red, green, blue]) => green > red + 5 && green > blue + 5;
const isRed = ([red, green, blue]) => red > green + 15 && red > blue + 15;
const isAmber = ([red, green, blue]) => red > blue + 20 && green > blue + 15;

test('key, title, Status, framework and overall scores stand on one screen, in this order, beside a frozen key and title', async () => {
  for (const [workbook, tabs] of Object.entries(TABS)) {
    await page.clickWorkbook(workbook);
    for (const [tab, wanted] of Object.entries(tabs)) {
      await page.clickSheet(tab);
      const { columns, scrolled, frozen } = await layout();
      assert.equal(scrolled, 0);
      assert.deepEqual(frozen, [1, 2], tab);
      const seen = columns.filter(({ right }) => right <= LAPTOP.width).map(({ header }) => header);
      assert.deepEqual(seen.filter((header) => wanted.includes(header)), wanted, `${tab}: ${seen.join(', ')}`);
      const end = Math.max(...columns.filter(({ header }) => wanted.includes(header)).map(({ right }) => right));
      assert.ok(end <= LAPTOP.width, `${tab} ends at ${end}`);
    }
  }
});

test('scrolling to the right keeps key and title where they are', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Scoring_Inputs');
  const letters = await page.columns('demo-product-ops', 'Scoring_Inputs');
  const before = await page.page.evaluate(placeOfCell, ['B2', false]);
  await page.clickCell(`${letters['Updated Source']}2`);
  assert.ok((await layout()).scrolled > 0);
  const after = await page.page.evaluate(placeOfCell, ['B2', false]);
  assert.equal(after.x, before.x);
  await page.page.mouse.click(after.x, after.y);
  assert.deepEqual(await page.selectedRanges(), ['B2'], 'what stands there is the title still');
});

test('Status is coloured by how it begins, typed columns differ from written ones, scores have two decimals', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Scoring_Inputs');
  const letters = await page.columns('demo-product-ops', 'Scoring_Inputs');
  const [status] = Object.entries(letters).filter(([header]) => header === 'Status').map(([, letter]) => letter);
  const stored = await page.stored('demo-product-ops', `Scoring_Inputs!${status}2:${status}13`);
  assert.ok(stored.every(([text]) => text.startsWith('OK')), stored.join('\n'));
  assert.ok(isGreen(await tintOf(`${status}2`)), 'OK is green');
  // A person may type there; the colour follows what the cell says.
  await page.typeInto(`${status}2`, 'FAILED: for the test');
  await page.typeInto(`${status}3`, 'SKIPPED: for the test');
  await page.clickCell('A1');
  assert.ok(isRed(await tintOf(`${status}2`)), 'FAILED is red');
  assert.ok(isAmber(await tintOf(`${status}3`)), 'SKIPPED is amber');
  assert.notDeepEqual(await tintOf(`${letters['RICE: Reach']}20`), await tintOf(`${letters['RICE: Overall Score']}20`));
  assert.notDeepEqual(await tintOf(`${letters['RICE: Reach']}1`), await tintOf(`${letters['RICE: Overall Score']}1`));
  const shown = await page.stored('demo-product-ops', `Scoring_Inputs!${letters['RICE: Overall Score']}2:${letters['RICE: Overall Score']}5`, 'FORMATTED_VALUE');
  for (const [text] of shown.filter(([value]) => value)) assert.match(text, /^[\d,]+\.\d\d$/);
});

test('a sentence that is longer than Status is wide is shown whole: its row grows, also where another program wrote it, and shrinks again', async () => {
  const letters = await page.columns('demo-product-ops', 'Scoring_Inputs');
  const { sheets } = await page.api('/v4/spreadsheets/demo-product-ops?fields=sheets.properties');
  const { sheetId } = sheets.map(({ properties }) => properties).find(({ title }) => title === 'Scoring_Inputs');
  const cell = `${letters.Status}20`;
  const height = async () => (await page.page.evaluate(placeOfCell, [cell, false])).height;
  const says = (stringValue) => page.change('demo-product-ops', [{ updateCells: {
    start: { sheetId, rowIndex: 19, columnIndex: Object.keys(letters).indexOf('Status') }, rows: [{ values: [{ userEnteredValue: { stringValue } }] }], fields: 'userEnteredValue',
  } }]);
  const lines = [await height()];
  for (const sentence of ['OK · WSJF is chosen but not active: Switch framework, and some more of it', 'OK · a sentence of words '.repeat(8), 'OK']) {
    await says(sentence);
    await page.untilCell(cell, sentence);
    lines.push(await height());
  }
  const [one, two, more, again] = lines;
  assert.ok(two > 1.5 * one && more > 1.5 * two, lines.join(', '));
  assert.equal(again, one);
});

test('each score of the demo is its value divided by its effort, in the row where it stands', async () => {
  const letters = await page.columns('demo-product-ops', 'Scoring_Inputs');
  const rows = await page.stored('demo-product-ops', 'Scoring_Inputs!A2:ZZ');
  const at = (row, header) => row[Object.keys(letters).indexOf(header)] ?? '';
  let compared = 0;
  for (const row of rows) {
    for (const framework of ['RICE', 'WSJF', 'Math', 'Active']) {
      const [value, effort, overall] = ['Value', 'Effort', 'Overall'].map((kind) => at(row, `${framework}: ${kind} Score`));
      if (overall === '') continue;
      compared += 1;
      assert.ok(Math.abs(value / effort - overall) < 1e-9 * Math.abs(overall), `${row[0]} ${framework}: ${value} / ${effort} is not ${overall}`);
    }
  }
  assert.ok(compared > 20, `${compared} scores`);
  assert.ok(rows.some((row) => at(row, 'Math: Overall Score') !== ''), 'a math model is scored');
});

test('a click on the number of one of several selected rows selects that row alone, and columns likewise', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickSheet('Scoring_Inputs');
  await page.dragRowHeaders(2, 8);
  assert.deepEqual(await page.selectedRanges(), ['2:8']);
  const { left, y } = await page.page.evaluate(placeOfCell, ['A5', false]);
  await page.page.mouse.click(left + 12, y);
  await page.untilSelected('5:5');
  await page.dragRowHeaders(10, 12);
  assert.deepEqual(await page.selectedRanges(), ['10:12'], 'the next drag begins anew');
  await page.page.keyboard.down('Control');
  const other = await page.page.evaluate(placeOfCell, ['A3', false]);
  await page.page.mouse.click(other.left + 12, other.y);
  await page.page.keyboard.up('Control');
  assert.deepEqual(await page.selectedRanges(), ['10:12', '3:3'], 'with Ctrl it is added');
  const first = await page.page.evaluate(placeOfCell, ['A1', false]);
  const third = await page.page.evaluate(placeOfCell, ['C1', false]);
  await page.page.mouse.move(first.x, first.top + 10);
  await page.page.mouse.down();
  await page.page.mouse.move(third.x, third.top + 10, { steps: 4 });
  await page.page.mouse.up();
  assert.deepEqual(await page.selectedRanges(), ['A:C']);
  await page.page.mouse.click(third.x, third.top + 10);
  await page.untilSelected('C:C');
});

test('yes and no are checkboxes, frameworks a list to choose from, on every tab that has them', async () => {
  const rule = (a1) => page.page.evaluate((reference) => {
    const { current, spreadsheet } = window.workspace;
    const sheet = spreadsheet.api.getActiveWorkbook().getActiveSheet();
    const range = sheet.getRange(reference);
    const found = current.view.validation.getRuleByLocation(current.view.unitId, sheet.getSheetId(), range.getRow(), range.getColumn());
    return found && [found.type, found.formula1 ?? ''];
  }, a1);
  const wanted = [
    ['Central Backlog', 'demo-central-backlog', 'Backlog', 'Use Math Model', 'checkbox'],
    ['Central Backlog', 'demo-central-backlog', 'Backlog', 'Active Scoring Framework', 'list'],
    ['Product Ops', 'demo-product-ops', 'Scoring_Inputs', 'Use Math Model', 'checkbox'],
    ['Product Ops', 'demo-product-ops', 'Scoring_Inputs', 'Active Scoring Framework', 'list'],
    ['Product Ops', 'demo-product-ops', 'MathModels', 'approved_by_user', 'checkbox'],
    ['Product Ops', 'demo-product-ops', 'Params', 'approved', 'checkbox'],
    ['Product Ops', 'demo-product-ops', 'Params', 'framework', 'list'],
    ['ideas EMEA', 'demo-intake-emea', 'Marketing_EMEA', 'Is Mandatory', 'checkbox'],
  ];
  for (const [workbook, id, tab, header, type] of wanted) {
    await page.clickWorkbook(workbook);
    await page.clickSheet(tab);
    const letters = await page.columns(id, tab);
    // Rows that were there, and rows that jobs and people add.
    for (const row of [2, 40]) assert.deepEqual((await rule(`${letters[header]}${row}`))?.[0], type, `${tab}: ${header}, row ${row}`);
    if (type === 'list') assert.equal((await rule(`${letters[header]}2`))[1], 'RICE,WSJF,MATH_MODEL');
  }
});

test('on a phone the key stays in view and the rest can be scrolled to; nothing of it reaches the workbook', async () => {
  const phone = await demo.open({ viewport: PHONE });
  assert.deepEqual((await layout(phone)).frozen, [1, 1]);
  const letters = await phone.columns('demo-central-backlog', 'Backlog');
  // A list opens below the grid, and nothing over it; the title beside the key stays where it is.
  const { scrolled } = await layout(phone);
  await phone.choose('🧠 Roadmap AI', 'See latest intake');
  await phone.list().waitFor();
  await phone.untilMenuIsFree();
  const { width, height } = await phone.page.locator('.toast').boundingBox();
  assert.deepEqual([width, height], [1, 1], 'the message is there for screen readers alone');
  assert.equal((await layout(phone)).scrolled, scrolled);
  await phone.closePage();
  phone.takeChanges();
  // As a finger swipes, by three columns and a half.
  await phone.page.mouse.move(PHONE.width / 2, PHONE.height / 2);
  await phone.page.mouse.wheel(640, 0);
  await phone.page.waitForFunction(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getScrollState().sheetViewStartColumn >= 3);
  const place = await phone.page.evaluate(placeOfCell, [`${letters['Active Scoring Framework']}2`, false]);
  assert.ok(place.x > 0 && place.x < PHONE.width, `the framework is at ${place.x}`);
  assert.deepEqual(phone.takeChanges(), []);
  const { sheets } = await phone.api('/v4/spreadsheets/demo-central-backlog?fields=sheets.properties.gridProperties');
  assert.equal(sheets[0].properties.gridProperties.frozenColumnCount, 2);
  await phone.close();
});
