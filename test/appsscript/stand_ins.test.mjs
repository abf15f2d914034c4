// The stand-ins for Apps Script over the real emulator: what they read and write, what they refuse, and how.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { AppsScriptProject } from './apps_script_project.mjs';
import { Workbooks } from '../integration/node/menu_world.mjs';

let workbooks;
let book;
before(async () => {
  workbooks = await Workbooks.start();
  book = await workbooks.create("Marlowe's book", {
    First: [['Name', 'Number', 'Yes', 'Day'], ['a', 1.5, true], ['', 2]],
    "Jon's tab": [],
  });
  await workbooks.emulator.call('PUT', `/v4/spreadsheets/${book.id}/values/First!D2?valueInputOption=USER_ENTERED`, { values: [['2026-03-01']] });
  await workbooks.emulator.call('PUT', `/v4/spreadsheets/${book.id}/values/First!B4?valueInputOption=USER_ENTERED`, { values: [['=B2+B3']] });
});
after(() => workbooks?.stop());

/** What a .gs of these statements returns. */
async function returned(statements, { view = book.view('First'), ...rest } = {}) {
  return (await execution(statements, { view, ...rest })).result;
}

function execution(statements, { view = book.view('First'), answers, ...rest } = {}) {
  const project = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: `function probe() { ${statements} }` }], ...rest });
  return project.call('probe', { view, answers });
}

const reject = (statements, message, options) => assert.rejects(execution(statements, options), { message });

test('a range gives the values of its cells, blanks as empty text', async () => {
  assert.deepEqual(await returned(`return SpreadsheetApp.getActiveSheet().getRange('A1:C4').getValues();`),
    [['Name', 'Number', 'Yes'], ['a', 1.5, true], ['', 2, ''], ['', 3.5, '']]);
});

test('a cell shown as a date is a Date, and display values are what a person reads', async () => {
  const result = await returned(`
    const range = SpreadsheetApp.getActive().getSheetByName('first').getRange(2, 2, 1, 3);
    const day = range.getValues()[0][2];
    return [day instanceof Date, day.toISOString(), range.getDisplayValues()];`);
  assert.deepEqual(result.slice(0, 2), [true, '2026-03-01T00:00:00.000Z']);
  assert.deepEqual(result[2][0].slice(0, 2), ['1.5', 'TRUE']);
  assert.match(result[2][0][2], /2026/);
});

test('values that are written are parsed as if a person typed them', async () => {
  const result = await returned(`
    const sheet = SpreadsheetApp.getActive().getSheetByName("Jon's tab");
    sheet.getRange('B2:C3').setValues([['1', '=B2+1'], [true, null]]);
    return [sheet.getLastRow(), sheet.getLastColumn(), sheet.getDataRange().getA1Notation(), sheet.getDataRange().getValues()];`);
  assert.deepEqual(result, [3, 3, 'A1:C3', [['', '', ''], ['', 1, 2], ['', true, '']]]);
  assert.deepEqual(await book.values("'Jon''s tab'!B2:C3"), [[1, 2], [true]]);
});

test('a sheet knows its name, place and size, and an empty one has no last row', async () => {
  const empty = await workbooks.create('Empty', { Only: [] });
  assert.deepEqual(await returned(`
    const sheet = SpreadsheetApp.getActiveSheet();
    return [sheet.getName(), sheet.getIndex(), sheet.getMaxRows(), sheet.getMaxColumns(), sheet.getLastRow(), sheet.getLastColumn(), sheet.getType()];`,
  { view: empty.view('Only') }), ['Only', 1, 1000, 26, 0, 0, 'GRID']);
});

test('the selection is a list of ranges, the one selected last at its end', async () => {
  assert.deepEqual(await returned(`
    const list = SpreadsheetApp.getActiveRangeList().getRanges().map((range) => range.getA1Notation());
    return [list, SpreadsheetApp.getActiveRange().getA1Notation()];`, { view: book.view('First', ['A5:B6', 'C1']) }), [['A5:B6', 'C1'], 'C1']);
  assert.equal(await returned('return SpreadsheetApp.getActiveRangeList();', { view: book.view('First', []) }), null);
});

test('rows hidden by a filter and rows hidden by hand are told apart', async () => {
  assert.deepEqual(await returned(`
    const sheet = SpreadsheetApp.getActiveSheet();
    return [2, 3, 4].map((row) => [sheet.isRowHiddenByFilter(row), sheet.isRowHiddenByUser(row)]);`,
  { view: book.view('First', ['A1'], { byFilter: [2], byUser: [3] }) }), [[true, false], [false, true], [false, false]]);
});

test('a range outside the sheet, or data of another shape, is refused in Google\'s words', async () => {
  await reject('SpreadsheetApp.getActiveSheet().getRange(1001, 1);', 'The coordinates of the range are outside the dimensions of the sheet.');
  await reject('SpreadsheetApp.getActiveSheet().getRange(0, 1);', 'The coordinates of the range are outside the dimensions of the sheet.');
  await reject('SpreadsheetApp.getActiveSheet().getRange(1, 1, 0, 1);', 'The number of rows in the range must be at least 1.');
  await reject(`SpreadsheetApp.getActiveSheet().getRange('A1:B1').setValues([['x']]);`,
    'The number of columns in the data does not match the number of columns in the range. The data has 1 but the range has 2.');
});

test('what the stand-ins do not have is refused by its name', async () => {
  await reject('SpreadsheetApp.openById("x");', 'SpreadsheetApp.openById is not part of the stand-ins');
  await reject('SpreadsheetApp.getActiveSheet().sort(1);', 'Sheet.sort is not part of the stand-ins');
  await reject('UrlFetchApp.fetchAll([]);', 'UrlFetchApp.fetchAll is not part of the stand-ins');
  await reject('Utilities.base64Encode("x");', 'Utilities.base64Encode is not part of the stand-ins');
  await reject('UrlFetchApp.fetch("https://example.com", { timeout: 1 });', 'UrlFetchApp.fetch: the option timeout is not part of the stand-ins');
  await reject('SpreadsheetApp.getActive().getSheetByName("Jon\'s tab").getActiveRange();',
    'The selection of a tab that is not in front is not part of the stand-ins');
});

test('what a service throws is an Error where the menu code runs', async () => {
  assert.deepEqual(await returned(`
    try { UrlFetchApp.fetch('nowhere'); } catch (error) { return [error instanceof Error, error.name, error.message]; }`),
  [true, 'Exception', 'Invalid argument: nowhere']);
});

test('nothing of the host or of Node is within reach of the menu code', async () => {
  assert.deepEqual(await returned(`
    return ['host', 'skippedMs', 'appsScriptRuntime', 'fetch', 'process', 'require', 'setTimeout'].filter((name) => name in globalThis);`), []);
});

test('UrlFetchApp throws for a refusal unless it is muted, and in Google\'s words when nothing answers', async () => {
  const url = `${workbooks.roadmapd.url}/nothing-here`;
  await reject(`UrlFetchApp.fetch('${url}');`, /^Request failed for http\S+ returned code 404\. Truncated server response: /);
  assert.equal(await returned(`return UrlFetchApp.fetch('${url}', { muteHttpExceptions: true }).getResponseCode();`), 404);
  await reject('UrlFetchApp.fetch("http://127.0.0.1:1/");', 'Address unavailable: http://127.0.0.1:1/');
  for (const [failure, message] of [['dns', 'DNS error: https://x.test/'], ['timeout', 'Timeout: https://x.test/'], ['tls', 'SSL Error https://x.test/']]) {
    await reject('UrlFetchApp.fetch("https://x.test/");', message, { fetch: async () => ({ failure, detail: '' }) });
  }
});

test('UrlFetchApp sends what it is given, and form fields of an object', async () => {
  const { requests } = await execution(`
    UrlFetchApp.fetch('https://x.test/a', { method: 'post', payload: { a: 'b c', d: '&' }, headers: { X: 1 } });
    UrlFetchApp.fetch('https://x.test/b', { method: 'put', contentType: 'application/json', payload: '{}', followRedirects: false });`,
  { fetch: async () => ({ status: 200, headers: {}, text: '' }) });
  assert.deepEqual(requests, [
    { url: 'https://x.test/a', method: 'POST', headers: { X: '1', 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=b%20c&d=%26', followRedirects: true },
    { url: 'https://x.test/b', method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}', followRedirects: false },
  ]);
});

test('a simple trigger may not call UrlFetchApp', async () => {
  await reject('UrlFetchApp.fetch("https://x.test/");', /^You do not have permission to call UrlFetchApp\.fetch\./,
    { view: { ...book.view('First'), simpleTrigger: true } });
});

test('alerts and prompts give the button and the text; toasts stay as long as they are told to', async () => {
  const { result, alerts, prompts, toasts } = await execution(`
    const ui = SpreadsheetApp.getUi();
    const sure = ui.alert('Title', 'Sure?', ui.ButtonSet.YES_NO) === ui.Button.NO;
    const typed = ui.prompt('Name?', ui.ButtonSet.OK_CANCEL);
    SpreadsheetApp.getActive().toast('Bye', 'Title', -1);
    return [sure, typed.getSelectedButton() === ui.Button.OK, typed.getResponseText()];`,
  { answers: [{ button: 'NO' }, { button: 'OK', text: 'Ada' }] });
  assert.deepEqual(result, [true, true, 'Ada']);
  assert.deepEqual(alerts, [{ kind: 'alert', title: 'Title', message: 'Sure?', buttons: 'YES_NO' }]);
  assert.deepEqual(prompts, [{ kind: 'prompt', title: '', message: 'Name?', buttons: 'OK_CANCEL' }]);
  assert.deepEqual(toasts, [{ kind: 'toast', title: 'Title', message: 'Bye', seconds: -1 }]);
});

test('a menu has items, separators and menus within it', async () => {
  const { menus } = await execution(`
    const ui = SpreadsheetApp.getUi();
    ui.createMenu('M').addItem('One', 'one').addSeparator().addSubMenu(ui.createMenu('More').addItem('Two', 'two')).addToUi();`);
  assert.deepEqual(menus, [{ kind: 'menu', caption: 'M', entries: [
    { kind: 'item', caption: 'One', functionName: 'one' }, { kind: 'separator' },
    { kind: 'submenu', caption: 'More', entries: [{ kind: 'item', caption: 'Two', functionName: 'two' }] },
  ] }]);
});

test('properties outlive an execution, and one that is too large is refused', async () => {
  const project = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: `
    function put() { PropertiesService.getScriptProperties().setProperty('A', 1).setProperties({ B: 'b' }); }
    function get() {
      const all = PropertiesService.getScriptProperties();
      all.deleteProperty('B');
      return [all.getProperty('A'), all.getProperty('B'), PropertiesService.getUserProperties().getProperty('A')];
    }
    function tooLarge() { PropertiesService.getScriptProperties().setProperty('A', 'x'.repeat(9217)); }` }] });
  const view = book.view('First');
  await project.call('put', { view });
  assert.deepEqual((await project.call('get', { view })).result, ['1', null, null]);
  await assert.rejects(project.call('tooLarge', { view }), { message: 'Argument too large: value' });
});

test('a template prints values, escaped or raw, and runs no code', async () => {
  assert.equal(await returned(`
    const template = HtmlService.createTemplate('<b title="<?= text ?>"><?!= html ?></b>');
    template.text = '"<&';
    template.html = '<i>x</i>';
    return template.evaluate().getContent();`), '<b title="&quot;&lt;&amp;"><i>x</i></b>');
  await reject(`HtmlService.createTemplate('<? for (;;) {} ?>').evaluate();`, /^The scriptlet <\? for .* is not part of the stand-ins/);
  await reject(`HtmlService.createTemplate('<?= nobody ?>').evaluate();`, 'nobody is not defined');
  await reject(`HtmlService.createTemplateFromFile('nothing');`, 'No HTML file named nothing was found.');
});

test('who clicked is known, and what is logged is kept in order', async () => {
  const { result, log } = await execution(`
    console.warn('a', { b: 1 });
    Logger.log('c');
    return Session.getActiveUser().getEmail();`, { user: { email: 'ines@example.com' } });
  assert.equal(result, 'ines@example.com');
  assert.deepEqual(log.map(({ level, text }) => [level, text]), [['warn', 'a {"b":1}'], ['log', 'c']]);
});

test('each execution begins with fresh globals', async () => {
  const project = new AppsScriptProject({ extraScripts: [{ name: 'probe.gs', text: 'let calls = 0;\nfunction probe() { return ++calls; }' }] });
  const view = book.view('First');
  assert.equal((await project.call('probe', { view })).result, 1);
  assert.equal((await project.call('probe', { view })).result, 1);
});
