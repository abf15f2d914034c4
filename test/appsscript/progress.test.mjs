// The dialog of a job that takes longer: what it shows, how it is cancelled, how it ends.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { ProgressPage } from './progress_page.mjs';
import { lost, problem, run, ScriptedService } from './scripted_service.mjs';

const GOES_ON = 'It goes on all the same; the Status column will show how it went.';
const saved = () => run('success', { raw: { selected_count: 2, saved_count: 2, failed_count: 0, skipped_no_key: 0 } });

let workbooks;
let view;
let service;
let project;
before(async () => {
  workbooks = await Workbooks.start();
  view = (await workbooks.create('Backlog', { Backlog: [['Initiative Key']] })).view('Backlog');
  service = await ScriptedService.start();
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});
beforeEach(() => {
  project = new AppsScriptProject({ properties: service.properties });
});

/** Opens the dialog of a save while the service answers so. */
async function open(script, { now } = {}) {
  service.answers(...script);
  const probe = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: `
    function probe() { showPage_({ action: 'pm.save_selected', runId: 'run_1"<' }, 'Save selected', null); }` }] });
  const { dialogs: [dialog] } = await probe.call('probe', { view });
  assert.equal(dialog.title, 'Save selected');
  assert.equal(dialog.modal, false);
  return new ProgressPage(dialog, (name, args) => project.call(name, { view, args }), now);
}

test('it shows each step, and at the end a toast tells the outcome and the dialog closes', async () => {
  const page = await open([run('queued', { label: 'x', total: 0 }), run('running', { label: 'Reading the sheet', done: 1, total: 3 }),
    run('running', { label: 'Writing Status', done: 2, total: 3 }), saved()]);
  await page.closed();
  assert.deepEqual(page.labels, ['x …', 'Reading the sheet (1 of 3)', 'Writing Status (2 of 3)']);
  assert.equal(page.elements.bar.value, 2);
  assert.equal(page.elements.bar.max, 3);
  assert.deepEqual(page.toasts, ['2 initiatives saved.']);
  assert.deepEqual(page.alerts, []);
});

test('each look waits for news up to 50 seconds, and names the run whatever its id holds', async () => {
  const page = await open([saved()]);
  await page.closed();
  assert.deepEqual(service.requests.map(({ path }) => path), ['/actions/run/run_1%22%3C?wait=50']);
});

test('a job that waits for its turn says so', async () => {
  const waiting = run('queued');
  waiting.body = JSON.stringify({ ...JSON.parse(waiting.body), progress: null });
  const page = await open([waiting, saved()]);
  await page.closed();
  assert.equal(page.labels[0], 'Waiting for its turn …');
});

test('a service that answers without news is not asked again at once', async () => {
  const page = await open([run('running'), run('running'), saved()], { now: () => 0 });
  await page.closed();
  assert.deepEqual(page.pauses, [700, 700]);
});

test('a job that fails is told in an alert with its reason', async () => {
  const page = await open([run('running'), run('failed', { error: 'Share the sheet Backlog with robot@example.com as Editor.' })]);
  await page.closed();
  assert.deepEqual(page.alerts.map(({ title, message }) => [title, message]),
    [['Save selected did not work', 'Share the sheet Backlog with robot@example.com as Editor.']]);
});

test('Cancel cancels the run, and the next look tells that nothing was changed', async () => {
  service.answers();
  let look;
  const looked = new Promise((resolve) => (look = resolve));
  const cancelling = new AppsScriptProject({
    properties: service.properties,
    fetch: async ({ url, method }) => {
      const { pathname } = new URL(url);
      if (method === 'POST') {
        assert.equal(pathname, '/actions/run/run_1%22%3C/cancel');
        look();
        return reply(run('running'));
      }
      await looked; // the look is under way when Cancel is clicked
      return reply(run('cancelled'));
    },
  });
  project = cancelling;
  const page = await open([]);
  page.button.click();
  assert.equal(page.button.disabled, true);
  assert.equal(page.button.textContent, 'Cancelling …');
  await page.closed();
  assert.deepEqual(page.toasts, ['Cancelled before anything was changed.']);
});

const reply = ({ status, headers, body }) => ({ status, headers, text: body });

test('a run that ended before it could be cancelled says so and then how it went', async () => {
  let ended;
  const cancelSeen = new Promise((resolve) => (ended = resolve));
  project = new AppsScriptProject({
    properties: service.properties,
    fetch: async ({ method }) => {
      if (method === 'POST') return reply(problem(409, 'The run has ended already; its status is success.'));
      await cancelSeen;
      return reply(saved());
    },
  });
  const page = await open([]);
  page.button.click();
  await page.until(() => page.label === 'The run has ended already; its status is success.');
  ended();
  await page.closed();
  assert.deepEqual(page.toasts, ['2 initiatives saved.']);
});

test('a service that does not come back is told, with what becomes of the job, and the dialog stays to be read', async () => {
  const page = await open(Array(5).fill(lost()));
  await page.until(() => page.button.textContent === 'Close');
  assert.match(page.label, /^The service does not answer at http/);
  assert.ok(page.label.endsWith(GOES_ON));
  assert.equal(page.elements.bar.hidden, true);
  assert.equal(page.isClosed, false);
  page.button.click();
  assert.equal(page.isClosed, true);
});

test('a service that comes back in time is followed on', async () => {
  const page = await open([lost(), problem(503, 'The service is shutting down; try again in a moment.', { 'Retry-After': '30' }), saved()]);
  await page.closed();
  assert.ok(page.toasts.includes('2 initiatives saved.'));
});

test('a job that takes longer than half an hour is left to go on', async () => {
  let minutes = 0;
  const page = await open([run('running'), run('running'), run('running')], { now: () => 11 * 60_000 * minutes++ });
  await page.until(() => page.button.textContent === 'Close');
  assert.equal(page.label, `This takes long. ${GOES_ON}`);
  assert.ok(service.requests.length >= 1);
});

test('an execution that Google ends is told, with what becomes of the job', async () => {
  project = { call: () => Promise.reject(new Error('Exceeded maximum execution time')) };
  const page = await open([]);
  await page.until(() => page.button.textContent === 'Close');
  assert.equal(page.label, `Exceeded maximum execution time ${GOES_ON}`);
});

test('the page\'s script is the same in every dialog, so that a policy can name its hash', async () => {
  const scriptOf = ({ html }) => /<script>([\s\S]*)<\/script>/.exec(html)[1];
  const probe = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: `
    function probe(runId) { showPage_({ action: 'pm.save_selected', runId }, 'Save selected', null); }` }] });
  const [one, two] = [await probe.call('probe', { view, args: ['run_a'] }), await probe.call('probe', { view, args: ['run_b'] })];
  assert.equal(scriptOf(one.dialogs[0]), scriptOf(two.dialogs[0]));
  assert.notEqual(one.dialogs[0].html, two.dialogs[0].html);
});
