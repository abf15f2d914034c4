// The workspace page in a browser, used as a person uses it: with mouse and keyboard. What stands in the cells is read
// from the spreadsheet on the page, and from the emulator behind it.

import assert from 'node:assert/strict';

import axe from 'axe-core';
import { chromium } from 'playwright-core';

import { boundWaits, inTime, until, WAIT_MS } from './bounded_waits.mjs';
import { WorkspaceBackend } from './workspace_backend.mjs';
import { placeOfCell } from './workspace_geometry.mjs';

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WITHOUT_BACKGROUND_TRAFFIC = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const VIEWPORT = { width: 1280, height: 800 };
const OPEN_MS = 90_000; // the page is large, and the machine may be busy
const LOOK_MS = 2_000;
const LOOKS = /\/workspace\/config\.json$/;
const READS = /\/v4\/spreadsheets\/[^/:?]+\?.*rowData/;

export function launchBrowser() {
  return chromium.launch({ executablePath: BROWSER, args: WITHOUT_BACKGROUND_TRAFFIC });
}

/** Runs in the page: messages go by themselves, faster than a busy machine can look. */
function rememberToasts() {
  if (window !== window.top) return; // a page of the menu code
  window.toldToasts = [];
  document.addEventListener('DOMContentLoaded', () => {
    const remember = (records) => records.forEach(({ addedNodes }) => addedNodes.forEach((toast) => window.toldToasts.push(toast.textContent)));
    new MutationObserver(remember).observe(document.getElementById('toasts'), { childList: true });
  });
}

export class WorkspacePage extends WorkspaceBackend {
  /** Opens the page and waits until every workbook is there. `url` is the service's; `script` runs in the page before its own. */
  static async open(browser, url, { path = '/workspace', viewport = VIEWPORT, script } = {}) {
    const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    const self = new WorkspacePage(context, await context.newPage(), url);
    await self.page.addInitScript(rememberToasts);
    if (script) await self.page.addInitScript(script);
    await self.page.goto(url + path, { timeout: OPEN_MS });
    await self.#untilReady();
    await self.#recognize();
    return self;
  }

  /** Everything is there, or the page says why it cannot be. */
  async #untilReady() {
    try {
      await this.page.waitForSelector('body[data-ready=true], #broken:not([hidden])', { state: 'attached', timeout: OPEN_MS });
      assert.equal(await this.page.locator('#broken').isVisible(), false);
    } catch (error) {
      throw new Error(`the page did not get ready: ${await this.#story()}`, { cause: error });
    }
  }

  /** What happened so far, for whoever must find out why it did not go on. */
  async #story() {
    const asked = this.requests.map(([method, url]) => `${method} ${url}`).join('\n  ');
    return `${await this.page.locator('body').innerText()}\ncomplaints: ${this.troubles.join('\n')}\nrequests:\n  ${asked}\nunanswered: ${[...this.open].map((request) => request.url()).join(' ')}`;
  }

  constructor(context, page, url) {
    super(url);
    this.context = context;
    this.page = page;
    boundWaits(page);
    this.steps = 0; // clicks and keys so far
    this.troubles = []; // console errors, page errors, failed requests
    this.requests = []; // [method, url, body]
    page.on('console', (message) => { if (message.type() === 'error') this.troubles.push(message.text()); });
    page.on('pageerror', (error) => this.troubles.push(error.stack));
    page.on('request', (request) => this.requests.push([request.method(), request.url(), request.postData()]));
    this.polls = new Set(); // long polls that wait for an answer
    const isPoll = (request) => request.url().includes('/_emulator/revisions?since=');
    page.on('request', (request) => { if (isPoll(request)) this.polls.add(request); });
    this.open = new Set(); // requests without an answer
    page.on('request', (request) => this.open.add(request));
    for (const end of ['requestfinished', 'requestfailed']) {
      page.on(end, (request) => {
        this.polls.delete(request);
        this.open.delete(request);
      });
    }
  }

  close() {
    return inTime('the end of the page', this.context.close());
  }

  /** Takes complaints of the browser that a test provoked off the list; there must be one. */
  forgive(pattern) {
    assert.ok(this.troubles.some((text) => pattern.test(text)), `no complaint matches ${pattern}`);
    this.troubles = this.troubles.filter((text) => !pattern.test(text));
  }

  untilComplaint(pattern) {
    return until(`a complaint of ${pattern}`, () => this.troubles.some((text) => pattern.test(text)), () => this.troubles.join('\n'));
  }

  /** Addresses that were asked for outside the service; data: and blob: are inside the page. */
  foreignRequests() {
    return this.requests.map(([, url]) => url).filter((url) => !url.startsWith(`${this.url}/`) && !/^(data|blob):/.test(url));
  }

  /** Changes that were sent to the Sheets API since the last call: [path, body]. */
  takeChanges() {
    const sent = this.requests.filter(([method, url]) => method === 'POST' && url.startsWith(`${this.url}/v4/`));
    this.requests = this.requests.filter((request) => !sent.includes(request));
    return sent.map(([, url, body]) => [new URL(url).pathname, JSON.parse(body)]);
  }

  // Keys and clicks

  async press(...keys) {
    for (const key of keys) {
      this.steps += 1;
      await this.#press(key);
    }
  }

  /** The browser does not acknowledge a key to a frame that the key itself has closed. */
  async #press(key) {
    let gone;
    const frameGone = new Promise((resolve) => { gone = () => resolve('gone'); });
    this.page.on('framedetached', gone);
    try {
      const pressed = this.page.keyboard.press(key);
      pressed.catch(() => {}); // it may be abandoned
      // What is held down is let go: Playwright would take it for held from now on, and say so with each key that follows.
      if (await Promise.race([pressed, frameGone]) === 'gone') for (const part of key.split('+').reverse()) await this.page.keyboard.up(part);
    } finally {
      this.page.off('framedetached', gone);
    }
  }

  async type(text) {
    this.steps += 1;
    await this.page.keyboard.type(text);
  }

  async #click(locator, options) {
    this.steps += 1;
    await locator.click({ timeout: WAIT_MS, ...options });
  }

  async clickWorkbook(name) {
    await this.#click(this.page.getByRole('tab', { name, exact: true }));
    await this.page.waitForFunction((wanted) => {
      const { spreadsheet, tabs } = window.workspace;
      const front = document.querySelector('#workbooks [aria-selected=true]').textContent;
      return front === wanted && spreadsheet.api.getActiveWorkbook().getId() === tabs.selected;
    }, name, { timeout: WAIT_MS });
  }

  /** A tab of the workbook in front, in the bar below the grid. */
  async clickSheet(name) {
    await this.#click(this.page.locator('[data-u-comp=slide-tab-bar] [data-u-comp=slide-tab-item]', { hasText: name }));
    await this.page.waitForFunction((title) => {
      const { api } = window.workspace.spreadsheet;
      return api.getActiveWorkbook().getActiveSheet().getSheetName() === title;
    }, name, { timeout: WAIT_MS });
  }

  /** Where a cell is on the screen, scrolled into view first. */
  #placeOf(a1, { scroll = true } = {}) {
    return this.page.evaluate(placeOfCell, [a1, scroll]);
  }

  async clickCell(a1, options) {
    const { x, y } = await this.#placeOf(a1);
    this.steps += 1;
    await this.page.mouse.click(x, y, options);
    if (!options) assert.deepEqual(await this.selectedRanges(), [a1], 'the cell that was clicked is selected');
  }

  async doubleClickCell(a1) {
    const { x, y } = await this.#placeOf(a1);
    this.steps += 1;
    await this.page.mouse.dblclick(x, y);
  }

  /** Drags from one cell to another; with `modifier` held ("Control" adds a second range). */
  async dragCells(from, to, modifier) {
    const start = await this.#placeOf(from);
    const end = await this.#placeOf(to, { scroll: false });
    this.steps += 1;
    if (modifier) await this.page.keyboard.down(modifier);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 });
    await this.page.mouse.move(end.x, end.y, { steps: 3 });
    await this.page.mouse.up();
    if (modifier) await this.page.keyboard.up(modifier);
  }

  /** Selects whole rows by their numbers, as a person drags over the row headers. */
  async dragRowHeaders(first, last, modifier) {
    const start = await this.#placeOf(`A${first}`);
    const end = await this.#placeOf(`A${last}`, { scroll: false });
    this.steps += 1;
    if (modifier) await this.page.keyboard.down(modifier);
    await this.page.mouse.move(start.left + 12, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(start.left + 12, (start.y + end.y) / 2, { steps: 3 });
    await this.page.mouse.move(start.left + 12, end.y, { steps: 3 });
    await this.page.mouse.up();
    if (modifier) await this.page.keyboard.up(modifier);
  }

  /** Drags a row by its number below another one. */
  async dragRow(row, below) {
    const { left, y } = await this.#placeOf(`A${row}`);
    const to = await this.#placeOf(`A${below}`, { scroll: false });
    this.steps += 2;
    await this.page.mouse.click(left + 12, y);
    await this.untilSelected(`${row}:${row}`);
    await this.page.mouse.move(left + 14, y + 1);
    await this.page.mouse.down();
    await this.page.mouse.move(left + 14, (y + to.y) / 2, { steps: 4 });
    await this.page.mouse.move(left + 14, to.y + to.height / 2 - 2, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Right-clicks a row's header and chooses what the menu there offers. */
  async chooseForRow(row, entry) {
    const { left, y } = await this.#placeOf(`A${row}`);
    this.steps += 1;
    await this.page.mouse.click(left + 12, y, { button: 'right' });
    // Entries hold inputs, so that their middle is no place to click.
    await this.#click(this.page.getByRole('button').filter({ hasText: entry }).last(), { position: { x: 14, y: 14 } });
  }

  /** What *Paste* of a cell's menu does; the browser lets the test read the clipboard. */
  pasteByMenu() {
    this.steps += 1;
    return this.page.evaluate(() => window.workspace.spreadsheet.api.executeCommand('univer.command.paste', { value: 'default-paste' }));
  }

  /** Right-clicks a tab of the workbook in front and chooses what the menu there offers. */
  async chooseForTab(tab, entry) {
    await this.#click(this.page.locator('[data-u-comp=slide-tab-item]', { hasText: tab }), { button: 'right' });
    await this.#click(this.page.locator('.univer-popup').getByText(entry, { exact: true }).last());
  }

  /** Sorts the tab by the selected column through the toolbar: 'Sort sheet A to Z' or 'Sort sheet Z to A'. */
  async sortByToolbar(entry) {
    await this.#click(this.page.getByRole('button', { name: entry, exact: true }).first());
    await this.saved();
  }

  /** Right-clicks the head of a column and chooses what the menu there offers. */
  async chooseForColumn(letter, entry) {
    const { x, top } = await this.#placeOf(`${letter}1`);
    this.steps += 1;
    await this.page.mouse.click(x, top + 10, { button: 'right' });
    await this.#click(this.page.getByRole('button').filter({ hasText: entry }).last(), { position: { x: 14, y: 14 } });
    await this.saved();
  }

  /** Opens a cell's dropdown by its arrow and picks a choice. */
  async pickFromDropdown(a1, choice) {
    await this.clickCell(a1);
    const { x, y, width } = await this.#placeOf(a1);
    this.steps += 1;
    await this.page.mouse.click(x + width / 2 - 8, y);
    await this.#click(this.page.getByText(choice, { exact: true }).last());
  }

  /** Drags the small square at the selection's lower right corner down to another cell. */
  async dragFillHandle(from, to) {
    const start = await this.#placeOf(from);
    const end = await this.#placeOf(to, { scroll: false });
    this.steps += 1;
    await this.page.mouse.move(start.x + start.width / 2 - 1, start.y + start.height / 2 - 1);
    await this.page.mouse.down();
    await this.page.mouse.move(start.x, (start.y + end.y) / 2, { steps: 3 });
    await this.page.mouse.move(end.x, end.y, { steps: 3 });
    await this.page.mouse.up();
  }

  /** Types over a cell: click, type, Enter. */
  async typeInto(a1, text) {
    await this.clickCell(a1);
    await this.type(text);
    await this.press('Enter');
    await this.saved();
  }

  async choose(menu, entry) {
    await this.#click(this.page.getByRole('menuitem', { name: menu }));
    await this.#click(this.page.getByRole('menuitem', { name: entry, exact: true }));
  }

  async pressDialogButton(name) {
    await this.#click(this.page.getByRole('alertdialog').getByRole('button', { name, exact: true }));
  }

  /** Puts the keyboard on a menu, as Tab does. */
  focusMenu(menu) {
    return this.page.getByRole('menuitem', { name: menu }).focus();
  }

  /** Stops the script that the notice says is running. */
  async pressCancel() {
    await this.#click(this.page.locator('#running').getByRole('button', { name: 'Cancel' }));
  }

  /** From now on a click is a failure of the test. */
  forbidMouse() {
    const { mouse } = this.page;
    for (const name of ['click', 'dblclick', 'down', 'move']) mouse[name] = () => assert.fail('the mouse was used');
  }

  /** Loads the page anew, as the browser's own button does. */
  async reload() {
    await this.page.reload({ timeout: OPEN_MS });
    await this.#untilReady();
    await this.#recognize();
  }

  /** The page has loaded itself anew since it was opened, reloaded or last asked for here, and is ready. */
  async untilRenewed() {
    const isRenewed = async () => !(await this.page.evaluate(() => window.isKnownToTest).catch(() => true));
    await until('a page that was loaded anew', isRenewed, () => this.#story());
    await this.#untilReady();
    await this.#recognize();
  }

  #recognize() {
    return this.page.evaluate(() => { window.isKnownToTest = true; });
  }

  /** Shows only rows of a tab that have one of these values in a column. */
  filter(tab, letter, values) {
    return this.page.evaluate(([title, column, wanted]) => {
      const sheet = window.workspace.spreadsheet.api.getActiveWorkbook().getSheetByName(title);
      const filter = sheet.getRange(0, 0, sheet.getLastRow() + 1, sheet.getLastColumn() + 1).createFilter();
      const index = sheet.getRange(`${column}1`).getColumn();
      filter.setColumnFilterCriteria(index, { colId: index, filters: { filters: wanted } });
    }, [tab, letter, values]);
  }

  unfilter(tab) {
    return this.page.evaluate((title) => {
      window.workspace.spreadsheet.api.getActiveWorkbook().getSheetByName(title).getFilter().remove();
    }, tab);
  }

  untilFiltered(tab, rows) {
    const seen = () => this.filteredRows(tab);
    return until(`rows ${rows} of ${tab} filtered out`, async () => (await seen()).join() === rows.join(), seen);
  }

  filteredRows(tab) {
    return this.page.evaluate((title) => {
      const sheet = window.workspace.spreadsheet.api.getActiveWorkbook().getSheetByName(title);
      return sheet.getFilter()?.getFilteredOutRows() ?? [];
    }, tab);
  }

  // What is seen

  sheetInFront() {
    return this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getSheetName());
  }

  /** Keys go to the cells. */
  gridHasKeyboard() {
    return this.page.evaluate(() => document.activeElement.dataset.uComp === 'editor' && document.getElementById('grid').contains(document.activeElement));
  }

  untilGridHasKeyboard() {
    const seen = () => this.page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
    return until('the keyboard in the grid', () => this.gridHasKeyboard(), seen);
  }

  /** What is selected in the tab in front, the cell that keys go to and how far the tab is scrolled. */
  place() {
    return this.page.evaluate(() => {
      const sheet = window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet();
      const selection = sheet.getSelection();
      const { actualRow, actualColumn } = selection.getCurrentCell() ?? {};
      return {
        ranges: selection.getActiveRangeList().map((range) => range.getA1Notation()),
        cell: actualRow === undefined ? undefined : sheet.getRange(actualRow, actualColumn).getA1Notation(),
        scroll: sheet.getScrollState(),
      };
    });
  }

  untilActive(a1) {
    return until(`the keyboard in ${a1}`, async () => (await this.place()).cell === a1, async () => JSON.stringify(await this.place()));
  }

  /** A cell is being typed into. */
  isEditing() {
    return this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().isCellEditing());
  }

  openMenus() {
    return this.page.locator('.menu-bar [role=menu]:not([hidden])').count();
  }

  /** What the line above the grid says of the selected row; empty where there is none. */
  untilRowStatus(text) {
    const line = this.page.locator('#row-status');
    const shown = async () => ((await line.isVisible()) ? line.innerText() : '');
    return until(`the line ${text}`, async () => (await shown()) === text, shown);
  }

  shownToasts() {
    return this.page.locator('.toast > div').allInnerTexts();
  }

  untilMenuHasKeyboard() {
    const seen = () => this.page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
    return until('the keyboard in the menu', () => this.page.evaluate(() => document.activeElement.closest('[role=menu]') !== null), seen);
  }

  /** Presses the key until what is called so has the keyboard; there are not more than that many stops. */
  async pressUntilFocused(key, name) {
    for (let presses = 0; presses < 30; ++presses) {
      if (await this.focused() === name) return;
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${name}; the keyboard is at ${await this.focused()}`);
  }

  untilListHasKeyboard() {
    return until('the keyboard in the list', () => inTime(
      'an answer of the list', this.list().evaluate((list) => document.activeElement === list)));
  }

  /** What a screen reader calls the element with the keyboard. */
  focusedName() {
    return this.page.evaluate(() => {
      const { activeElement: element } = document;
      const label = document.getElementById(element.getAttribute('aria-labelledby'));
      return element.ariaLabel || (label ?? element).textContent.trim();
    });
  }

  /** Presses the key until a screen reader calls what has the keyboard so; there are not more than that many stops. */
  async pressUntilNamed(key, name) {
    for (let presses = 0; presses < 60; ++presses) {
      if (await this.focusedName() === name) return;
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${name}; the keyboard is at ${await this.focusedName()}`);
  }

  untilFocusIsCalled(name) {
    return until(`the keyboard at ${name}`, async () => (await this.focusedName()) === name, () => this.focusedName());
  }

  /** The element with the keyboard can be seen; the page itself counts. */
  focusIsInWindow() {
    return this.page.evaluate(() => {
      const { left, top, right, bottom } = document.activeElement.getBoundingClientRect();
      return right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight;
    });
  }

  /** Cells of the tab in front that are marked as not valid, among these. */
  markedAmong(cells) {
    return this.page.evaluate((references) => {
      const { current, spreadsheet } = window.workspace;
      const sheet = spreadsheet.api.getActiveWorkbook().getActiveSheet();
      return references.filter((reference) => {
        const range = sheet.getRange(reference);
        return current.view.marks.getValue(current.id, sheet.getSheetId(), range.getRow(), range.getColumn()) === 'invalid';
      });
    }, cells);
  }

  untilMarked(cells, marked) {
    const seen = () => this.markedAmong(cells);
    return until(`marks at ${marked}`, async () => (await seen()).join() === marked.join(), seen);
  }

  clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async accessibilityTroublesOfList() {
    const frame = this.page.frames().find((one) => one !== this.page.mainFrame());
    await inTime('axe in the list', frame.evaluate(axe.source));
    const look = async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })).violations;
    const violations = await inTime('what axe says of the list', frame.evaluate(look));
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  untilSelected(a1) {
    return until(`the selection of ${a1}`, async () => (await this.selectedRanges()).join() === a1);
  }

  untilState(text) {
    const shown = () => this.page.locator('#state').innerText();
    return until(`the state ${text}`, async () => (await shown()) === text, shown);
  }

  /** Opens a menu and returns what it offers. */
  async menuEntries(menu) {
    const button = this.page.getByRole('menuitem', { name: menu });
    await this.#click(button);
    return this.page.locator('.menu-bar [role=menu]:not([hidden]) [role=menuitem]').allInnerTexts();
  }

  /** What axe finds wrong in those parts of the page, one line each. */
  async accessibilityTroubles(...selectors) {
    await this.page.evaluate(axe.source);
    const violations = await this.page.evaluate(async (include) => (await window.axe.run({ include })).violations, selectors.map((one) => [one]));
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  /** What the element with the keyboard says. */
  focused() {
    return this.page.evaluate(() => document.activeElement.textContent);
  }

  untilDialogSays(text) {
    return this.dialog().filter({ hasText: text }).waitFor({ timeout: WAIT_MS });
  }

  dialog() {
    return this.page.getByRole('alertdialog');
  }

  async untilToast(text) {
    const wasTold = async () => (await this.#toasts()).some((told) => told.includes(text));
    await until(`the message ${text}`, wasTold, () => this.outcome());
  }

  /** A toast or the list of the outcome says so. */
  async untilOutcome(text) {
    const pattern = text instanceof RegExp ? text : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    await until(`a word of ${pattern}`, async () => pattern.test(await this.outcome()));
  }

  /** What the toasts say, and the list of the outcome where one is open. */
  async outcome() {
    const toasts = await this.#toasts();
    const frames = this.page.frames().filter((frame) => frame !== this.page.mainFrame());
    // A frame that comes or goes has no text, and may never answer.
    const textOf = (frame) => inTime('the text of a frame', frame.evaluate(() => document.body.innerText), LOOK_MS);
    const lists = await Promise.all(frames.map((frame) => textOf(frame).catch(() => '')));
    return [...toasts, ...lists].join('\n');
  }

  /** Every message since they were closed, those that have gone by themselves too. */
  #toasts() {
    return this.page.evaluate(() => window.toldToasts);
  }

  /** The list of the outcome, opened by the last job. */
  list() {
    return this.page.frameLocator('.html-dialog iframe').getByRole('region', { name: 'All of it' });
  }

  /** How many entries of the list can be seen whole. */
  entriesInSight() {
    return this.list().evaluate((list) => {
      const box = list.getBoundingClientRect();
      const bottom = Math.min(box.bottom, window.innerHeight);
      const isWhole = (entry) => entry.getBoundingClientRect().top >= box.top && entry.getBoundingClientRect().bottom <= bottom;
      return [...list.querySelectorAll('li')].filter(isWhole).length;
    });
  }

  /** Selects cells of the tab in front where a test is not about how. */
  selectRange(a1) {
    return this.page.evaluate((reference) => {
      window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getRange(reference).activate();
    }, a1);
  }

  /** Clicks the first entry of the list with that name; it leads to its row. */
  followEntry(name) {
    return this.#click(this.list().getByRole('button', { name }).first());
  }

  /** Clicks the last entry of the list that leads to a row, and answers its name. */
  async followLastEntry() {
    const entry = this.list().getByRole('button').last();
    const name = await entry.innerText();
    await this.#click(entry);
    return name;
  }

  /** Whether the tab in front shows that row. */
  isInSight(row) {
    return this.page.evaluate((index) => {
      const { startRow, endRow } = window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getVisibleRange();
      return index >= startRow && index <= endRow;
    }, row - 1);
  }

  /** The tab in front shows that row, its first one below the frozen ones too. */
  untilInSight(row) {
    const isFirst = () => this.page.evaluate((index) => {
      const sheet = window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet();
      return sheet.getScrollState().sheetViewStartRow + sheet.getFrozenRows() === index;
    }, row - 1);
    return until(`row ${row} in sight`, async () => (await isFirst()) || this.isInSight(row), async () => JSON.stringify(await this.scrollState()));
  }

  scrollState() {
    return this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getScrollState());
  }

  /** Goes to a cell as an entry of a job's list does; row and column count from 1. */
  goToCell(place) {
    return this.page.evaluate((cell) => window.workspace.goToCell(cell), place);
  }

  untilFrozenColumns(count) {
    const seen = () => this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getFrozenColumns());
    return until(`${count} frozen columns`, async () => (await seen()) === count, seen);
  }

  /** The grid is drawn as wide as the window is now. */
  untilGridFits() {
    const widths = () => this.page.evaluate(() => [...document.querySelectorAll('#grid, [id^=univer-sheet-main-canvas]')]
      .map((one) => Math.round(one.getBoundingClientRect().width)));
    return until('a grid as wide as the window', async () => new Set((await widths()).filter((width) => width > 0)).size === 1, widths);
  }

  untilFrozenRows(count) {
    const seen = () => this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet().getFrozenRows());
    return until(`${count} frozen rows`, async () => (await seen()) === count, seen);
  }

  async closePage() {
    const close = this.page.locator('.html-dialog .close');
    if (await close.count() > 0) await this.#click(close);
  }

  async closeToasts() {
    // One may go by itself while it is about to be closed.
    for (const toast of await this.page.locator('.toast .close').all()) await toast.click({ timeout: 2_000 }).catch(() => {});
    await this.page.evaluate(() => { window.toldToasts = []; });
  }

  /** The menu is idle again. */
  async untilMenuIsFree() {
    await this.page.waitForSelector('.menu-bar:not(.busy) .menu-button', { timeout: WAIT_MS });
  }

  /** What the person did is on the server, and the page shows what the server made of it. */
  async saved() {
    await this.page.evaluate(async () => {
      await new Promise((resolve) => { setTimeout(resolve, 0); });
      await window.workspace.settle();
    });
  }

  /** What the grid holds in that cell of the tab in front. */
  value(a1) {
    return this.page.evaluate((reference) => {
      const sheet = window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet();
      return sheet.getRange(reference).getValue() ?? '';
    }, a1);
  }

  untilCheckbox(a1) {
    return until(`a checkbox in ${a1}`, () => this.page.evaluate((reference) => {
      const { current, spreadsheet } = window.workspace;
      const sheet = spreadsheet.api.getActiveWorkbook().getActiveSheet();
      const range = sheet.getRange(reference);
      return current.view.isCheckbox(sheet.getSheetId(), range.getRow(), range.getColumn());
    }, a1));
  }

  /** What was copied on the page is on the clipboard. */
  untilCopied() {
    return until('a copy on the clipboard', () => this.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return item.types.includes('text/html') && (await (await item.getType('text/html')).text()).includes('data-copy-id');
    }));
  }

  untilNoPoll() {
    return until('the end of the long poll', () => this.polls.size === 0);
  }

  /** Tells the page that its tab was put behind another, or in front again. */
  pretendVisibility(state) {
    return this.page.evaluate((wanted) => {
      Object.defineProperty(document, 'visibilityState', { value: wanted, configurable: true });
      Object.defineProperty(document, 'hidden', { value: wanted === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  }

  /** Resolves when the cell shows that text or number; fails with what it shows instead. */
  async untilCell(a1, wanted) {
    const isWanted = (value) => (wanted instanceof RegExp ? wanted.test(String(value)) : value === wanted);
    let value;
    await until(`${a1} with ${wanted}`, async () => isWanted(value = await this.value(a1)), () => `it shows ${JSON.stringify(value)}`);
    return value;
  }

  selectedRanges() {
    return this.page.evaluate(() => window.workspace.spreadsheet.api.getActiveWorkbook().getActiveSheet()
      .getSelection().getActiveRangeList().map((range) => range.getA1Notation()));
  }

  // The service behind the page

  /** Lets runs stay as they are: every look at one is told that it still runs. */
  holdJobs() {
    return this.page.context().route('**/actions/run/*', async (route) => {
      const response = await route.fetch({ url: route.request().url().replace(/wait=\d+/, 'wait=0') });
      const run = await response.json();
      await route.fulfill({ response, json: { ...run, status: 'running', finished_at: null, progress: { step: 'read', label: 'Reading intake sheets', done: 1, total: 4 } } });
    });
  }

  /** Lets every start of a run wait for its answer. */
  async silenceService() {
    this.unanswered = [];
    await this.page.context().route('**/actions/run', (route) => { this.unanswered.push(route); });
  }

  async letServiceSpeak() {
    await this.page.context().unroute('**/actions/run');
    // The script that asked is gone; its requests may be too.
    for (const route of this.unanswered) await route.abort().catch(() => {});
  }

  /** What the page reads of cells does not arrive until `letReadsGo()`; what it writes does. */
  async holdReads() {
    const mayGo = new Promise((resolve) => { this.letReadsGo = resolve; });
    await this.page.route(READS, async (route) => {
      await mayGo;
      await route.fallback();
    });
  }

  /** The page does not hear who answers until `letLooksGo()`, but where a click asks. */
  async holdLooks() {
    await this.pretendVisibility('hidden');
    await this.untilNoPoll(); // now nothing is asked that could be held in place of the next look
    this.heldLooks = [];
    await this.page.route(LOOKS, (route) => { this.heldLooks.push(route); });
    await this.pretendVisibility('visible');
    await until('a look at who answers', () => this.heldLooks.length > 0);
    await this.page.unroute(LOOKS);
  }

  async letLooksGo() {
    for (const route of this.heldLooks) await route.abort().catch(() => {}); // the page that asked is gone perhaps
  }

  /** A change of that kind has left the page. */
  untilSent(kind) {
    return until(`a change by ${kind}`, () => this.requests.some(([, , body]) => body?.includes(`"${kind}"`)));
  }

  /** Nobody answers any more: what is asked breaks off, what waits for an answer too. */
  async cutConnection() {
    await this.page.route('**/*', (route) => route.abort('connectionrefused'));
    await this.page.evaluate(() => window.dispatchEvent(new Event('offline')));
  }

  restoreConnection() {
    return this.page.unroute('**/*');
  }

  /** A look that is being answered is answered to its end. */
  letJobsGo() {
    return this.page.context().unrouteAll({ behavior: 'wait' });
  }

  /** Every cell of the tab in front, as the Sheets API would render it: [rows of values, rows of formulas]. */
  shown() {
    return this.page.evaluate(() => {
      const { current, spreadsheet } = window.workspace;
      const subUnitId = spreadsheet.api.getActiveWorkbook().getActiveSheet().getSheetId();
      const sheet = current.view.sheet(subUnitId);
      const rows = [];
      for (let row = 0; row < sheet.getRowCount(); row += 1) {
        const cells = [];
        for (let column = 0; column < sheet.getColumnCount(); column += 1) {
          const cell = current.view.cell(subUnitId, row, column);
          const rich = cell?.p?.body.dataStream.replace(/\r\n$/, '').replaceAll('\r', '\n');
          const isBool = cell?.t === 3 || (current.view.isCheckbox(subUnitId, row, column) && (cell?.v === 0 || cell?.v === 1));
          const value = rich ?? cell?.v ?? '';
          cells.push({
            value: isBool && value !== '' ? value === 1 || value === true : value,
            formula: current.view.sharedFormula(subUnitId, row, column) ?? cell?.f ?? '',
          });
        }
        rows.push(cells);
      }
      return rows;
    });
  }

  /** The tab in front holds, cell by cell, what the emulator holds. */
  async assertEqualToStored(workbook, tab) {
    const differences = async () => {
      await this.saved();
      const [shown, values, formulas] = await Promise.all([
        this.shown(), this.stored(workbook, `'${tab}'`), this.stored(workbook, `'${tab}'`, 'FORMULA'),
      ]);
      return shown.flatMap((row, r) => row.flatMap(({ value, formula }, c) => {
        const stored = values[r]?.[c] ?? '';
        const typed = formulas[r]?.[c] ?? '';
        const storedFormula = typeof typed === 'string' && typed.startsWith('=') && typed !== stored ? typed : '';
        return value === stored && formula === storedFormula
          ? [] : [`row ${r + 1} column ${c + 1}: page ${JSON.stringify([value, formula])}, stored ${JSON.stringify([stored, storedFormula])}`];
      }));
    };
    // The page learns after the emulator what a typed text became.
    let found;
    await until('the same cells on the page as in the workbook', async () => (found = await differences()).length === 0,
      () => `${found.length} cells differ:\n${found.slice(0, 10).join('\n')}`);
  }

  /** Takes a picture for the guides where WORKSPACE_PICTURES names a folder. */
  async picture(name) {
    const folder = process.env.WORKSPACE_PICTURES;
    if (folder) await this.page.screenshot({ path: `${folder}/workspace-${name}.png` });
  }
}
