// The console and the docs page in a browser, used as an operator uses them. Whatever the pages do against their own
// policy (a blocked script or style, a request to another host, an error in the console) is kept and fails a test.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

import { boundWaits, inTime } from './bounded_waits.mjs';

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const QUIET_BROWSER = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launchBrowser() {
  return chromium.launch({ executablePath: BROWSER, args: QUIET_BROWSER });
}

export class OperatorPage {
  /** A browser of its own, with nobody logged in. `options` are Playwright's for a context. */
  static async open(browser, url, path = '/', options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    const self = new OperatorPage(context, await context.newPage(), url);
    await self.#watch();
    await self.page.goto(url + path);
    return self;
  }

  constructor(context, page, url) {
    this.context = context;
    this.page = page;
    this.url = url;
    this.steps = 0; // clicks, keys and texts typed so far
    this.troubles = []; // violations, errors, foreign requests
    boundWaits(page);
  }

  async #watch() {
    const { page, troubles } = this;
    await page.exposeFunction('reportViolation', (text) => troubles.push(`policy: ${text}`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    }));
    page.on('pageerror', (error) => troubles.push(`error: ${error.stack}`));
    page.on('console', (message) => {
      // A refused request is said in the console too; tests look at what the page says about it.
      const isRefusal = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
      if (message.type() === 'error' && !isRefusal) troubles.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const target = request.url();
      if (!target.startsWith(`${this.url}/`) && !/^(data|blob):/.test(target)) troubles.push(`foreign request: ${target}`);
    });
  }

  assertNoTrouble() {
    assert.deepEqual(this.troubles, []);
  }

  async close() {
    await inTime('the end of the page', this.context.close());
    this.assertNoTrouble();
  }

  // What a person does

  async click(target) {
    this.steps += 1;
    await this.#locate(target).click();
  }

  async type(target, text) {
    this.steps += 1;
    await this.#locate(target).fill(text);
  }

  async choose(target, option) {
    this.steps += 1;
    await this.#locate(target).selectOption(option);
  }

  async press(...keys) {
    for (const key of keys) {
      this.steps += 1;
      await this.page.keyboard.press(key);
    }
  }

  async logIn(secret) {
    await this.type(this.page.getByLabel('Secret'), secret);
    await this.click(this.page.getByRole('button', { name: 'Log in' }));
  }

  async goTo(view) {
    this.steps += 1;
    await this.page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: view, exact: true }).click();
    await this.heading(view);
  }

  /** Opens an address of the console, as a bookmark does. */
  async open(hash) {
    this.steps += 1;
    await this.page.goto(`${this.url}/${hash}`);
  }

  // What the service says

  /** Lets `change` alter the JSON answers to requests that match `pattern`. */
  async answer(pattern, change) {
    await this.page.route(pattern, async (route) => {
      // Whole: what the page has already would be answered without a body.
      const { 'if-none-match': known, ...headers } = route.request().headers();
      const response = await route.fetch({ headers });
      const json = await response.json();
      change(json);
      await route.fulfill({ response, json });
    });
  }

  // What a person sees

  /** The lines of the CSV that a table's button gives. */
  async csv(caption) {
    this.steps += 1;
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: `${caption}: download as CSV` }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    assert.ok(text.startsWith('\ufeff') && text.endsWith('\r\n'));
    return text.slice(1, -2).split('\r\n');
  }

  /** Resolves when the view's heading shows this text. */
  async heading(text) {
    await this.page.getByRole('heading', { level: 1, name: text }).waitFor();
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  /** The texts of a table's cells, row by row, once it is there. */
  async rows(caption) {
    const rows = this.page.getByRole('table', { name: caption }).locator('tbody tr');
    await rows.first().waitFor();
    return rows.evaluateAll((all) =>
      all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  }

  /** Whether something is wider than the window. */
  async overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  /** What axe finds against WCAG 2.1 A and AA, in a line each. */
  async accessibilityProblems() {
    await this.page.evaluate(axeSource);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    }));
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`));
  }

  #locate(target) {
    return typeof target === 'string' ? this.page.locator(target) : target;
  }
}
