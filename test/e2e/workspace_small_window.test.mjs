// The list that a job has opened, beside the rows that it is about, in a large window, at 200 % zoom and on a narrow screen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

let demo;
before(async () => {
  demo = await WorkspaceDemo.start();
});
after(async () => {
  await demo?.stop();
});

test('the grid stays where it is, however much the selected row has to say above it', async () => {
  const page = await demo.open({ viewport: { width: 720, height: 450 } });
  await page.clickWorkbook('Product Ops');
  await page.untilMenuIsFree();
  const { Status: letter } = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  const text = `FAILED: ${Array(8).fill('a reason that is long enough for several lines').join(', ')}`;
  const cell = encodeURIComponent(`Scoring_Inputs!${letter}3`);
  await page.api(`/v4/spreadsheets/${PRODUCT_OPS}/values/${cell}?valueInputOption=RAW`, {
    method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ values: [[text]] }),
  });
  await page.untilCell(`${letter}3`, text);
  const top = async () => (await page.page.locator('#grid').boundingBox()).y;
  await page.selectRange('A1');
  await page.untilRowStatus('');
  const before = await top();
  await page.selectRange('A3');
  await page.untilRowStatus(`Row 3 ${text}`);
  assert.equal(await top(), before);
  await page.close();
});

test('the values of a column\'s filter fit on a narrow screen, and the one with the keyboard can be told', async () => {
  const page = await demo.open({ viewport: { width: 360, height: 740 } });
  await page.clickWorkbook('Product Ops');
  await page.untilMenuIsFree();
  await page.clickCell('A3');
  await page.press('Control+Shift+L', 'Control+Alt+r');
  await page.untilFocusIsCalled('Find values');
  for (const name of ['Confirm', 'Cancel']) {
    const { x, y, width, height } = await page.page.getByRole('button', { name, exact: true }).boundingBox();
    assert.ok(x >= 0 && x + width <= 360 && y + height <= 740, `${name} from ${x} to ${x + width}, down to ${y + height}`);
  }
  const [first] = (await page.stored(PRODUCT_OPS, 'Scoring_Inputs!A2:A')).flat().filter(Boolean).sort();
  await page.pressUntilNamed('Tab', first);
  assert.equal(await page.page.evaluate(() => getComputedStyle(document.activeElement.nextElementSibling).outlineStyle), 'solid');
  await page.picture('filter-narrow');
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  await page.press('Control+Shift+L');
  await page.saved();
  await page.close();
});

test('columns stay frozen as far as they leave room, as the window gets narrower and wider, and the workbook keeps its own number', async () => {
  const page = await demo.open();
  await page.clickWorkbook('Product Ops');
  const stored = async () => {
    const { sheets } = await page.api(`/v4/spreadsheets/${PRODUCT_OPS}?fields=sheets.properties`);
    return sheets.map(({ properties: { title, gridProperties } }) => [title, gridProperties.frozenColumnCount]);
  };
  const before = await stored();
  await page.untilFrozenColumns(2);
  await page.page.setViewportSize({ width: 360, height: 740 });
  await page.untilFrozenColumns(1);
  await page.untilGridFits();
  const { 'RICE: Reach': letter } = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  await page.clickCell(`${letter}3`);
  await page.picture('narrow');
  await page.clickSheet('Params');
  await page.untilFrozenColumns(1);
  await page.chooseForTab('Params', 'Delete');
  await page.pressDialogButton('OK');
  await page.page.locator('[data-u-comp=slide-tab-item]', { hasText: 'Params' }).waitFor({ state: 'detached' });
  await page.press('Control+z');
  await page.saved();
  assert.deepEqual(await stored(), before);
  await page.clickSheet('Scoring_Inputs');
  await page.page.setViewportSize({ width: 200, height: 740 });
  await page.untilFrozenColumns(0);
  await page.page.setViewportSize({ width: 1280, height: 800 });
  await page.untilFrozenColumns(2);
  assert.deepEqual(await stored(), before);
  assert.deepEqual(page.troubles, []);
  await page.close();
});

for (const frozenRowCount of [0, 1]) {
  test(`a row that is gone to comes in sight beside frozen columns with ${frozenRowCount} frozen rows, and the columns stay`, async () => {
    const page = await demo.open();
    await page.clickWorkbook('Product Ops');
    await page.change(PRODUCT_OPS, [{ updateSheetProperties: {
      properties: { sheetId: 0, gridProperties: { frozenRowCount } }, fields: 'gridProperties.frozenRowCount',
    } }]);
    await page.untilFrozenRows(frozenRowCount);
    const { 'RICE: Reach': letter } = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
    await page.clickCell(`${letter}90`);
    const { sheetViewStartColumn } = await page.scrollState();
    for (const row of [15, 95, 15]) {
      await page.goToCell({ spreadsheetId: PRODUCT_OPS, sheetId: 0, row, column: 1 });
      await page.untilInSight(row);
    }
    assert.equal((await page.scrollState()).sheetViewStartColumn, sheetViewStartColumn);
    await page.change(PRODUCT_OPS, [{ updateSheetProperties: {
      properties: { sheetId: 0, gridProperties: { frozenRowCount: 1 } }, fields: 'gridProperties.frozenRowCount',
    } }]);
    await page.close();
  });
}

for (const [where, viewport, leastEntries] of [
  ['in a large window', { width: 1440, height: 900 }, 5], ['at 200 % zoom', { width: 720, height: 450 }, 1], ['on a narrow screen', { width: 360, height: 740 }, 1],
]) {
  test(`the list and the rows can be read ${where}`, async () => {
    const page = await demo.open({ viewport });
    await page.clickWorkbook('Product Ops');
    await page.untilMenuIsFree();
    await page.selectRange('A2:A13');
    await page.choose('🧠 Roadmap AI', 'Score selected');
    await page.list().waitFor();
    assert.ok(await page.entriesInSight() >= leastEntries, `${await page.entriesInSight()} entries in sight`);
    assert.ok(await page.isInSight(2), 'a row below the header');
    await page.list().locator('li').last().scrollIntoViewIfNeeded();
    assert.ok(await page.list().locator('li').last().isVisible());
    await page.closePage();
    assert.ok(await page.isInSight(3));
    await page.close();
  });
}
