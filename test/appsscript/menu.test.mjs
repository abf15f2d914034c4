// What the menu shows where, what it may do, and the words it uses.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import ts from 'typescript';

import { AppsScriptProject, menuFolder } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';

const INTAKE_AND_UPDATE = ['See latest intake', 'Add to scoring', 'Switch framework', 'Save selected', '-', 'Update Backlog'];

const project = new AppsScriptProject();
let workbooks;
before(async () => {
  workbooks = await Workbooks.start();
});
after(() => workbooks?.stop());

const items = (...tabs) => itemsOf(Object.fromEntries(tabs.map((tab) => [tab, []])));

/** The items of the menu in a workbook of these tabs and rows. */
async function itemsOf(tabs) {
  const book = await workbooks.create('A workbook', tabs);
  const { caption, entries } = await project.menu(book.view(Object.keys(tabs)[0]));
  assert.equal(caption, '🧠 Roadmap AI');
  const labels = entries.map((entry) => (entry.kind === 'item' ? entry.caption : '-'));
  assert.deepEqual(labels.slice(-2), ['-', 'Set up connection']);
  return labels.slice(0, -2);
}

test('a workbook\'s menu has the items that fit its tabs', async () => {
  assert.deepEqual(await items('Notes', 'Backlog'), INTAKE_AND_UPDATE);
  assert.deepEqual(await items('EMEA backlog 2027'), INTAKE_AND_UPDATE);
  assert.deepEqual(await items('Scoring_Inputs', 'MathModels', 'Params'),
    ['Score selected', 'Switch framework', 'Save selected', '-', 'Update Backlog', '-', 'Suggest formula', 'Seed parameters']);
  assert.deepEqual(await items('Params'), ['Score selected', 'Save selected', '-', 'Seed parameters']);
});

test('a workbook whose tabs have names of their own has all items', async () => {
  assert.equal((await items('Bewertung')).filter((label) => label !== '-').length, 8);
});

test('intake, whatever its tabs are called, has the one item that does something there', async () => {
  const [headers, more] = [['Initiative Key', 'Title', 'Requesting Team', 'Status'], ['Our wishes', '', '']];
  assert.deepEqual(await itemsOf({ Marketing_EMEA: [headers], Sales_EMEA: [more, [], ['TITLE', 'requester email', 'key:']], Notes: [['How to ask']] }), ['See latest intake']);
  const others = [
    [...headers, 'Last Run Status'], [...headers, 'Active Scoring Framework'], [...headers, 'Overall Score'], [...headers, 'RICE: Reach'],
    ['Initiative Key', 'Title'], ['initiative_key', 'formula_text'], ['initiative_key', 'param_name'],
  ];
  for (const row of others) {
    const labels = await itemsOf({ EMEA: [headers], Roadmap: [row] });
    assert.equal(labels.filter((label) => label !== '-').length, 8, `a tab of other names: ${row}`);
  }
});

test('each item calls a function that there is', async () => {
  const book = await workbooks.create('A workbook', { Own: [] });
  const { entries } = await project.menu(book.view('Own'));
  const names = entries.filter(({ kind }) => kind === 'item').map(({ functionName }) => functionName);
  const probe = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: 'function probe(names) { return names.filter((name) => typeof globalThis[name] !== "function"); }' }] });
  assert.deepEqual((await probe.call('probe', { view: book.view('Own'), args: [names] })).result, []);
});

test('a dialog can call nothing but what is meant for it and the menu\'s own items', () => {
  const names = readdirSync(menuFolder).filter((name) => name.endsWith('.gs'))
    .flatMap((name) => [...readFileSync(path.join(menuFolder, name), 'utf8').matchAll(/^function (\w+)/gm)].map(([, named]) => named));
  assert.deepEqual(names.filter((name) => !name.endsWith('_')).sort(), [
    'addToScoring', 'cancelJob', 'goToRow', 'lookAtJob', 'onOpen', 'saveSelected', 'scoreSelected', 'seeLatestIntake', 'seedParameters',
    'setUpConnection', 'suggestFormula', 'switchFramework', 'updateBacklog',
  ]);
});

test('the manifest asks for the current sheet, requests, dialogs and the address of who clicks, and no more', () => {
  const manifest = JSON.parse(readFileSync(path.join(menuFolder, 'appsscript.json'), 'utf8'));
  assert.equal(manifest.runtimeVersion, 'V8');
  assert.deepEqual(manifest.oauthScopes.map((scope) => scope.replace('https://www.googleapis.com/auth/', '')),
    ['spreadsheets.currentonly', 'script.external_request', 'script.container.ui', 'userinfo.email']);
});

test('the menu stays with all its items whatever is denied, and says of each permission of the manifest what it is', async () => {
  const { oauthScopes } = JSON.parse(readFileSync(path.join(menuFolder, 'appsscript.json'), 'utf8'));
  const scopes = oauthScopes.map((scope) => scope.split('/auth/')[1]);
  const script = { name: 'denying.gs', text: `
    const whole = SpreadsheetApp;
    SpreadsheetApp = { getUi: () => whole.getUi(), getActive() { throw new Error('Specified permissions are not sufficient to call SpreadsheetApp.getActive.'); } };
    function permissions() { return Object.keys(PERMISSIONS); }` };
  const denying = new AppsScriptProject({ extraScripts: [script] });
  const book = await workbooks.create('A workbook', { Backlog: [] });
  const view = { ...book.view('Backlog'), deniedScopes: scopes };
  const menu = await denying.menu(view);
  const labels = [...readFileSync(path.join(menuFolder, 'jobs.gs'), 'utf8').matchAll(/label: '([^']+)'/g)].map(([, label]) => label);
  assert.deepEqual(menu.entries.filter(({ kind }) => kind === 'item').map(({ caption }) => caption), [...labels, 'Set up connection']);
  assert.deepEqual((await denying.call('permissions', { view })).result, scopes);
});

test('the documentation has a row for each item and each permission', () => {
  const text = readFileSync(path.join(menuFolder, '../../docs/menu-setup.md'), 'utf8');
  const { oauthScopes } = JSON.parse(readFileSync(path.join(menuFolder, 'appsscript.json'), 'utf8'));
  const labels = [...readFileSync(path.join(menuFolder, 'jobs.gs'), 'utf8').matchAll(/label: '([^']+)'/g)].map(([, label]) => label);
  assert.equal(labels.length, 8);
  const rows = [...labels, 'Set up connection', ...oauthScopes.map((scope) => `\`${scope.split('/auth/')[1]}\``)];
  assert.deepEqual(rows.filter((row) => !text.includes(`\n| ${row} | `)), []);
});

test('people read of saving, computing, updating and seeing, never of what is behind it', () => {
  const never = /\b(sync\w*|flows?|DB|databases?|workers?|queues?d?|ledgers?|endpoints?|HTTP|JSON|API)\b/i;
  const identifier = /^(pm|flow\d)\.\w+$|^ROADMAP_API_URL$|^X-ROADMAP-AI-SECRET$|^application\/json$|^http$/;
  const found = readdirSync(menuFolder).filter((name) => name.endsWith('.gs')).flatMap((name) => textsIn(name)
    .filter((text) => !identifier.test(text) && never.test(text)).map((text) => `${name}: ${text}`));
  assert.deepEqual(found, []);
  assert.match('Waiting in the queue', never);
  const page = readFileSync(path.join(menuFolder, 'progress.html'), 'utf8').replace(/<style>[\s\S]*?<\/style>|\/\/.*|JSON\.parse/g, '');
  assert.doesNotMatch(page.replace(/<!DOCTYPE html>/, ''), never);
});

/** Every text in a .gs file, the fixed parts of templates too. */
function textsIn(name) {
  const source = ts.createSourceFile(name, readFileSync(path.join(menuFolder, name), 'utf8'), ts.ScriptTarget.ES2020, false, ts.ScriptKind.JS);
  const texts = [];
  (function visit(node) {
    if (ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.TemplateHead || node.kind === ts.SyntaxKind.TemplateMiddle || node.kind === ts.SyntaxKind.TemplateTail) texts.push(node.text);
    ts.forEachChild(node, visit);
  })(source);
  return texts;
}
