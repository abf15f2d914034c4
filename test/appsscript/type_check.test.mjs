// The menu code, and the stand-ins it is tested with, against the published types of Apps Script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject, menuFolder } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';
import { scriptsIn, typeErrors } from './type_check.mjs';

let workbooks;
before(async () => {
  workbooks = await Workbooks.start();
});
after(() => workbooks?.stop());

test('the menu code uses Apps Script as its types say', () => {
  assert.deepEqual(typeErrors(scriptsIn(menuFolder)), []);
});

test('a method that Apps Script does not have is found by the type check', () => {
  const wrong = { name: 'wrong.gs', text: 'function wrong() {\n  return SpreadsheetApp.getActive().tabs();\n}\n' };
  assert.deepEqual(typeErrors([...scriptsIn(menuFolder), wrong]), ["wrong.gs:2: Property 'tabs' does not exist on type 'Spreadsheet'."]);
});

// Each stand-in by its type, as an expression of the menu code.
const STAND_INS = {
  'GoogleAppsScript.Spreadsheet.SpreadsheetApp': 'SpreadsheetApp',
  'GoogleAppsScript.Spreadsheet.Spreadsheet': 'SpreadsheetApp.getActive()',
  'GoogleAppsScript.Spreadsheet.Sheet': 'SpreadsheetApp.getActiveSheet()',
  'GoogleAppsScript.Spreadsheet.Range': 'SpreadsheetApp.getActiveRange()',
  'GoogleAppsScript.Spreadsheet.RangeList': 'SpreadsheetApp.getActiveRangeList()',
  'GoogleAppsScript.Base.Ui': 'SpreadsheetApp.getUi()',
  'GoogleAppsScript.Base.Menu': "SpreadsheetApp.getUi().createMenu('x')",
  'GoogleAppsScript.Base.PromptResponse': "SpreadsheetApp.getUi().prompt('x')",
  'GoogleAppsScript.URL_Fetch.UrlFetchApp': 'UrlFetchApp',
  'GoogleAppsScript.URL_Fetch.HTTPResponse': "UrlFetchApp.fetch('https://x.test')",
  'GoogleAppsScript.Properties.PropertiesService': 'PropertiesService',
  'GoogleAppsScript.Properties.Properties': 'PropertiesService.getScriptProperties()',
  'GoogleAppsScript.Base.Session': 'Session',
  'GoogleAppsScript.Base.User': 'Session.getActiveUser()',
  'GoogleAppsScript.HTML.HtmlService': 'HtmlService',
  'GoogleAppsScript.HTML.HtmlOutput': 'HtmlService.createHtmlOutput()',
  'GoogleAppsScript.Utilities.Utilities': 'Utilities',
  'GoogleAppsScript.Base.Logger': 'Logger',
  Console: 'console',
};

test('the stand-ins have no member that Apps Script does not have', async () => {
  const book = await workbooks.create('Any', { Any: [['x']] });
  const probe = `function probe() { return { ${Object.entries(STAND_INS).map(([type, value]) => `'${type}': Object.keys(${value})`)} }; }`;
  const project = new AppsScriptProject({
    extraScripts: [{ name: 'probe.gs', text: probe }], fetch: async () => ({ status: 200, headers: {}, text: '' }),
  });
  const { result } = await project.call('probe', { view: book.view('Any'), answers: [{ button: 'OK', text: '' }] });
  const uses = Object.entries(result).map(([type, members]) => {
    assert.ok(members.length > 0, type);
    return `function use(/** @type {${type}} */ it) { return [${members.map((member) => `it.${member}`)}]; }`;
  });
  const asTypes = uses.map((use, index) => use.replace('use', `use${index}`)).join('\n');
  assert.deepEqual(typeErrors([{ name: 'uses.gs', text: asTypes }]), []);
});
