// The menu code as the one file that `roadmapd menu` prints.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { menuFile, menuFiles } from '../../app/web/build/menu_file.mjs';
import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';
import { AppsScriptProject, menuFolder } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { ScriptedService } from './scripted_service.mjs';

const manifest = { name: 'appsscript.json', text: '{}' };
let workbooks;
let view;
let service;
before(async () => {
  workbooks = await Workbooks.start();
  view = (await workbooks.create('Backlog', { Backlog: [['Initiative Key', 'Title'], ['INIT-000001', 'A']] })).view('Backlog');
  service = await ScriptedService.start();
});
after(async () => {
  await service?.stop();
  await workbooks?.stop();
});

const project = (more) => new AppsScriptProject({ oneFile: menuFile(menuFiles(menuFolder)), properties: service.properties, ...more });

test('its menu is the one of the separate files', async () => {
  const separate = await new AppsScriptProject({ properties: service.properties }).menu(view);
  assert.deepEqual(await project().menu(view), separate);
});

test('a job that takes longer shows its dialog, whose page stands in the file', async () => {
  const probe = { name: 'probe.gs', text: "function probe() { showPage_({ action: 'pm.save_selected', runId: 'run_1' }, 'Save selected', null); }" };
  const { dialogs } = await project({ extraScripts: [probe] }).call('probe', { view });
  assert.equal(dialogs.length, 1);
  assert.match(dialogs[0].html, /<progress/);
});

test('a running service hands the file out, without a secret', async () => {
  const demo = await RoadmapdProcess.start(['demo', '--port', '0']);
  try {
    const response = await fetch(`${demo.url}/menu.gs`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/javascript/);
    assert.equal(await response.text(), menuFile(menuFiles(menuFolder)));
  } finally {
    await demo.stop();
  }
});

test('it takes whatever files there are, and refuses a page that would be missing', () => {
  const page = { name: 'late.html', text: '<b>"late"</b>' };
  const shows = (call) => ({ name: 'z.gs', text: `function z() {\n  return HtmlService.${call};\n}\n` });
  const text = menuFile([manifest, page, shows("createHtmlOutputFromFile('late')")]);
  assert.equal(new Function('HtmlService', `${text}; return z();`)({ createHtmlOutput: (html) => html }), page.text);
  assert.throws(() => menuFile([manifest, shows("createTemplateFromFile('late')")]), /z\.gs shows a page 'late' that is not there/);
  assert.throws(() => menuFile([manifest, page, shows('createTemplateFromFile(name)')]), /z\.gs:2: a page .* not by a variable/);
  assert.throws(() => menuFile([page]), /has no appsscript\.json/);
});
