// What the menu does when the way to the service is rough: each trouble by a server that answers so.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { accepted, answer, lost, page, problem, run, ScriptedService } from './scripted_service.mjs';

const NOTHING_NEW = { appended: 0, updated_count: 0, cells_updated: 0 };
const done = () => run('success', { raw: NOTHING_NEW });
const END = 'Nothing new: the backlog shows the latest intake.';
const MAX_PAUSES_MS = 90_000;

let workbooks;
let view;
let service;
let project;
before(async () => {
  workbooks = await Workbooks.start();
  view = (await workbooks.create('Backlog', { Backlog: [['Initiative Key'], ['INIT-000001']] })).view('Backlog', ['A2']);
  service = await ScriptedService.start();
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});
beforeEach(() => {
  project = new AppsScriptProject({ properties: service.properties });
});

/** Clicks See latest intake while the service answers so; checks that it was asked exactly that often. */
async function click(...script) {
  service.answers(...script);
  const execution = await project.click('See latest intake', { view });
  service.played();
  return execution;
}

function seconds(execution) {
  return execution.sleeps.map((milliseconds) => milliseconds / 1000);
}

test('an accepted job is looked at until it is over', async () => {
  const execution = await click(accepted('run_7'), run('running'), done());
  assert.equal(execution.lastToast, END);
  assert.deepEqual(service.requests.map(({ method, path }) => `${method} ${path}`),
    ['POST /actions/run', 'GET /actions/run/run_7?wait=5', 'GET /actions/run/run_7?wait=5']);
  const [{ headers, body }] = service.requests;
  assert.equal(headers['x-roadmap-ai-secret'], 'scripted');
  assert.match(headers['idempotency-key'], /^[0-9a-f-]{36}$/);
  assert.equal(headers['content-type'], 'application/json');
  assert.deepEqual(body, {
    action: 'pm.backlog_sync', scope: { type: 'all' }, sheet_context: { spreadsheet_id: view.spreadsheetId, tab: 'Backlog' },
    requested_by: { ui: 'apps_script', user_email: 'pm@example.com' },
  });
});

test('a busy service that answers each look at once is left to the dialog after twenty', async () => {
  const execution = await click(accepted('run_7'), ...Array(20).fill(run('running')));
  assert.equal(execution.dialogs.length, 1);
  assert.match(execution.dialogs[0].html, /data-action="pm\.backlog_sync" data-run-id="run_7"/);
});

test('a lost answer is asked for again under the same Idempotency-Key, another click has its own', async () => {
  const execution = await click(lost(), lost(), accepted(), done());
  assert.equal(execution.lastToast, END);
  const keys = service.requests.slice(0, 3).map(({ headers }) => headers['idempotency-key']);
  assert.equal(new Set(keys).size, 1);
  assert.deepEqual(service.requests[0].body, service.requests[2].body);
  await click(accepted(), done());
  assert.notEqual(service.requests[0].headers['idempotency-key'], keys[0]);
});

test('pauses between attempts grow, and after five attempts a sentence says what to do', async () => {
  const execution = await click(lost(), lost(), lost(), lost(), lost());
  assert.equal(execution.alert, `The service does not answer at ${service.url}. Click again in a few minutes, which does no harm ` +
    'even if it got your first click; if it stays, ask whoever runs the service.');
  const pauses = seconds(execution);
  assert.equal(pauses.length, 4);
  pauses.forEach((pause, index) => assert.ok(pause >= 0.5 * 2 ** index && pause <= 2 ** index, `pause ${index + 1}: ${pause} s`));
});

test('a service that is down is told with the address', async () => {
  const down = new AppsScriptProject({ properties: { ROADMAP_API_URL: 'http://127.0.0.1:1', ROADMAP_AI_SECRET: 'x' } });
  const execution = await down.click('See latest intake', { view });
  assert.match(execution.alert, /^The service does not answer at http:\/\/127\.0\.0\.1:1\. Click again in a few minutes/);
});

test('a wrong secret is told at once, with where to type the right one', async () => {
  const execution = await click(problem(401, 'The secret is wrong; ask the operator of the service for the current one.'));
  assert.equal(execution.alert, 'The service refuses the secret of this menu. Type the current one in Set up connection, or ask whoever runs the service.');
  assert.deepEqual(execution.sleeps, []);
});

test('Retry-After of a full or closing service is kept, in seconds or as a date, and a long one is announced', async () => {
  const full = await click(problem(429, 'Too many runs are waiting already; try again in a moment.', { 'Retry-After': '7' }), accepted(), done());
  assert.deepEqual(seconds(full), [7]);
  assert.ok(full.toasts.some(({ message }) => message === 'Too many runs are waiting already. Trying again in 7 seconds.'));
  const closing = await click(problem(503, 'The service is shutting down; try again in a moment.', { 'Retry-After': new Date(Date.now() + 20_000).toUTCString() }), accepted(), done());
  const [pause] = seconds(closing);
  assert.ok(pause > 15 && pause <= 20, `${pause} s`);
  assert.equal(closing.lastToast, END);
});

test('what is announced before another attempt is what the last one met', async () => {
  const retryAfter = { 'Retry-After': '6' };
  const met = [
    [problem(503, 'The service is shutting down; try again in a moment.', retryAfter), 'The service is shutting down.'],
    [page(502, retryAfter), 'The service is down or starting.'], [page(429, retryAfter), 'The service is busy.'],
    [answer(200, [], retryAfter), 'The answer arrived incomplete.'],
  ];
  for (const [refusal, words] of met) {
    const { toasts } = await click(refusal, accepted(), done());
    assert.ok(toasts.some(({ message }) => message === `${words} Trying again in 6 seconds.`), JSON.stringify(toasts));
  }
  const longestPauses = { name: 'longest_pauses.gs', text: 'Math.random = () => 1;' };
  project = new AppsScriptProject({ properties: service.properties, extraScripts: [longestPauses] });
  const { toasts } = await click(...Array(5).fill(lost()));
  assert.equal(toasts.at(-1).message, 'The service does not answer. Trying again in 8 seconds.');
});

test('a Retry-After longer than anybody waits is not waited for: the service\'s own sentence is told', async () => {
  const execution = await click(problem(429, 'Too many runs are waiting already; try again in a moment.', { 'Retry-After': '600' }));
  assert.equal(execution.alert, 'Too many runs are waiting already; try again in a moment.');
  assert.deepEqual(execution.sleeps, []);
});

test('pauses of one call stay below their limit all together', async () => {
  const busy = problem(503, 'The service is shutting down; try again in a moment.', { 'Retry-After': '40' });
  const execution = await click(busy, busy, busy);
  assert.deepEqual(seconds(execution), [40, 40]);
  assert.ok(40_000 * 3 > MAX_PAUSES_MS);
  assert.equal(execution.alert, 'The service is shutting down; try again in a moment.');
});

test('too much for one request is told whoever refuses it', async () => {
  for (const refusal of [problem(413, 'The body is over the limit.'), page(413)]) {
    const execution = await click(refusal);
    assert.equal(execution.alert, 'That is too much for one click. Select fewer rows and click again.');
  }
});

test('a service of another version says what it does not take', async () => {
  const execution = await click(problem(422, "The request is not valid; action: unknown action 'pm.backlog_sync'."));
  assert.equal(execution.alert, "The service does not take what this menu asks for: The request is not valid; action: unknown action 'See latest intake'. " +
    'The menu and the service may be of different versions; ask whoever runs the service.');
});

test('any other refusal of the service is told in its own words', async () => {
  const execution = await click(problem(409, 'This Idempotency-Key was used with another request, which is run_3.'));
  assert.equal(execution.alert, 'This Idempotency-Key was used with another request, which is run_3.');
});

test('a proxy\'s page for a service that is down is tried again, then told', async () => {
  const back = await click(page(502), page(503), page(504), accepted(), done());
  assert.equal(back.lastToast, END);
  const execution = await click(...Array(5).fill(page(502)));
  assert.equal(execution.alert, 'The service is down or starting: what stands in front of it answered 502. Click again in a few minutes; if it stays, ask whoever runs the service.');
});

test('a web page in place of the service is told, not taken for an answer', async () => {
  const there = `instead of the service at ${service.url}`;
  const end = 'Check it in Set up connection, or ask whoever runs the service.';
  const login = 'a proxy in front of it wants a login of its own, or the address is wrong';
  assert.equal((await click(page(200))).alert, `A web page answered ${there} (200): ${login}. ${end}`);
  assert.equal((await click(page(403))).alert, `A web page answered ${there} (403): ${login}. ${end}`);
  assert.equal((await click(page(404))).alert, `A web page answered ${there} (404): the address is wrong. ${end}`);
  assert.equal((await click(answer(404, { message: 'no route' }))).alert, `Another program answered ${there} (404): the address is wrong. ${end}`);
});

test('an address that sends its visitors on is told with where it sends them', async () => {
  const execution = await click(page(302, { Location: 'https://login.example.com/?next=x' }));
  assert.equal(execution.alert, `${service.url} sends its visitors on to https://login.example.com/?next=x. Type the address that it ends at in Set up connection.`);
  assert.equal(service.requests.length, 1, 'the secret is not sent there');
});

test('an answer that is cut off is asked for again', async () => {
  const cut = { status: 202, headers: { 'Content-Type': 'application/json' }, body: '{"run_id": "ru' };
  assert.equal((await click(cut, accepted(), done())).lastToast, END);
});

test('what Google itself refuses is told and not tried again', async () => {
  const refused = [
    ['You do not have permission to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request',
      'Google has not been told yet that this menu may reach the service. Reload the sheet, click again and allow “Connect to an external service”.'],
    ['Sie sind nicht berechtigt, UrlFetchApp.fetch aufzurufen. Erforderlich: https://www.googleapis.com/auth/script.external_request',
      'Google has not been told yet that this menu may reach the service. Reload the sheet, click again and allow “Connect to an external service”.'],
    ['Service invoked too many times for one day: urlfetch.', 'Google lets this menu make no more calls today. Click again tomorrow.'],
  ];
  for (const [thrown, sentence] of refused) {
    const script = { name: 'refusing.gs', text: `UrlFetchApp = { fetch() { throw new Error(${JSON.stringify(thrown)}); } };` };
    const execution = await new AppsScriptProject({ properties: service.properties, extraScripts: [script] }).click('See latest intake', { view });
    assert.equal(execution.alert, sentence);
    assert.deepEqual(execution.sleeps, []);
  }
});

test('an address that no host answers to, or whose certificate is bad, is told so', async () => {
  for (const [failure, why] of [['dns', 'no such host is known'], ['tls', 'its certificate is not valid']]) {
    const unknown = new AppsScriptProject({ properties: service.properties, fetch: async () => ({ failure, detail: '' }) });
    const execution = await unknown.click('See latest intake', { view });
    assert.equal(execution.alert, `The service cannot be reached at ${service.url}: ${why}. Check the address in Set up connection, or ask whoever runs the service.`);
  }
});

test('requests that each take their whole minute end before Google\'s six minutes are over', async () => {
  let beganMs = 0;
  const slow = new AppsScriptProject({
    properties: service.properties,
    fetch: async () => {
      beganMs += 60_000;
      return { failure: 'timeout', detail: '', elapsedMs: 60_000 };
    },
  });
  const execution = await slow.click('See latest intake', { view });
  assert.match(execution.alert, /^The service does not answer/);
  const spentMs = beganMs + execution.sleeps.reduce((sum, pause) => sum + pause, 0);
  assert.ok(execution.requests.length >= 4, 'as often as the time allows');
  assert.ok(spentMs <= 340_000, `${spentMs / 1000} s`);
});

test('a question that stayed open for minutes leaves less time, or none', async () => {
  const timeouts = { properties: service.properties, fetch: async () => ({ failure: 'timeout', detail: '', elapsedMs: 60_000 }) };
  const answeredAfter = (seconds) => new AppsScriptProject(timeouts).click('Update Backlog', { view, answers: [{ button: 'YES', elapsedMs: seconds * 1000 }] });
  const late = await answeredAfter(170);
  assert.equal(late.requests.length, 2, 'a third would not end before the execution does');
  assert.equal(late.sleeps.length, 1);
  assert.match(late.alerts[1].message, /^The service does not answer/);
  const tooLate = await answeredAfter(290);
  assert.deepEqual(tooLate.requests, []);
  assert.equal(tooLate.alerts[1].message, 'There was no time left to ask the service. Click again.');
});

test('a job accepted with no time left is handed to the dialog without another look', async () => {
  let attempts = 0;
  const late = new AppsScriptProject({
    properties: service.properties,
    fetch: async () => {
      if (++attempts < 5) return { failure: 'timeout', detail: '', elapsedMs: 62_000 };
      return { status: 202, headers: {}, text: '{"run_id": "run_9"}', elapsedMs: 40_000 };
    },
  });
  const execution = await late.click('See latest intake', { view });
  assert.deepEqual(execution.alerts, []);
  assert.equal(execution.dialogs.length, 1);
  assert.match(execution.dialogs[0].html, /data-run-id="run_9"/);
  assert.equal(attempts, 5);
});

test('a service that goes away after it accepted is told, and that the job goes on', async () => {
  const execution = await click(accepted(), problem(404, "There is no run 'run_1'; old runs are deleted after a while."));
  assert.equal(execution.alert, "There is no run 'run_1'; old runs are deleted after a while. It goes on all the same; the Status column will show how it went.");
});

test('a fault of the menu itself is told as one, and is in the log', async () => {
  const script = { name: 'fault.gs', text: 'connection_ = () => undefined.x;' };
  const execution = await new AppsScriptProject({ extraScripts: [script] }).click('See latest intake', { view });
  assert.match(execution.alert, /^Something unexpected happened in the menu: Cannot read properties of undefined/);
  assert.equal(execution.log.at(-1).level, 'error');
  assert.match(execution.log.at(-1).text, /runJob_/);
});
