// The operator's story in the console, against the demo's example workbooks.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { until, WAIT_MS } from './bounded_waits.mjs';
import { launchBrowser, OperatorPage } from './operator_page.mjs';
import { ONE_REQUEST } from './workspace_backend.mjs';

const SECRET = 'console-test-0123456789abcdef';
const HEADERS = { 'X-ROADMAP-AI-SECRET': SECRET, ...ONE_REQUEST, 'Content-Type': 'application/json' };
// The pages, each with what is there once it is complete.
const VIEWS = { Runs: 'tbody tr', Initiatives: 'tbody tr', Compare: '.strips', 'Start a run': '.action-form' };
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
  await until(`the end of run ${runId}`, async () => {
    run = await (await fetch(`${demo.url}/actions/run/${runId}?wait=20`, { headers: HEADERS, signal: AbortSignal.timeout(WAIT_MS) })).json();
    return run.finished_at;
  }, () => JSON.stringify(run));
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
    method: 'PUT', headers: { 'X-Roadmap-Workspace': '1', ...ONE_REQUEST, 'Content-Type': 'application/json' }, body: JSON.stringify({ values: [[value]] }),
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

test('a session that has ended is said, and what logs in; one that is there again is found by who comes back', async () => {
  await asOperator(async (page) => {
    await page.open('#/runs?user=nobody%40');
    await page.page.getByText('No run fits.').waitFor();
    const session = await page.context.cookies();
    await page.context.clearCookies();
    await page.heading('Log in');
    assert.match(await page.text('.login'), /The session has ended: the service was started anew, or the session was too old\./);
    assert.equal(await page.page.locator('.login').getByRole('link', { name: 'workspace' }).getAttribute('href'), '/workspace');
    assert.deepEqual(await page.accessibilityProblems(), []);
    const comeBack = () => page.page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); });
    await page.type(page.page.getByLabel('Secret'), 'half of a');
    const looked = page.page.waitForResponse('**/session');
    await comeBack();
    await (await looked).finished();
    assert.equal(await page.page.getByLabel('Secret').inputValue(), 'half of a');
    await page.context.addCookies(session);
    await comeBack();
    await page.page.getByText('No run fits.').waitFor();
    assert.match(page.page.url(), /user=nobody/);
    await page.click(page.page.getByRole('button', { name: 'Log out' }));
    await page.heading('Log in');
    assert.doesNotMatch(await page.text('.login'), /ended/);
  });
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
    await page.type(page.page.getByLabel('User'), 'NIGHT@'); // a part of it, in any case
    await page.press('Enter');
    await page.page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    assert.match((await page.rows('Runs, newest first'))[0][0], /flow0\.intake_sync/);
    await page.choose(page.page.getByLabel('Status'), 'failed');
    await page.page.getByText('No run fits.').waitFor();
    assert.match(page.page.url(), /status=failed/);
    await page.page.reload();
    await page.page.getByText('No run fits.').waitFor();
    assert.equal(await page.page.getByLabel('User').inputValue(), 'NIGHT@');
    await page.page.goBack();
    await page.page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await page.click(page.page.locator('a.count', { hasText: 'success' }));
    await page.page.waitForFunction(() => document.querySelector('a.count[aria-current]'));
  });
});

test('the list says why rows failed, when with the time zone, and links into the sheet', async () => {
  const { run_id: runId } = await post({
    action: 'pm.save_selected', scope: { type: 'selection', initiative_keys: ['INIT-999999'] },
    sheet_context: { spreadsheet_id: 'demo-product-ops', tab: 'Scoring_Inputs' }, requested_by: { ui: 'curl', user_email: 'late@example.com' },
  });
  await asOperator(async (page) => {
    await page.open('#/runs?user=late%40');
    const row = page.page.locator('tbody tr').filter({ has: page.page.locator(`a[href="#/run/${runId}"]`) });
    await row.locator('.why').waitFor();
    const run = await (await fetch(`${demo.url}/actions/run/${runId}`, { headers: HEADERS })).json();
    assert.equal(await row.locator('.why').innerText(), run.result.raw.rows[0].message);
    // It ran to its end, and did not do what was asked for: in the list and on its own page.
    assert.equal(run.status, 'success');
    assert.match(await row.locator('.badge.partial').innerText(), /success, 1 row failed$/);
    assert.match(await row.locator('time').innerText(), /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|GMT|[A-Z]{3})/);
    assert.equal(await row.getByRole('link', { name: 'Scoring_Inputs' }).getAttribute('href'), '/workspace#demo-product-ops&tab=Scoring_Inputs');
    await page.open(`#/run/${runId}`);
    await page.page.locator('.run-head .badge', { hasText: 'success, 1 row failed' }).waitFor();
  });
});

test('failures are grouped by reason, within the filters, and a reload keeps that', async () => {
  for (const key of ['INIT-888881', 'INIT-888882']) {
    await post({
      action: 'pm.save_selected', scope: { type: 'selection', initiative_keys: [key] },
      sheet_context: { spreadsheet_id: 'demo-product-ops', tab: 'Scoring_Inputs' }, requested_by: { ui: 'curl', user_email: 'group@example.com' },
    });
  }
  await untilIdle();
  await asOperator(async (page) => {
    await page.open('#/runs?user=group%40');
    await page.page.locator('tbody tr').nth(1).waitFor();
    await page.click(page.page.getByRole('link', { name: 'Failures by reason' }));
    const groups = await page.rows('Failures by reason');
    assert.equal(groups.length, 1, JSON.stringify(groups));
    assert.deepEqual(groups[0].slice(1, 4), ['2', '2', 'group@example.com']);
    await page.page.reload();
    assert.equal((await page.rows('Failures by reason')).length, 1);
    await page.click(page.page.getByRole('link', { name: 'Save selected' }).last());
    await page.heading('Save selected');
    assert.equal(await page.page.getByLabel('Which rows').inputValue(), 'failed');
    await page.page.reload();
    await page.heading('Save selected');
    assert.equal(await page.page.getByLabel('Which rows').inputValue(), 'failed');
  });
});

test('a dry run is marked in the list as on its page, and no row of it counts as a failure', async () => {
  await post({
    action: 'pm.save_selected', scope: { type: 'selection', initiative_keys: ['INIT-888883'] }, options: { dry_run: true },
    sheet_context: { spreadsheet_id: 'demo-product-ops', tab: 'Scoring_Inputs' }, requested_by: { ui: 'curl', user_email: 'dry@example.com' },
  });
  await untilIdle();
  await asOperator(async (page) => {
    await page.open('#/runs?user=dry%40');
    await page.page.locator('tbody .badge.dry').waitFor();
    assert.equal(await page.text('tbody .badge.dry'), 'dry run, nothing was changed');
    await page.click(page.page.getByRole('link', { name: 'Failures by reason' }));
    await page.page.locator('.empty').waitFor();
    assert.match(await page.text('.empty'), /^Nothing failed\. The one run that fits was looked at, a dry run, which changes nothing\./);
    await page.open('#/runs?user=group%40');
    await page.page.locator('tbody tr').nth(1).waitFor();
    assert.equal(await page.page.locator('.badge.dry').count(), 0);
  });
});

test('a run is run again with exactly its request, a dry run first', async () => {
  const { run_id: runId } = await post({
    action: 'pm.save_selected', requested_by: { ui: 'curl', user_email: 'again@example.com' },
    scope: { type: 'selection', initiative_keys: ['INIT-000002'], rows: [{ row: 3, initiative_key: 'INIT-000002' }] },
    sheet_context: { spreadsheet_id: 'demo-product-ops', tab: 'Scoring_Inputs' },
  });
  await untilIdle();
  await asOperator(async (page) => {
    await page.open('#/runs?user=again%40');
    await page.click(page.page.getByRole('link', { name: `Run again: ${runId}` }));
    await page.heading('Run again: Save selected');
    assert.equal(await page.page.getByRole('button', { name: 'Run it' }).count(), 0);
    await page.click(page.page.getByRole('button', { name: 'Dry run' }));
    await page.click(page.page.getByRole('button', { name: 'Run it' }));
    await page.heading('Save selected');
    await page.page.locator('.run-head .badge.success').waitFor();
    const requestOf = async (id) => (await (await fetch(`${demo.url}/actions/run/${id}/record`, { headers: HEADERS })).json()).request;
    const [first, second] = [await requestOf(runId), await requestOf(page.page.url().split('/run/')[1])];
    assert.deepEqual({ ...second, options: { ...second.options, dry_run: false } }, { ...first, requested_by: second.requested_by, options: { ...first.options, dry_run: false } });
    assert.equal(second.requested_by.ui, 'console');
  });
});

test('throughput and failure rate are drawn for the chosen time, and said in words', async () => {
  await asOperator(async (page) => {
    const section = page.page.getByRole('region', { name: 'Runs over time' });
    await section.getByText(/^The last 24 hours: \d+ runs asked for(, \d+ an hour)?; \d+ runs? failed, .+ % of those that ended\.$/).waitFor();
    assert.equal(await section.getByRole('img').count(), 2);
    await page.choose(page.page.getByLabel('Asked'), 'hour');
    await section.getByText(/^The last hour:/).waitFor();
    await page.click(section.getByText('The figures as a table'));
    const periods = await page.rows('The last hour, oldest first');
    const [counted] = (await section.locator('.activity-text').innerText()).match(/\d+(?= runs? asked)/);
    assert.equal(periods.length, 12);
    assert.equal(periods.reduce((sum, row) => sum + Number(row[1]) + Number(row[2]) + Number(row[3]), 0), Number(counted));
  });
});

test('older runs are a page away', async () => {
  for (let i = 0; i < 26; i += 1) await post({ action: 'flow0.intake_sync', requested_by: { ui: 'curl', user_email: `reader-${i}@example.com` } });
  await asOperator(async (page) => {
    const first = (await page.rows('Runs, newest first'))[0][4];
    await page.click(page.page.getByRole('link', { name: 'Older' }));
    await page.page.getByRole('link', { name: '« Newest' }).waitFor();
    assert.ok(!(await page.rows('Runs, newest first')).some((row) => row[4] === first));
    await page.click(page.page.getByRole('link', { name: '« Newest' }));
    await page.page.waitForFunction((user) => document.querySelector('tbody tr')?.innerText.includes(user), first);
  });
});

test('a list is downloaded as CSV with every run that fits, not the page alone', async () => {
  await asOperator(async (page) => {
    await page.open('#/runs?user=reader-');
    await page.page.getByRole('link', { name: 'Older' }).waitFor();
    const lines = await page.csv('Runs, newest first');
    assert.equal(lines[0], 'Run,Action,Tab,Status,Asked,Took,By,Scope,Done,Skipped,Failed,Reason,Run id');
    assert.equal(lines.length, 1 + 26);
    assert.match(lines[1], /^Take intake over,flow0\.intake_sync,,\w+,\d{4}-\d\d-\d\dT[\d:.]+Z,/);
    assert.ok(lines.some((line) => line.includes('reader-0@example.com')));
  });
});

test('a run shows its timeline, each row and the exact request', async () => {
  await asOperator(async (page) => {
    await page.choose(page.page.getByLabel('Action'), 'pm.backlog_sync');
    await page.page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => row.innerText.includes('pm.backlog_sync')));
    await page.click(page.page.locator('tbody td:first-child a[href^="#/run/"]').last());
    await page.heading('See latest intake');
    const timeline = await page.text('.timeline');
    for (const state of ['queued', 'running', 'success']) assert.match(timeline, new RegExp(state));
    assert.match(timeline, /Reading/);
    await page.choose(page.page.getByLabel('Which rows'), 'skipped');
    const skipped = await page.rows('How it went for each row');
    assert.ok(skipped.some((row) => row[3].includes('no Title')), JSON.stringify(skipped));
    const rowNumber = skipped.find((row) => row[3].startsWith('Marketing_EMEA row '))[3].match(/row (\d+)/)[1];
    const link = page.page.getByRole('table', { name: 'How it went for each row' }).getByRole('link', { name: new RegExp(`^${rowNumber} `) });
    assert.equal(await link.first().getAttribute('href'), `/workspace#demo-intake-emea&tab=Marketing_EMEA&row=${rowNumber}`); // the tab that the message names
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
    assert.match(await page.text('.outcome .progress'), /dry run, nothing was changed/);
    assert.match(await page.text('.outcome .figures'), /would be done/);
    await page.click(page.page.getByRole('button', { name: 'Run it' }));
    await page.heading('See latest intake');
    await page.page.locator('.run-head .badge.success').waitFor();
    assert.equal(await page.page.locator('.badge.dry').count(), 0);
    assert.match(await page.text('pre'), /"dry_run": false/);
    await page.click(page.page.getByRole('link', { name: 'Start one like it' }));
    await page.heading('Start a run');
    assert.equal(await page.page.locator('#action').inputValue(), 'pm.backlog_sync');
  });
});

test('the page of a dry run says that nothing was changed, and calls nothing done', async () => {
  const { run_id: runId } = await post({ action: 'flow1.backlog_sync', options: { dry_run: true } });
  await asOperator(async (page) => {
    await page.heading('Update Backlog');
    await page.page.locator('.run-head .badge.success').waitFor();
    assert.match(await page.text('.run-head .progress'), /success.*dry run, nothing was changed/s);
    const figures = await page.text('.figures');
    assert.match(figures, /would be done/);
    assert.doesNotMatch(figures, /\d done/);
  }, {}, `/#/run/${runId}`);
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
    assert.match(await card.innerText(), /Overall Score/);
    const headers = await card.locator('dt').allInnerTexts();
    assert.deepEqual(headers, ['RICE: Reach', 'RICE: Impact', 'RICE: Confidence', 'RICE: Effort']); // once each
    assert.match(await card.locator('.explanation').innerText(), /× .+ ÷ .+ = /);
    await page.page.getByRole('img', { name: /^RICE: overall score over/ }).waitFor();
    await page.click(page.page.getByText('The figures as a table'));
    assert.ok((await page.rows('Scores over time, newest first')).length > 0);
    await page.click(page.page.getByText('Every stored field'));
    const stored = await page.page.locator('details[open] dt').allInnerTexts();
    for (const header of ['Requesting Team', 'WSJF: Job Size', 'Active: Overall Score', 'Use Math Model']) assert.ok(stored.includes(header), header);
    assert.doesNotMatch(await page.text('main'), /flow\d\.\w+|pm\.\w+_\w+/);
    assert.ok((await page.csv('Scores over time, newest first')).length > 1);
  });
});

test('value against effort and the ranks of the frameworks are drawn by title, with tables that say the same', async () => {
  await asOperator(async (page) => {
    await page.goTo('Compare');
    for (const framework of ['RICE', 'WSJF', 'Math model']) {
      await page.click(page.page.getByLabel(framework, { exact: true }));
      await page.page.getByRole('listbox', { name: new RegExp(`^${framework}: value against effort`) }).waitFor();
    }
    await page.click(page.page.getByLabel('RICE', { exact: true }));
    const dots = await page.page.locator('.dot').count();
    await page.click(page.page.getByText('The figures as a table'));
    const figures = await page.rows('RICE: value and effort');
    assert.equal(figures.length, dots);
    const labels = await page.page.locator('.labels text').allTextContents();
    assert.ok(labels.length > 3 && labels.every((label) => figures.some(([title]) => title.startsWith(label.replace(/…$/, '')))), `${labels}`);
    await page.click(page.page.getByText('The ranks as a table'));
    const ranks = await page.rows('Ranks in each framework');
    assert.ok(ranks.length > 1);
    const strips = await page.page.locator('.strip-title').allInnerTexts();
    assert.deepEqual(strips, ranks.slice(0, strips.length).map(([title]) => title));
  });
});

test('an initiative is chosen by mouse, by key or by finger, logarithmic axes too, and the address keeps it all', async () => {
  const chosenTitle = (page) => page.page.locator('.chosen-card h3 a').innerText();
  await asOperator(async (page) => {
    await page.open('#/compare?framework=WSJF');
    const chart = page.page.getByRole('listbox', { name: /^WSJF/ });
    await chart.focus();
    await page.press('ArrowDown');
    const best = await chosenTitle(page);
    await page.press('ArrowDown');
    assert.notEqual(await chosenTitle(page), best);
    await page.press('Home');
    assert.equal(await chosenTitle(page), best);
    const places = () => page.page.locator('.dot circle').evaluateAll((all) => all.map((dot) => dot.getAttribute('cx')).join());
    const linear = await places();
    await page.click(page.page.getByLabel('Logarithmic axes'));
    assert.notEqual(await places(), linear);
    await page.page.reload();
    await page.page.locator('.chosen-card').waitFor();
    assert.equal(await chosenTitle(page), best);
    assert.equal(await page.page.getByLabel('Logarithmic axes').isChecked(), true);
    assert.equal(await page.page.getByLabel('WSJF', { exact: true }).isChecked(), true);
    await page.click(page.page.locator('.strip').nth(1));
    assert.equal(await chosenTitle(page), await page.page.locator('.strip-title').nth(1).innerText());
    await page.page.locator('.scatter').focus();
    await page.press('Enter');
    await page.page.waitForURL(/#\/initiative\//);
  });
  await asOperator(async (page) => {
    await page.open('#/compare?framework=RICE');
    const circle = await page.page.locator('.dot circle').first().boundingBox();
    await page.page.touchscreen.tap(circle.x + circle.width / 2 + 5, circle.y + circle.height / 2 + 5); // a finger is not that exact
    await page.page.locator('.chosen-card').waitFor();
    assert.ok((await chosenTitle(page)).length > 0);
    await page.type(page.page.getByLabel('Search'), await chosenTitle(page));
    assert.equal(await page.page.locator('.dot').count(), 1);
  }, { hasTouch: true, viewport: { width: 360, height: 740 } });
});

test('whichever is chosen carries its title, in a window of any width', async () => {
  await asOperator(async (page) => {
    const scatter = page.page.locator('.scatter');
    const width = (expected) => page.page.waitForFunction((wide) => document.querySelector('.scatter')?.viewBox.baseVal.width === wide, expected);
    await page.open('#/compare?framework=RICE');
    await width(320);
    await scatter.focus();
    const walk = async () => {
      await page.press('Home');
      for (let left = await page.page.locator('.dot').count(); left > 0; left -= 1) {
        const title = (await page.text('.chosen-card h3 a')).slice(0, 12);
        const titles = await page.page.locator('.labels text').allTextContents();
        assert.ok(titles.some((one) => one.startsWith(title)), `${title} is not among ${titles.join(', ')}`);
        await page.press('ArrowDown');
      }
    };
    await walk();
    await page.page.setViewportSize({ width: 1440, height: 900 });
    await width(640);
    assert.equal(await scatter.evaluate((chart) => chart === document.activeElement), true, 'the keyboard stays on it');
    await walk();
    await page.open('#/initiative/INIT-000002');
    await page.page.waitForFunction(() => document.querySelector('svg.chart')?.viewBox.baseVal.width > 400);
    await page.page.setViewportSize({ width: 360, height: 740 });
    await page.page.waitForFunction(() => document.querySelector('svg.chart')?.viewBox.baseVal.width < 400);
    await page.goTo('Runs');
    await page.page.waitForFunction(() => document.querySelector('.activity svg')?.viewBox.baseVal.width < 400);
    await page.page.setViewportSize({ width: 1440, height: 900 });
    await page.page.waitForFunction(() => document.querySelector('.activity svg')?.viewBox.baseVal.width > 400);
  }, { viewport: { width: 360, height: 740 } });
});

test('nothing is said of a line that is not drawn, and one initiative is compared with no other', async () => {
  await asOperator(async (page) => {
    await page.open('#/compare?framework=RICE');
    await page.page.locator('.scatter').focus();
    await page.press('End');
    const title = await page.text('.chosen-card h3 a');
    assert.match(await page.text('.chosen-card'), /The dashed line joins/);
    await page.type(page.page.getByLabel('Search'), title);
    assert.match(await page.text('.chosen-card'), /The dashed line joins/);
    const [other] = (await page.rows('Ranks in each framework', await page.click(page.page.getByText('The ranks as a table')))).at(-1);
    assert.equal(other, title);
    assert.doesNotMatch(await page.text('main'), /1 initiative that have/);
    await page.page.getByText('One initiative alone has all of these scores here: there is none to rank it against.').waitFor();
    for (const search of ['loyalty', 'nothing is called so']) {
      await page.type(page.page.getByLabel('Search'), search);
      const card = await page.text('.chosen-card');
      assert.doesNotMatch(card, /dashed/, search);
      assert.match(card, /The search leaves it out of the drawing\./, search);
    }
  });
});

test('what a result left alone, hints at and did not publish is said in sentences', async () => {
  const { run_id: runId } = await post({ action: 'flow1.backlog_sync' });
  await untilIdle();
  await asOperator(async (page) => {
    await page.answer(`**/actions/run/${runId}`, (run) => Object.assign(run.result.raw, {
      hints: ['WSJF is relative: no row has 1 in Business Value and Job Size'], not_active: 1,
      kept_unsaved_edits: [{ initiative_key: 'INIT-000001', column: 'Title' }],
      kept_pm_values: [{ initiative_key: 'INIT-000002', column: 'Country', kept: 'FR', intake: '=cmd()' }],
    }));
    await page.open(`#/run/${runId}`);
    await page.page.getByText('WSJF is relative: no row has 1').waitFor();
    await page.page.getByText('1 initiative chose a framework that is not active yet: Switch framework').waitFor();
    await page.click(page.page.getByText('Cells of people that stay (1)'));
    assert.deepEqual(await page.rows('Cells of people that stay'), [['INIT-000002', 'Country', 'FR', '=cmd()']]);
    assert.equal((await page.csv('Cells of people that stay'))[1], "INIT-000002,Country,FR,'=cmd()");
    await page.click(page.page.getByText('Edits that were not saved and stay (1)'));
    assert.deepEqual(await page.rows('Edits that were not saved and stay'), [['INIT-000001', 'Title']]);
  });
});

test('rows of a selection lead to their row in Google', async () => {
  const { run_id: runId } = await post({
    action: 'pm.save_selected', scope: { type: 'selection', initiative_keys: ['INIT-000002'] },
    sheet_context: { spreadsheet_id: 'demo-product-ops', tab: 'Scoring_Inputs' },
  });
  await untilIdle();
  const status = await (await fetch(`${demo.url}/status`, { headers: HEADERS })).json();
  const tab = status.tabs.find((one) => one.tab === 'Scoring_Inputs');
  assert.ok(Number.isInteger(tab.sheet_id), JSON.stringify(tab));
  await asOperator(async (page) => {
    await page.answer('**/status', (now) => { now.workspace = false; });
    await page.open(`#/run/${runId}`);
    await page.page.reload(); // what the service told before is kept for a while
    const table = page.page.getByRole('table', { name: 'How it went for each row' });
    const [[, row]] = await page.rows('How it went for each row');
    assert.equal(await table.getByRole('link', { name: new RegExp(`^${row.match(/\d+/)[0]}`) }).getAttribute('href'),
      `https://docs.google.com/spreadsheets/d/demo-product-ops/edit#gid=${tab.sheet_id}&range=${row.match(/\d+/)[0]}:${row.match(/\d+/)[0]}`);
  });
});

test('where nothing is there yet, each page says what to do first', async () => {
  await asOperator(async (page) => {
    await page.answer('**/actions/runs?*', (answer) => { answer.runs = []; answer.next_cursor = null; });
    await page.answer('**/initiatives?*', (answer) => { answer.initiatives = []; answer.next_cursor = null; });
    for (const view of ['Initiatives', 'Compare', 'Runs']) {
      await page.goTo(view);
      await page.page.locator('.empty').waitFor();
      assert.match(await page.text('.empty'), /See latest intake/, view);
      assert.deepEqual(await page.accessibilityProblems(), [], view);
    }
    await page.click(page.page.getByRole('link', { name: 'Try out See latest intake' }));
    await page.heading('Start a run');
    assert.equal(await page.page.locator('#action').inputValue(), 'pm.backlog_sync');
  });
  await asOperator(async (page) => {
    await page.answer('**/initiatives?*', (answer) => answer.initiatives.forEach((one) => { one.scores = {}; }));
    await page.goTo('Compare');
    await page.page.locator('.empty').waitFor();
    assert.match(await page.text('.empty'), /Score selected/);
  });
});

test('without a login there is nothing to log out of', async () => {
  // A service without a secret lets in whoever comes; here the header does.
  const page = await OperatorPage.open(browser, demo.url, '/', { extraHTTPHeaders: { 'X-ROADMAP-AI-SECRET': SECRET } });
  await page.answer('**/session', (session) => { session.login_required = false; });
  await page.page.reload();
  await page.heading('Runs');
  await page.page.locator('tbody tr').first().waitFor();
  assert.equal(await page.page.getByRole('button', { name: 'Log out' }).count(), 0);
  steps += page.steps;
  await page.close();
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
  'phone width, dark': { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
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
        // Both at one moment: a page that polls draws its tables anew.
        const [tables, buttons] = await page.page.evaluate(() => ['table', 'button.csv'].map((each) => document.querySelectorAll(each).length));
        assert.equal(tables, buttons, `${view}: CSV of every table`);
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
      await page.click(page.page.getByText('Every stored field'));
      await look('Every stored field');
      await page.open('#/compare?axes=log&initiative=INIT-000002');
      await page.page.locator('.chosen-card').waitFor();
      await look('Compare, one chosen');
      await page.open('#/runs?by=reason');
      await page.page.getByRole('table', { name: 'Failures by reason' }).waitFor();
      await look('Failures by reason');
      await page.goTo('Runs');
      await page.click(page.page.locator('tbody a').first());
      await page.page.getByRole('region', { name: 'Timeline' }).waitFor();
      await look('Run');
      await page.click(page.page.getByRole('link', { name: 'Run again' }));
      await page.page.getByRole('button', { name: 'Dry run' }).waitFor();
      await look('Run again');
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
    await page.page.locator('tbody tr').first().waitFor(); // it looks again and again once it has shown something
    await page.context.setOffline(true);
    await page.page.getByText('The service does not answer. Is it running?').waitFor();
    await page.context.setOffline(false);
    await page.page.getByText('The service does not answer. Is it running?').waitFor({ state: 'detached' });
    page.troubles = page.troubles.filter((text) => !text.includes('net::ERR_')); // whatever a request was cut off in
  });
});
