// Set up connection: what is typed is tried against the real service before it is saved.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { SECRET, Service, Workbooks } from '../integration/node/menu_world.mjs';
import { page, ScriptedService } from './scripted_service.mjs';

const typed = (text) => ({ button: 'OK', text });
const again = { button: 'YES' };
const enough = { button: 'NO' };
const cancel = { button: 'CANCEL' };
const closed = { button: 'OK' };

let workbooks;
let view;
let service;
before(async () => {
  workbooks = await Workbooks.start();
  const backlog = await workbooks.create('Backlog', { Backlog: [['Initiative Key', 'Title']] });
  view = backlog.view('Backlog');
  service = await Service.start(workbooks, `[[central_backlog]]\nspreadsheet_id = "${backlog.id}"\n`);
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

async function setUp(answers, options = {}) {
  const project = new AppsScriptProject(options);
  const execution = await project.click('Set up connection', { view, answers });
  return { ...execution, saved: project.properties.all, toast: execution.lastToast };
}

/** What the first refusal says when `texts` are typed and the person gives up after the last. */
async function refusalOf(...texts) {
  const answers = texts.map(typed);
  const { alerts, saved } = await setUp([...answers, enough]);
  assert.deepEqual(saved, {}, 'nothing is saved');
  assert.match(alerts[0].message, /\n\nType it again\?$/);
  return alerts[0].message.replace(/\n\nType it again\?$/, '');
}

test('an address and a secret that work are saved and told', async () => {
  const { saved, alerts, prompts } = await setUp([typed(` ${service.url}/ `), typed(`${SECRET} `), closed]);
  assert.deepEqual(saved, { ROADMAP_API_URL: service.url, ROADMAP_AI_SECRET: SECRET });
  assert.equal(alerts[0].message, `Connected to ${service.url}. Everyone who uses this menu is connected now.`);
  assert.equal(prompts[0].message, 'Address of the service, such as https://roadmap.example.com');
});

test('an address copied from a page of the service, with slashes at its end, is taken', async () => {
  for (const end of ['///', '/workspace', '/docs/', '/actions/run', '/?x=1#y']) {
    const { saved } = await setUp([typed(service.url + end), typed(SECRET), closed]);
    assert.equal(saved.ROADMAP_API_URL, service.url, end);
  }
});

test('a wrong secret is refused and can be typed again', async () => {
  const { saved, alerts, prompts } = await setUp([typed(service.url), typed('not the secret'), again, typed(SECRET), closed]);
  assert.equal(alerts[0].message, 'The service refuses the secret of this menu. Type the current one in Set up connection, or ask whoever runs the service.\n\nType it again?');
  assert.equal(prompts.length, 3, 'the address is not asked for again');
  assert.equal(saved.ROADMAP_AI_SECRET, SECRET);
});

test('a secret that no header can carry, and an empty one, are refused before they are sent', async () => {
  assert.equal(await refusalOf(service.url, '„geheim“'), 'The secret has a character that no secret has. Copy it once more, without anything around it.');
  assert.equal(await refusalOf(service.url, ''), 'Type the secret of the service.');
});

test('an address without https:// is refused, and http for a public host', async () => {
  assert.equal(await refusalOf('roadmap.example.com'), 'The address must begin with https://, as in https://roadmap.example.com.');
  assert.equal(await refusalOf('ftp://roadmap.example.com'), 'The address must begin with https://, as in https://roadmap.example.com.');
  assert.equal(await refusalOf('http://roadmap.example.com'), 'The address must begin with https://, else anyone on the way could read the secret.');
  assert.equal(await refusalOf('http://8.8.8.8:8000'), 'The address must begin with https://, else anyone on the way could read the secret.');
  assert.equal(await refusalOf('https://me:pass@example.com'), 'https://me:pass@example.com is not an address such as https://roadmap.example.com.');
  assert.equal(await refusalOf(''), 'Type the address of the service.');
});

test('http is taken for hosts of one\'s own network', async () => {
  const probe = { name: 'probe.gs', text: 'function probe(urls) { return urls.map(readAddress_); }' };
  const urls = ['http://localhost:8000', 'http://127.0.0.1', 'http://10.1.2.3', 'http://192.168.0.7:80', 'http://172.20.0.2', 'http://[::1]:8000', 'http://pi.local', 'http://roadmapd'];
  const { result } = await new AppsScriptProject({ extraScripts: [probe] }).call('probe', { view, args: [urls] });
  assert.deepEqual(result, urls);
});

test('an address where nothing answers is refused', async () => {
  assert.match(await refusalOf('http://127.0.0.1:1'), /^The service does not answer at http:\/\/127\.0\.0\.1:1\./);
});

test('an address where something else answers is refused, and no secret is sent there', async () => {
  const other = await ScriptedService.start();
  try {
    other.answers(page(200));
    assert.match(await refusalOf(other.url), /^A web page answered instead of the service/);
    other.answers({ status: 200, headers: {}, body: '{"status": "fine"}' });
    const { alerts, saved } = await setUp([typed(other.url), enough], { properties: service.properties });
    assert.match(alerts[0].message, /^Something else than the service answers at/);
    assert.deepEqual(saved, service.properties);
    assert.deepEqual(other.requests.map(({ path, headers }) => [path, headers['x-roadmap-ai-secret']]), [['/healthz', undefined]]);
  } finally {
    await other.stop();
  }
});

test('whoever has not allowed requests is told what to allow, and not asked to type again', async () => {
  const denying = new AppsScriptProject({ properties: service.properties });
  const execution = await denying.click('Set up connection', { view: { ...view, deniedScopes: ['script.external_request'] }, answers: [typed(service.url), closed] });
  assert.deepEqual(execution.alerts.map(({ message }) => message),
    ['Google has not been told yet that this menu may reach the service. Reload the sheet, click again and allow “Connect to an external service”.']);
  assert.equal(execution.prompts.length, 1);
  assert.deepEqual(denying.properties.all, service.properties, 'what is stored stays');
});

test('a refused address is tried once: nobody waits in front of a dialog', async () => {
  const { sleeps } = await setUp([typed('http://127.0.0.1:1'), enough]);
  assert.deepEqual(sleeps, []);
});

test('cancelling either question changes nothing', async () => {
  const properties = { ROADMAP_API_URL: 'https://old.example.com', ROADMAP_AI_SECRET: 'old' };
  for (const answers of [[cancel], [{ button: 'CLOSE' }], [typed(service.url), cancel], [typed('nonsense'), enough]]) {
    const { saved, toast } = await setUp(answers, { properties });
    assert.deepEqual(saved, properties);
    assert.equal(toast, 'Nothing was changed.');
  }
});

test('what is stored is kept when nothing is typed, and is tried all the same', async () => {
  const { saved, prompts } = await setUp([typed(''), typed(''), closed], { properties: service.properties });
  assert.deepEqual(saved, service.properties);
  assert.match(prompts[0].message, new RegExp(`Leave it empty to keep ${service.url}\\.$`));
  assert.match(prompts[1].message, /Leave it empty to keep the one that is stored\.$/);
  assert.ok(!prompts[1].message.includes(SECRET), 'the secret is not shown');
  const { alerts } = await setUp([typed(''), typed(''), enough], { properties: { ...service.properties, ROADMAP_AI_SECRET: 'outdated' } });
  assert.match(alerts[0].message, /^The service refuses the secret/);
});

test('a click before anything was set up says where to begin', async () => {
  const execution = await new AppsScriptProject().click('See latest intake', { view });
  assert.equal(execution.alert, 'This menu is not connected yet. Choose 🧠 Roadmap AI → Set up connection; ask whoever runs the service for the address and the secret.');
  assert.deepEqual(execution.requests, []);
});

test('a stored address typed by hand is used as it would be after the set-up', async () => {
  const project = new AppsScriptProject({ properties: { ROADMAP_API_URL: `${service.url}//`, ROADMAP_AI_SECRET: SECRET } });
  const execution = await project.click('See latest intake', { view });
  assert.equal(new URL(execution.requests[0].url).pathname, '/actions/run');
  const open = new AppsScriptProject({ properties: { ROADMAP_API_URL: 'http://roadmap.example.com', ROADMAP_AI_SECRET: SECRET } });
  assert.match((await open.click('See latest intake', { view })).alert, /^The address must begin with https/);
});
