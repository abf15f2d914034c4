// The docs page: Swagger UI on the service's own description, and each action's example tried out in it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { until, WAIT_MS } from './bounded_waits.mjs';
import { launchBrowser, OperatorPage } from './operator_page.mjs';
import { ONE_REQUEST } from './workspace_backend.mjs';

const SECRET = 'docs-test-0123456789abcdef';
const HEADERS = { 'X-ROADMAP-AI-SECRET': SECRET, ...ONE_REQUEST };

let demo;
let browser;
let steps = 0;

before(async () => {
  demo = await RoadmapdProcess.start(['demo', '--port', '0'], { ROADMAP_AI_SECRET: SECRET });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  console.log(`${steps} steps in the browser`);
});

async function readingDocs(story) {
  const page = await OperatorPage.open(browser, demo.url, '/docs');
  try {
    await page.heading('Log in');
    await page.logIn(SECRET);
    await page.page.waitForURL(/\/docs$/);
    await page.page.locator('.opblock').first().waitFor();
    await story(page);
  } finally {
    steps += page.steps;
    await page.close();
  }
}

/** The block of one operation, opened. */
async function opened(page, operationId) {
  const block = page.page.locator(`[id$=-${operationId}]`);
  await page.click(block.locator('.opblock-summary-control'));
  await block.locator('.try-out__btn').waitFor();
  return block;
}

async function endedRun(runId) {
  let run;
  await until(`the end of run ${runId}`, async () => {
    run = await (await fetch(`${demo.url}/actions/run/${runId}?wait=20`, { headers: HEADERS, signal: AbortSignal.timeout(WAIT_MS) })).json();
    return run.finished_at;
  }, () => JSON.stringify(run));
  return run;
}

test('every operation of the document is shown, without a request to another host', async () => {
  const document = await (await fetch(`${demo.url}/openapi.json`, { headers: HEADERS })).json();
  const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
  await readingDocs(async (page) => {
    assert.equal(await page.page.locator('.opblock').count(), operations.length);
    assert.match(await page.text('h1, h2.title'), /roadmapd/);
  });
});

test('each action has an example that works when it is tried out', async () => {
  const document = await (await fetch(`${demo.url}/openapi.json`, { headers: HEADERS })).json();
  const { examples } = document.paths['/actions/run'].post.requestBody.content['application/json'];
  await readingDocs(async (page) => {
    const block = await opened(page, 'startRun');
    await page.click(block.locator('.try-out__btn'));
    for (const action of Object.keys(examples)) {
      await page.choose(block.locator('.examples-select-element, .examples-select select').first(), action);
      await page.page.waitForFunction((name) => document.querySelector('[id$=-startRun] textarea.body-param__text')?.value.includes(`"${name}"`), action);
      const answered = page.page.waitForResponse((response) => response.url().endsWith('/actions/run') && response.request().method() === 'POST');
      await page.click(block.locator('.execute'));
      const response = await answered;
      assert.equal(response.status(), 202, `${action}: ${await response.text()}`);
      const run = await endedRun((await response.json()).run_id);
      assert.equal(run.status, 'success', `${action}: ${JSON.stringify(run.error)}`);
      if (run.result) assert.ok(run.result.summary.total > 0, `${action}: its example is about no initiative`);
    }
  });
});

test('what reads is tried out too, and the answer is shown', async () => {
  await readingDocs(async (page) => {
    const block = await opened(page, 'listActions');
    await page.click(block.locator('.try-out__btn'));
    await page.click(block.locator('.execute'));
    await block.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    assert.match(await block.locator('.live-responses-table td.response-col_description').last().innerText(), /pm\.backlog_sync/);
  });
});
