// The operator's story in the console, against the demo's example workbooks.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { launchBrowser, OperatorPage } from './operator_page.mjs';

const SECRET = 'console-test-0123456789abcdef';
const HEADERS = { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json' };
// The pages, each with what is there once it is complete.
const VIEWS = { Runs: 'tbody tr', Initiatives: 'tbody tr', Compare: '.chart.ranks', 'Start a run': '.action-form' };
const HOSTILE_TITLE = '<img src=x onerror="document.title=1"><b>bold</b>';

let demo;
let browser;
let steps = 0;

before(async () => {
  demo = await RoadmapdProcess.start(['demo', '--port', '0'], { ROADMAP_AI_SECRET: SECRET });
  await untilIdle();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  console.log(`${steps} steps in the browser`);
});

/** Waits until the demo's own story has run, so that what the tests start comes last. */
async function untilIdle() {
  const { run_id: runId } = await post({ action: 'pm.backlog_sync' });
  let run;
  do {
    run = await (await fetch(`${demo.url}/actions/run/${runId}?wait=20`, { headers: HEADERS })).json();
  } while (!run.finished_at);
  assert.equal(run.status, 'success');
}

async function post(body) {
  const response = await fetch(`${demo.url}/actions/run`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
  assert.equal(response.status, 202);
  return response.json();
}

/** Runs `story` in a browser where the operator is logged in; anything against the page's policy fails. */
async function asOperator(story, options = {}, path = '/') {
  const page = await OperatorPage.open(browser, demo.url, path, options);
  try {
    await page.logIn(SECRET);
    await page.heading(/./);
    await page.page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link').first().waitFor();
    await story(page);
  } finally {
    steps += page.steps;
    await page.close();
  }
}

/** What a person types into a cell of the demo's workbooks. */
async function typeIntoSheet(spreadsheet, range, value) {
  const target = `${demo.url}/v4/spreadsheets/${spreadsheet}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`;
  const response = await fetch(target, {
    method: 'PUT', headers: { 'X-Roadmap-Workspace': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ values: [[value]] }),
  });
  assert.equal(response.status, 200, await response.text());
}

test('a wrong secret is refused with the reason, the right one opens the console', async () => {
  const page = await OperatorPage.open(browser, demo.url);
  await page.heading('Log in');
  await page.logIn('not the secret');
  assert.match(await page.text('[role=alert]'), /The secret is wrong/);
  await page.logIn(SECRET);
  await page.heading('Runs');
  const cookies = await page.context.cookies();
  assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })),
    [{ name: 'roadmapd_session', httpOnly: true, sameSite: 'Strict' }]);
  await page.page.reload();
  await page.heading('Runs');
  await page.click(page.page.getByRole('button', { name: 'Log out' }));
  await page.heading('Log in');
  await page.page.reload();
  await page.heading('Log in');
  steps += page.steps;
  await page.close();
});

test('runs appear while somebody looks, with gauges, counts and filters', async () => {
  await asOperator(async (page) => {
    const before = (await page.rows('Runs, newest first')).length;
    assert.ok(before >= 3);
    const { run_id: runId } = await post({ action: 'flow0.intake_sync', requested_by: { ui: 'curl', user_email: 'night@example.com' } });
    await page.page.locator(`a[href="#/run/${runId}"]`).waitFor();
    for (const gauge of ['Queue', 'Workers', 'Reads of sheets', 'Writes of sheets']) {
      assert.match(await page.page.getByRole('meter', { name: gauge }).getAttribute('aria-valuetext'), /^\d+ of [\d,]+ /);
    }
    await page.type(page.page.getByLabel('User'), 'night@example.com');
    await page.press('Enter');
    await page.page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    assert.match((await page.rows('Runs, newest first'))[0][0], /flow0\.intake_sync/);
    await page.choose(page.page.getByLabel('Status'), 'failed');
    await page.page.getByText('No run fits.').waitFor();
    assert.match(page.page.url(), /status=failed/);
    await page.page.goBack();
    await page.page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await page.click(page.page.locator('a.count', { hasText: 'success' }));
    await page.page.waitForFunction(() => document.querySelector('a.count[aria-current]'));
  });
});

test('older runs are a page away', async () => {
  for (let i = 0; i < 26; i += 1) await post({ action: 'flow0.intake_sync', requested_by: { ui: 'curl', user_email: `reader-${i}@example.com` } });
  await asOperator(async (page) => {
    const first = (await page.rows('Runs, newest first'))[0][4];
    await page.click(page.page.getByRole('link', { name: 'Older' }));
    await page.page.getByRole('link', { name: 'Newest' }).waitFor();
    assert.ok(!(await page.rows('Runs, newest first')).some((row) => row[4] === first));
    await page.click(page.page.getByRole('link', { name: 'Newest' }));
    await page.page.waitForFunction((user) => document.querySelector('tbody tr')?.innerText.includes(user), first);
  });
});

test('a run shows its timeline, each row and the exact request', async () => {
  await asOperator(async (page) => {
    await page.choose(page.page.getByLabel('Action'), 'pm.backlog_sync');
    await page.page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => row.innerText.includes('pm.backlog_sync')));
    await page.click(page.page.locator('tbody a').last());
    await page.heading('See latest intake');
    const timeline = await page.text('.timeline');
    for (const state of ['queued', 'running', 'success']) assert.match(timeline, new RegExp(state));
    assert.match(timeline, /Reading/);
    await page.choose(page.page.getByLabel('Which rows'), 'failed');
    const failed = await page.rows('How it went for each row');
    assert.ok(failed.some((row) => row[3].includes("'abc' is not a number")), JSON.stringify(failed));
    assert.match(await page.text('pre'), /"action": "pm\.backlog_sync"/);
  });
});

test('an action is tried out first, shows old and new of each cell, and only then runs', async () => {
  await typeIntoSheet('demo-intake-emea', 'Marketing_EMEA!B2', 'Loyalty points at every till');
  await asOperator(async (page) => {
    await page.goTo('Start a run');
    await page.choose('#action', 'pm.backlog_sync');
    await page.heading('Start a run');
    assert.equal(await page.page.getByRole('button', { name: 'Run it' }).count(), 0);
    await page.click(page.page.getByRole('button', { name: 'Dry run' }));
    await page.page.getByRole('button', { name: 'Run it' }).waitFor();
    const plan = await page.rows(/Cells that would change on Backlog/);
    assert.ok(plan.some((row) => row[4] === 'Loyalty points at every till' && row[3] !== row[4]), JSON.stringify(plan));
    await page.click(page.page.getByRole('button', { name: 'Run it' }));
    await page.heading('See latest intake');
    await page.page.locator('.run-head .badge.success').waitFor();
    assert.match(await page.text('pre'), /"dry_run": false/);
    await page.click(page.page.getByRole('link', { name: 'Start one like it' }));
    await page.heading('Start a run');
    assert.equal(await page.page.locator('#action').inputValue(), 'pm.backlog_sync');
  });
});

test('a form that lacks what the action needs says so, and so does what the service refuses', async () => {
  await asOperator(async (page) => {
    await page.goTo('Start a run');
    await page.choose('#action', 'pm.save_selected');
    await page.page.getByLabel('Initiative keys').waitFor();
    await page.click(page.page.getByRole('button', { name: 'Dry run' }));
    assert.match(await page.text('[role=alert]'), /Name at least one initiative key/);
    await page.type(page.page.getByLabel('Initiative keys'), 'INIT-999999');
    await page.click(page.page.getByRole('button', { name: 'Dry run' }));
    await page.page.getByRole('table', { name: 'How it went for each row' }).waitFor();
    assert.match((await page.rows('How it went for each row'))[0].join(' '), /INIT-999999.*failed/);
  });
});

test('what people typed into a cell is text on every page, never markup', async () => {
  await typeIntoSheet('demo-intake-emea', 'Marketing_EMEA!B3', HOSTILE_TITLE);
  await untilIdle();
  await asOperator(async (page) => {
    await page.goTo('Initiatives');
    await page.type(page.page.getByLabel('Search'), 'onerror');
    await page.click(page.page.getByRole('link', { name: HOSTILE_TITLE }));
    await page.heading(HOSTILE_TITLE);
    assert.equal(await page.page.locator('main img, main b:text("bold")').count(), 0);
    assert.notEqual(await page.page.title(), '1');
  });
});

test('an initiative shows each score with its explanation and its history', async () => {
  await asOperator(async (page) => {
    await page.goTo('Initiatives');
    await page.choose(page.page.getByLabel('Order by'), 'RICE');
    await page.click(page.page.locator('tbody a').first());
    const card = page.page.getByRole('article').filter({ has: page.page.getByRole('heading', { name: /^RICE/ }) });
    await card.waitFor();
    assert.match(await card.innerText(), /overall/);
    assert.match(await card.innerText(), /reach/i);
    await page.page.getByRole('img', { name: /^RICE: overall score over/ }).waitFor();
    await page.click(page.page.getByText('The figures as a table'));
    assert.ok((await page.rows('Scores over time, newest first')).length > 0);
    await page.click(page.page.getByText('Every stored field'));
    assert.match(await page.text('details[open] .facts'), /./);
  });
});

test('value against effort and the ranks of the frameworks are drawn, with tables that say the same', async () => {
  await asOperator(async (page) => {
    await page.goTo('Compare');
    for (const framework of ['RICE', 'WSJF', 'Math model']) {
      await page.click(page.page.getByLabel(framework, { exact: true }));
      await page.page.getByRole('img', { name: new RegExp(`^${framework}: value against effort`) }).waitFor();
    }
    await page.click(page.page.getByLabel('RICE', { exact: true }));
    const dots = await page.page.locator('.dot').count();
    await page.click(page.page.getByText('The figures as a table'));
    assert.equal((await page.rows('RICE: value and effort')).length, dots);
    await page.click(page.page.getByText('The ranks as a table'));
    assert.ok((await page.rows('Ranks in each framework')).length > 1);
    await page.click(page.page.locator('.dot').first());
    await page.page.waitForURL(/#\/initiative\//);
  });
});

test('everything is reached with the keyboard alone, and focus is seen', async () => {
  const page = await OperatorPage.open(browser, demo.url);
  await page.heading('Log in');
  await page.press(...SECRET, 'Enter');
  await page.heading('Runs');
  await page.page.reload();
  await page.heading('Runs');
  await page.press('Tab');
  assert.equal(await page.page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.press('Tab', 'Tab', 'Tab', 'Enter');
  await page.heading('Initiatives');
  await page.page.locator('tbody a').first().waitFor();
  assert.equal(await page.page.evaluate(() => document.activeElement.id), 'main');
  for (let i = 0; i < 12 && !(await focusIsIn(page, 'tbody')); i += 1) await page.press('Tab');
  const outline = await page.page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid');
  await page.press('Enter');
  await page.page.waitForURL(/#\/initiative\//);
  steps += page.steps;
  await page.close();
});

const focusIsIn = (page, selector) => page.page.evaluate((inside) => document.activeElement.closest(inside) !== null, selector);

for (const [name, options] of Object.entries({
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'phone width': { colorScheme: 'light', viewport: { width: 360, height: 740 } },
})) {
  test(`axe finds nothing and nothing is cut off: ${name}`, async () => {
    const login = await OperatorPage.open(browser, demo.url, '/', options);
    await login.heading('Log in');
    assert.deepEqual(await login.accessibilityProblems(), []);
    await login.close();
    await asOperator(async (page) => {
      const look = async (view) => {
        assert.deepEqual(await page.accessibilityProblems(), [], view);
        assert.equal(await page.overflow(), 0, `${view} is too wide`);
      };
      for (const [view, complete] of Object.entries(VIEWS)) {
        await page.goTo(view);
        await page.page.locator(complete).first().waitFor();
        await look(view);
      }
      await page.click(page.page.getByRole('button', { name: 'Dry run' }));
      await page.page.locator('.outcome .badge').first().waitFor();
      await look('Dry run');
      await page.goTo('Initiatives');
      await page.click(page.page.locator('tbody a').first());
      await page.page.getByRole('region', { name: 'Scores' }).waitFor();
      await look('Initiative');
      await page.goTo('Runs');
      await page.click(page.page.locator('tbody a').first());
      await page.page.getByRole('region', { name: 'Timeline' }).waitFor();
      await look('Run');
    }, options);
  });
}

test('the colours are a choice that is remembered', async () => {
  await asOperator(async (page) => {
    const ground = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.choose(page.page.getByLabel('Colours'), 'dark');
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.page.reload();
    await page.heading('Runs');
    assert.equal(await ground(), dark);
  }, { colorScheme: 'light' });
});

test('a service that is gone is said, and the console goes on when it is back', async () => {
  await asOperator(async (page) => {
    await page.context.setOffline(true);
    await page.page.getByText('The service does not answer. Is it running?').waitFor();
    await page.context.setOffline(false);
    await page.page.getByText('The service does not answer. Is it running?').waitFor({ state: 'detached' });
    page.troubles = page.troubles.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'));
  });
});
