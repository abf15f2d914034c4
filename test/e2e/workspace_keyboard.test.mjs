// The workspace without a mouse: a PM's whole day by keys, every part of the page reached and left by them, and what is
// typed while the service is away.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from './bounded_waits.mjs';
import { BACKLOG, INTAKE_EMEA, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';
import { placeOfCell } from './workspace_geometry.mjs';

const MENU = '🧠 Roadmap AI';

let demo;
let page;
let scoring;
before(async () => {
  demo = await WorkspaceDemo.start();
  page = await demo.open({ viewport: { width: 1440, height: 900 } });
  scoring = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  page.forbidMouse();
});
after(async () => {
  await page?.close();
  await demo?.stop();
});

/** Chooses an item of the menu by its letters, as in any menu, and waits until it is over. */
async function run(job, { answer } = {}) {
  await page.untilMenuIsFree(); // it is made anew for each workbook
  await page.press('Alt+/');
  await page.untilMenuHasKeyboard(); // else letters go into the grid
  await page.pressUntilFocused(job[0].toLowerCase(), job);
  await page.press('Enter');
  if (answer) {
    await page.dialog().waitFor();
    await page.press(...answer);
  }
  await page.untilMenuIsFree();
}

/** Leaves what a job has opened, with Escape. */
async function leavePage() {
  if (await page.page.locator('.html-dialog').count() === 0) return;
  await page.press('Escape');
  await page.page.locator('.html-dialog').waitFor({ state: 'detached' });
}

/** Goes to a cell through the box above the grid's corner or by arrows; here by Ctrl+Home and arrows. */
async function goTo(a1) {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(a1);
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  await page.press('Control+Home', ...Array(row - 1).fill('ArrowDown'), ...Array(column - 1).fill('ArrowRight'));
  assert.deepEqual(await page.selectedRanges(), [a1]);
}

async function toWorkbook(name) {
  await page.press('F6');
  await page.pressUntilFocused('ArrowRight', name);
  await page.press('Escape');
  await page.untilGridHasKeyboard();
}

/** The same, and its menu has come. */
async function toWorkbookWithMenu(name) {
  await toWorkbook(name);
  await page.untilMenuIsFree();
}

test('the grid has the keyboard from the start, and keys go where they go in Google Sheets', async () => {
  assert.ok(await page.gridHasKeyboard(), 'a page that is ready has it');
  const besideFrozen = () => page.page.evaluate(placeOfCell, ['C2', false]);
  const start = await besideFrozen();
  await page.press('ArrowDown', 'ArrowRight', 'ArrowRight');
  assert.deepEqual(await page.selectedRanges(), ['C2']);
  await page.press('Home');
  assert.deepEqual(await page.selectedRanges(), ['A2']);
  const stored = await page.stored(BACKLOG, 'Backlog');
  const lastColumn = Object.values(await page.columns(BACKLOG, 'Backlog')).at(-1);
  await page.press('End');
  assert.deepEqual(await page.selectedRanges(), [`${lastColumn}2`]);
  await page.press('Control+End');
  assert.deepEqual(await page.selectedRanges(), [`${lastColumn}${stored.length}`]);
  await page.press('Control+Home');
  assert.deepEqual(await page.selectedRanges(), ['A1']);
  // Key and title are frozen: what stands beside them is what is meant.
  await until('the start of the tab in sight', async () => (await besideFrozen()).x === start.x && (await besideFrozen()).y === start.y);
  await page.press('End', 'Home');
  await until('the start of the row in sight', async () => (await besideFrozen()).x === start.x);
  await page.press('Control+Home');
  await page.press('PageDown');
  const [below] = await page.selectedRanges();
  assert.match(below, /^A(1[5-9]|[2-4]\d)$/);
  await page.press('PageUp');
  assert.deepEqual(await page.selectedRanges(), ['A1']);
  await page.press('ArrowDown', 'ArrowRight', 'Shift+Space');
  assert.deepEqual(await page.selectedRanges(), ['2:2']);
  await page.press('Control+Home', 'ArrowRight', 'Control+Space');
  assert.deepEqual(await page.selectedRanges(), ['B:B']);
  await page.press('Control+Home');
});

test('Ctrl+F finds texts one after the other, and Escape goes back to the cell that was found', async () => {
  await page.press('Control+f');
  await page.type('checkout');
  const titles = (await page.stored(BACKLOG, 'Backlog')).flatMap((row, index) => row.map((value, column) => [value, index, column]))
    .filter(([value]) => String(value).toLowerCase().includes('checkout')).map(([, row, column]) => `${String.fromCharCode(65 + column)}${row + 1}`);
  assert.ok(titles.length > 0, 'the demo has a checkout');
  await page.untilSelected(titles[0]);
  await page.press('Enter');
  await page.untilSelected(titles[1 % titles.length]);
  await page.press('Shift+Enter');
  await page.untilSelected(titles[0]);
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  assert.deepEqual(await page.selectedRanges(), [titles[0]]);
});

test('every part around the grid is reached with Tab and left with Escape; the page is no trap', async () => {
  await page.press('F6');
  const reached = [];
  for (let presses = 0; presses < 60 && !(await page.gridHasKeyboard()); presses += 1) {
    reached.push(await page.focusedName());
    await page.press('Tab');
  }
  assert.ok(await page.gridHasKeyboard(), reached.join(', '));
  assert.deepEqual(['Help', 'Console', MENU, 'Bold', 'Sort sheet A to Z'].filter((name) => !reached.includes(name)), [], reached.join(', '));
  assert.deepEqual(reached.filter((name) => name === ''), [], 'each has a name');
  await page.press('F6', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
  assert.equal(await page.gridHasKeyboard(), false);
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  await page.press('Alt+/', 'Escape');
  await page.untilGridHasKeyboard();
});

test('the keyboard goes to nothing outside the window, backwards neither', async () => {
  await page.untilMenuIsFree();
  await page.press('Alt+/');
  await page.untilMenuHasKeyboard();
  const outside = [];
  for (let presses = 0; presses < 60 && !(await page.gridHasKeyboard()); presses += 1) {
    await page.press('Shift+Tab');
    if (!(await page.gridHasKeyboard()) && !(await page.focusIsInWindow())) outside.push(await page.focusedName());
  }
  assert.deepEqual(outside, []);
  await page.press('F6', 'Escape');
  await page.untilGridHasKeyboard();
});

test('Enter edits the cell at its end, Enter again takes that and goes down', async () => {
  await goTo('C3');
  await page.type('by autumn');
  await page.press('Enter');
  assert.deepEqual(await page.selectedRanges(), ['C4']);
  await page.press('ArrowUp', 'Enter');
  await page.type(', surely');
  await page.press('Enter');
  assert.deepEqual(await page.selectedRanges(), ['C4']);
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C3'), [['by autumn, surely']]);
  await page.press('Control+z', 'Control+z');
  await page.saved();
  // In a range it goes from cell to cell, as in Google Sheets.
  await goTo('C3');
  await page.press('Shift+ArrowDown', 'Enter');
  assert.deepEqual(await page.selectedRanges(), ['C3:C4']);
});

test('Space ticks the checkboxes that are selected and unticks them, and no key puts text in one by chance', async () => {
  await toWorkbook('Product Ops');
  await page.press('Alt+ArrowDown', 'Alt+ArrowDown');
  const { approved } = await page.columns(PRODUCT_OPS, 'Params');
  const stored = () => page.stored(PRODUCT_OPS, `Params!${approved}2:${approved}4`);
  const before = await stored();
  await goTo(`${approved}2`);
  await page.press('Space');
  await page.saved();
  assert.deepEqual(await stored(), [[!before[0][0]], ...before.slice(1)]);
  await page.press('Enter', 'ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Space');
  await page.saved();
  assert.deepEqual(await stored(), [[before[0][0]], [before[0][0]], [before[0][0]]]);
  await page.press('Control+z', 'Control+Shift+z', 'Control+z', 'Control+z');
  await page.saved();
  assert.deepEqual(await stored(), before);
  await page.press('Control+Shift+z', 'Control+Shift+z');
  await page.saved();
  assert.deepEqual(await stored(), [[before[0][0]], [before[0][0]], [before[0][0]]]);
  await page.press('Control+z', 'Control+z');
  await page.saved();
  // Whatever else is selected, and wherever in the selection the keyboard is.
  await goTo(`${approved}3`);
  await page.press('F2');
  assert.equal(await page.isEditing(), false, 'there is no text to edit');
  const flipped = ([value]) => [!value];
  for (const [keys, changed] of [
    [['Shift+Space'], [before[0], flipped(before[1]), before[2]]],
    [['Shift+ArrowUp', 'Shift+ArrowLeft'], [flipped(before[1]), flipped(before[1]), before[2]]],
    [['Control+Space'], before.map(() => flipped(before[1]))],
  ]) {
    await goTo(`${approved}3`);
    await page.press(...keys, 'Space');
    assert.equal(await page.isEditing(), false, `${keys} and Space type nothing`);
    await page.saved();
    assert.deepEqual(await stored(), changed, keys.join());
    await page.press('Control+z');
    await page.saved();
    assert.deepEqual(await stored(), before);
  }
  await page.press('Control+Home', 'Alt+ArrowUp', 'Alt+ArrowUp');
});

test('Shift+Tab and Shift+Enter go left and up, take what is being typed, and go round inside a range', async () => {
  await toWorkbook('Central Backlog');
  const before = await page.stored(BACKLOG, 'Backlog!C5:C6');
  await goTo('D6');
  await page.press('Shift+Tab');
  assert.deepEqual(await page.place(), { ...await page.place(), cell: 'C6', ranges: ['C6'] });
  await page.press('Shift+Enter');
  assert.deepEqual(await page.selectedRanges(), ['C5']);
  await page.press('ArrowDown', 'Enter');
  await page.type(' typed on');
  await page.press('Shift+Enter');
  await page.untilSelected('C5');
  await page.untilGridHasKeyboard();
  await page.type('typed over');
  await page.press('Shift+Tab');
  await page.untilSelected('B5');
  await page.untilGridHasKeyboard();
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C5:C6'), [['typed over'], [`${before[1][0]} typed on`]]);
  await page.press('Control+z', 'Control+z');
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C5:C6'), before);
  for (const [key, cells] of [['Shift+Tab', ['D6', 'C6', 'D5', 'C5']], ['Shift+Enter', ['D6', 'D5', 'C6', 'C5']]]) {
    await goTo('C5');
    await page.press('Shift+ArrowDown', 'Shift+ArrowRight');
    for (const cell of cells) {
      await page.press(key);
      await page.untilActive(cell);
      assert.deepEqual(await page.selectedRanges(), ['C5:D6']);
    }
  }
  await page.press('Control+Home', 'Shift+Tab', 'Shift+Enter');
  assert.equal((await page.place()).cell, 'A1', 'there is nothing before it');
});

test('a filter is made, opened and taken away by keys; its values have names', async () => {
  await toWorkbookWithMenu('Product Ops');
  await goTo('B3');
  await page.press('Alt+/');
  await page.untilMenuHasKeyboard();
  await page.pressUntilNamed('Tab', 'Filter');
  await page.press('Enter', 'Escape');
  await page.untilGridHasKeyboard();
  await page.press('Control+Alt+r');
  await page.untilFocusIsCalled('Find values');
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  assert.equal(await page.page.locator('[data-u-comp=sheets-filter-panel]').count(), 0);
  await page.press('Control+Alt+r');
  await page.untilFocusIsCalled('Find values');
  const [, ...titles] = (await page.stored(PRODUCT_OPS, 'Scoring_Inputs!B:B')).map(([title]) => title);
  const [first] = [...titles].sort();
  await page.pressUntilNamed('Tab', first);
  await page.press('Space');
  await page.pressUntilNamed('Tab', 'Confirm');
  await page.press('Enter');
  await page.untilFiltered('Scoring_Inputs', [titles.indexOf(first) + 1]);
  await page.untilGridHasKeyboard();
  await page.press('Control+Shift+L');
  await page.saved();
  assert.deepEqual(await page.filteredRows('Scoring_Inputs'), []);
});

test('axe finds nothing on the page, with its help and with the find bar open', async () => {
  assert.deepEqual(await page.accessibilityTroubles('body'), []);
  await page.press('Control+f');
  assert.deepEqual(await page.accessibilityTroubles('header'), []);
  await page.press('Escape', 'F6', 'Tab');
  assert.equal(await page.focusedName(), 'Help');
  await page.press('Enter');
  assert.deepEqual(await page.accessibilityTroubles('#help'), []);
  await page.picture('help');
  await page.press('Escape');
  await page.untilGridHasKeyboard();
});

test('a PM\'s day by keys: a wish comes in, is found in the list of what is new, inputs are typed, scored, switched, saved, published', async () => {
  await toWorkbook('ideas EMEA');
  const intake = await page.columns(INTAKE_EMEA, 'Marketing_EMEA');
  const row = (await page.stored(INTAKE_EMEA, 'Marketing_EMEA')).length + 1;
  await goTo(`${intake.Title}${row}`);
  await page.type('Gift cards by mail');
  await page.press('Enter');
  await page.saved();

  await toWorkbook('Central Backlog');
  await run('See latest intake');
  await page.untilToast('1 new initiative came in: Gift cards by mail.');
  await page.list().waitFor();
  assert.match(await page.list().innerText(), /^New in the backlog \(1\)\s+Row \d+ · INIT-\d+\s+Gift cards by mail/);
  assert.ok(await page.gridHasKeyboard(), 'what is typed next goes into the grid');
  await page.press('F6');
  await page.untilListHasKeyboard();
  await page.press('Shift+Tab', 'Shift+Tab', 'Enter');
  await page.untilOutcome('Copied');
  assert.match(await page.clipboard(), /New in the backlog\nRow \d+ · INIT-\d+\tGift cards by mail\n/);
  assert.deepEqual(await page.accessibilityTroublesOfList(), []);
  const [, addedRow] = /Row (\d+) ·/.exec(await page.list().innerText());
  await toWorkbook('Product Ops');
  await page.press('F6');
  await page.untilListHasKeyboard();
  await page.press('Tab', 'Enter');
  await page.untilSelected(`A${addedRow}`);
  await page.untilGridHasKeyboard();
  assert.equal(await page.page.locator('#workbooks [aria-selected=true]').innerText(), 'Central Backlog');
  await leavePage();
  await page.untilGridHasKeyboard();

  await toWorkbook('Product Ops');
  await goTo(`${scoring['RICE: Effort']}2`);
  await page.type('5');
  await page.press('Enter');
  await page.saved();
  await page.press('Control+Home', 'ArrowDown', 'Shift+Space', 'Shift+ArrowDown');
  await run('Score selected');
  await page.untilToast('2 initiatives scored');
  await leavePage();
  await page.untilCell(`${scoring.Status}2`, /^OK/);
  await page.untilGridHasKeyboard();

  await goTo(`${scoring['Active Scoring Framework']}2`);
  await page.type('RICE');
  await page.press('Enter');
  await page.saved();
  await page.press('ArrowUp');
  await run('Switch framework');
  await page.untilToast('1 initiative switched.');
  await page.untilCell(`${scoring['Active: Overall Score']}2`, await page.value(`${scoring['RICE: Overall Score']}2`));

  await page.press('Alt+ArrowDown');
  assert.equal(await page.sheetInFront(), 'MathModels');
  await page.press('Control+Home', 'ArrowDown');
  await run('Save selected');
  await page.untilToast('1 initiative saved.');
  await page.press('Alt+ArrowUp');
  assert.equal(await page.sheetInFront(), 'Scoring_Inputs');

  await toWorkbook('Central Backlog');
  await run('Update Backlog', { answer: ['Enter'] });
  await page.untilToast('of the Central Backlog');
  await leavePage();
  await page.untilGridHasKeyboard();
});

test('a framework is typed letter by letter, though its list of choices opens at the first one', async () => {
  await toWorkbook('Product Ops');
  const cell = `${scoring['Active Scoring Framework']}3`;
  const before = await page.value(cell);
  await goTo(cell);
  const wanted = before === 'RICE' ? 'WSJF' : 'RICE';
  await page.type(wanted[0]);
  await page.page.getByText('Select an item').waitFor();
  await page.type(wanted.slice(1));
  await page.press('Enter');
  await page.saved();
  assert.equal(await page.value(cell), wanted);
  await page.press('Control+z');
  await page.saved();
  assert.equal(await page.value(cell), before);
});

test('arrows walk the choices of a dropdown, Enter and Tab take the one that is marked, Escape none', async () => {
  const column = scoring['Active Scoring Framework'];
  const cell = `${column}3`;
  const before = await page.value(cell);
  const marked = page.page.locator('[role=option][aria-selected=true]');
  const choose = async (...keys) => {
    await page.press('Enter');
    await page.page.locator('[role=listbox] [role=option]').first().waitFor();
    await page.press(...keys);
  };
  await goTo(cell);
  await choose('ArrowUp');
  const last = await marked.innerText();
  await page.press('ArrowDown');
  assert.equal(await marked.innerText(), last, 'the list ends there');
  await page.press('Escape');
  await page.untilGridHasKeyboard();
  assert.equal(await page.value(cell), before, 'nothing was taken');
  const choices = ['RICE', 'WSJF', 'MATH_MODEL'];
  for (const [index, wanted] of choices.entries()) {
    await choose(...Array(index + 1).fill('ArrowDown'));
    assert.equal(await marked.innerText(), wanted);
    await page.press('Enter');
    await page.saved();
    assert.deepEqual([await page.value(cell), await page.selectedRanges()], [wanted, [cell]]);
  }
  await choose('ArrowUp', 'Enter'); // what the cell has already
  await page.page.locator('[role=option]').first().waitFor({ state: 'detached' });
  await page.untilGridHasKeyboard();
  assert.equal(await page.value(cell), 'MATH_MODEL');
  await choose('ArrowDown', 'ArrowDown', 'ArrowUp', 'Tab');
  await page.saved();
  assert.equal(await page.value(cell), 'RICE');
  assert.notDeepEqual(await page.selectedRanges(), [cell], 'Tab goes on');
  for (let changes = before === 'RICE' ? 3 : 4; changes > 0; --changes) await page.press('Control+z');
  await page.saved();
  await page.assertEqualToStored(PRODUCT_OPS, 'Scoring_Inputs');
});

test('the list that a job has opened takes no key from the grid, is reached with F6 and closed with Escape from either', async () => {
  await toWorkbook('Product Ops');
  const effort = `${scoring['RICE: Effort']}2`;
  const before = await page.value(effort);
  await goTo(effort);
  await page.type('a while');
  await page.press('Enter', 'ArrowUp');
  await page.saved();
  const openList = async () => {
    await run('Score selected');
    await page.list().waitFor();
    assert.match(await page.list().innerText(), /^Not done \(1\)/);
  };
  await openList();
  // Without a look at where the keyboard is: as a PM goes on typing.
  await page.type('6');
  await page.press('Enter');
  await page.untilCell(effort, 6);
  assert.deepEqual(await page.selectedRanges(), [`${scoring['RICE: Effort']}3`]);
  await page.press('F6');
  await page.untilListHasKeyboard();
  await page.press('F6');
  assert.equal(await page.focusedName(), 'Product Ops');
  await page.press('F6');
  await page.untilGridHasKeyboard();
  await page.press('F6');
  await page.untilListHasKeyboard();
  await leavePage();
  await page.untilGridHasKeyboard();

  await page.type('no');
  await page.press('Enter', 'ArrowUp');
  await page.saved();
  await openList();
  await leavePage();
  assert.ok(await page.gridHasKeyboard());
  assert.deepEqual(await page.shownToasts(), []);
  await page.press('Control+z');
  await page.saved();
  await goTo(effort);
  await page.type(String(before));
  await page.press('Enter');
  await page.saved();
});

test('Alt+/ while a cell is being typed into takes what was typed and opens the menu; the selection stays', async () => {
  await toWorkbook('Central Backlog');
  await goTo('C3');
  for (const [begin, text] of [[[], 'next spring'], [['F2'], ' or later']]) {
    await page.press(...begin);
    await page.type(text);
    await page.press('Alt+/');
    await page.untilMenuHasKeyboard();
    await page.press('Escape');
    await page.untilGridHasKeyboard();
    assert.deepEqual(await page.selectedRanges(), ['C3']);
  }
  await page.saved();
  assert.deepEqual(await page.stored(BACKLOG, 'Backlog!C3'), [['next spring or later']]);
});

test('the tab in front and the filter are there again after the page was loaded anew, the filter for everybody', async () => {
  await toWorkbook('Product Ops');
  await page.press('Alt+ArrowDown', 'Alt+ArrowDown');
  assert.equal(await page.sheetInFront(), 'Params');
  await page.filter('Params', 'A', ['INIT-000007']);
  const hidden = await page.filteredRows('Params');
  assert.ok(hidden.length > 0, 'some rows are filtered out');
  await page.saved();
  const keys = (await page.stored(PRODUCT_OPS, 'Params!A2:A')).map(([key = '']) => key);
  const others = [...new Set([...keys, ''])].filter((key) => key !== 'INIT-000007').sort();
  const params = async () => (await page.api(`/v4/spreadsheets/${PRODUCT_OPS}?fields=sheets(properties,basicFilter)`))
    .sheets.find(({ properties }) => properties.title === 'Params');
  assert.deepEqual((await params()).basicFilter.filterSpecs, [{ columnIndex: 0, filterCriteria: { hiddenValues: others } }], 'blank cells too');
  page.takeChanges();
  await page.reload();
  assert.equal(await page.sheetInFront(), 'Params');
  assert.deepEqual(await page.filteredRows('Params'), hidden);
  assert.deepEqual(page.takeChanges(), [], 'what is read is not sent back');
  await page.unfilter('Params');
  await page.saved();
  const { basicFilter, properties: { sheetId } } = await params();
  assert.equal(basicFilter, undefined);
  // Another program's filter appears, and goes.
  const filter = { range: { sheetId }, filterSpecs: [{ columnIndex: 0, filterCriteria: { hiddenValues: ['INIT-000007'] } }] };
  await page.change(PRODUCT_OPS, [{ setBasicFilter: { filter } }]);
  await page.untilFiltered('Params', keys.flatMap((key, index) => (key === 'INIT-000007' ? [index + 1] : [])));
  await page.change(PRODUCT_OPS, [{ clearBasicFilter: { sheetId } }]);
  await page.untilFiltered('Params', []);
});

test('what is typed while the service is away is kept, said in words, and saved when it is back', async () => {
  await toWorkbookWithMenu('Central Backlog'); // a menu that does not come is another test's
  const letter = (await page.columns(BACKLOG, 'Backlog')).Title;
  const before = await page.stored(BACKLOG, `Backlog!${letter}2:${letter}4`);
  await page.cutConnection();
  await goTo(`${letter}2`);
  for (const [title, kept] of [['Typed in a tunnel', '1 change'], ['And another', '2 changes'], ['And a third', '3 changes']]) {
    await page.type(title);
    await page.press('Enter');
    await page.untilState(`No connection: ${kept} kept here`);
  }
  await page.untilToast('The service does not answer. What you type is kept on this page and saved as soon as it answers again.');
  await page.picture('outage');
  await page.press('Alt+/', 'Enter');
  await page.untilToast('See latest intake needs the service. It does not answer at the moment; what you type is kept');
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${letter}2:${letter}4`), before, 'nothing has arrived');
  assert.equal(await page.value(`${letter}3`), 'And another', 'and nothing is taken back');
  await page.restoreConnection();
  await page.untilState('All changes saved');
  await page.untilToast('The service answers again. What you typed meanwhile is saved.');
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${letter}2:${letter}4`), [['Typed in a tunnel'], ['And another'], ['And a third']]);
  await page.assertEqualToStored(BACKLOG, 'Backlog');
  page.forgive(/Failed to load resource: net::ERR_/);
});

test('a workbook that is first looked at while the service is away gets its menu when it is back, and no error before', async () => {
  await page.reload(); // no menu of another workbook is known yet
  await page.cutConnection();
  await toWorkbook('ideas APAC');
  await page.untilComplaint(/net::ERR_/);
  assert.equal(await page.dialog().count(), 0, 'no dialog');
  await page.restoreConnection();
  await page.untilMenuIsFree();
  assert.equal(await page.dialog().count(), 0, 'no dialog');
  page.forgive(/Failed to load resource: net::ERR_/);
});

test('nothing was asked of another machine, and the browser had nothing to complain about', (t) => {
  t.diagnostic(`${page.steps} keys`);
  assert.deepEqual(page.foreignRequests(), []);
  assert.deepEqual(page.troubles, []);
});
