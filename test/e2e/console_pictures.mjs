// Takes the pictures of docs/console.md from the demo: node test/e2e/console_pictures.mjs

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { launchBrowser, OperatorPage } from './operator_page.mjs';

const SECRET = 'pictures-0123456789abcdef';
const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

async function typeIntoSheet(url, spreadsheet, range, value) {
  const target = `${url}/v4/spreadsheets/${spreadsheet}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`;
  await fetch(target, {
    method: 'PUT', headers: { 'X-Roadmap-Workspace': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ values: [[value]] }),
  });
}

/** Logs in and saves what each step shows; a step is [picture, act(operator)]. */
async function take(browser, url, options, steps) {
  const operator = await OperatorPage.open(browser, url, '/', options);
  await operator.logIn(SECRET);
  await operator.heading('Runs');
  await operator.page.locator('tbody tr').first().waitFor();
  for (const [picture, act] of steps) {
    await act(operator);
    await operator.page.screenshot({ path: path.join(FOLDER, `console-${picture}.png`) });
  }
  await operator.close();
}

const openInitiative = async (operator) => {
  await operator.goTo('Initiatives');
  await operator.page.locator('tbody tr').first().waitFor();
  await operator.choose(operator.page.getByLabel('Order by'), 'MATH_MODEL');
  await operator.click(operator.page.locator('tbody a').first());
  await operator.page.getByRole('region', { name: 'Scores' }).waitFor();
};
const openCompare = async (operator) => {
  await operator.goTo('Compare');
  await operator.page.locator('.strips').waitFor();
  await operator.click(operator.page.locator('.strip').first());
  await operator.page.evaluate(() => document.activeElement.blur());
};
const openRun = async (operator) => {
  await operator.choose(operator.page.getByLabel('Action'), 'pm.backlog_sync');
  await operator.page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => row.innerText.includes('pm.backlog_sync')));
  await operator.click(operator.page.locator('tbody td:first-child a[href^="#/run/"]').last());
  await operator.page.getByRole('region', { name: 'Timeline' }).waitFor();
};
const tryOut = async (operator) => {
  await operator.goTo('Start a run');
  await operator.choose('#action', 'pm.backlog_sync');
  await operator.click(operator.page.getByRole('button', { name: 'Dry run' }));
  await operator.page.getByRole('button', { name: 'Run it' }).waitFor();
  await operator.page.locator('.outcome').evaluate((outcome) => outcome.scrollIntoView());
};

mkdirSync(FOLDER, { recursive: true });
const demo = await RoadmapdProcess.start(['demo', '--port', '0'], { ROADMAP_AI_SECRET: SECRET });
const browser = await launchBrowser();
try {
  await typeIntoSheet(demo.url, 'demo-intake-emea', 'Marketing_EMEA!B2', 'Loyalty points at every till');
  await typeIntoSheet(demo.url, 'demo-intake-emea', 'Marketing_EMEA!C4', 'CRM and Events');
  await take(browser, demo.url, { colorScheme: 'light' }, [
    ['runs', () => {}], ['run', openRun], ['initiative', openInitiative], ['compare', openCompare], ['dry-run', tryOut],
  ]);
  await take(browser, demo.url, { colorScheme: 'dark' }, [['dark', openCompare]]);
  await take(browser, demo.url, { colorScheme: 'light', viewport: { width: 360, height: 740 } }, [['phone', () => {}]]);
} finally {
  await browser.close();
  await demo.stop();
}
