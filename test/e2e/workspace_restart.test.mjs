// The workspace and a service that is started anew under it: the page notices each start, whatever the new server counts,
// and begins anew itself once everything typed is stored. However late a browser runs a page's timers, it opens.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { temporaryFolder } from '../integration/node/roadmapd_process.mjs';
import { BACKLOG, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';

const MENU = '🧠 Roadmap AI';

/** Runs in the page: whoever waits a tenth of a second or longer waits three seconds more. */
function delayTimers() {
  const { setTimeout } = window;
  window.setTimeout = (work, delay = 0, ...details) => setTimeout.call(window, work, delay < 100 ? delay : delay + 3000, ...details);
}

let folder;
let demo;
let page;
before(async () => {
  folder = temporaryFolder();
  demo = await WorkspaceDemo.start({ data: folder.path });
  await demo.restart(); // from now on servers count the same number of changes when they have started
  page = await demo.open();
});
after(async () => {
  await page?.close();
  await demo?.stop();
  folder.remove();
});

test('a page that nothing was done on goes on with the menu after a restart, though the new server counts as many changes', async () => {
  await page.clickWorkbook('Product Ops');
  await page.clickCell('A2');
  await demo.restart();
  await page.untilRenewed();
  assert.equal(await page.page.locator('#workbooks [aria-selected=true]').innerText(), 'Product Ops');
  await page.untilToast('The service has been started anew, and this page with it.');
  await page.clickCell('A2');
  await page.untilMenuIsFree();
  await page.choose(MENU, 'Score selected');
  await page.untilToast('1 initiative scored');
  await page.closePage();
  page.forgive(/net::ERR_/);
});

test('a click in the menu that is faster than the page\'s own look begins the page anew; the old secret is not used', async () => {
  await page.holdLooks();
  await demo.restart();
  await page.choose(MENU, 'Score selected');
  await page.letLooksGo();
  await page.untilRenewed();
  assert.equal(await page.dialog().count(), 0);
  assert.deepEqual(page.troubles.filter((text) => !/net::ERR_/.test(text)), [], 'nothing was refused');
  page.troubles = [];
});

test('what is being typed at the restart is typed to its end and stored before the page begins anew', async () => {
  await page.clickWorkbook('Central Backlog');
  const { Hypothesis: column } = await page.columns(BACKLOG, 'Backlog');
  await page.clickCell(`${column}4`);
  await page.type('half a');
  await demo.restart();
  await page.untilState('All changes saved');
  await page.type(' thought');
  await page.press('Enter');
  await page.untilRenewed();
  assert.deepEqual(await page.stored(BACKLOG, `Backlog!${column}4`), [['half a thought']]);
  await page.assertEqualToStored(BACKLOG, 'Backlog');
  page.forgive(/net::ERR_/);
});

test('cell, selection and scroll position are there again after a restart and after the browser\'s own reload, on each tab', async () => {
  await page.clickWorkbook('Product Ops');
  const scoring = await page.columns(PRODUCT_OPS, 'Scoring_Inputs');
  const header = await page.stored(PRODUCT_OPS, 'Scoring_Inputs!1:1');
  await page.clickSheet('Params');
  await page.clickCell('B6');
  await page.clickSheet('Scoring_Inputs');
  const effort = scoring['RICE: Effort'];
  await page.clickCell(`${effort}5`);
  await page.type('3');
  await page.press('Enter');
  await page.saved();
  const before = await page.place();
  assert.equal(before.cell, `${effort}6`);
  assert.ok(before.scroll.sheetViewStartColumn > 0, 'scrolled to the right');
  await demo.restart();
  await page.untilRenewed();
  assert.deepEqual(await page.place(), before);
  await page.type('4'); // as a person goes on
  await page.press('Enter');
  await page.saved();
  assert.deepEqual(await page.stored(PRODUCT_OPS, `Scoring_Inputs!${effort}5:${effort}6`), [[3], [4]]);
  assert.deepEqual(await page.stored(PRODUCT_OPS, 'Scoring_Inputs!1:1'), header);
  await page.dragCells('C8', 'D6');
  const dragged = await page.place();
  assert.deepEqual([dragged.cell, ...dragged.ranges], ['C8', 'C6:D8']);
  await page.reload();
  assert.deepEqual(await page.place(), dragged);
  await page.clickSheet('Params');
  assert.deepEqual(await page.selectedRanges(), ['B6']);
  await page.clickWorkbook('Central Backlog');
  await page.reload();
  await page.clickWorkbook('Product Ops');
  assert.deepEqual(await page.selectedRanges(), ['B6'], 'a workbook that was not in front, too');
  page.forgive(/net::ERR_/);
});

test('the console opens logged in, after a restart too', async () => {
  const link = await page.page.locator('#console').getAttribute('href');
  const response = await fetch(new URL(link, demo.url), { redirect: 'manual' });
  assert.equal(response.status, 303);
  assert.ok(response.headers.get('set-cookie'));
  await response.body?.cancel();
});

test('a page whose timers come late, as those of a tab behind another do, gets ready', async () => {
  const late = await demo.open({ script: delayTimers });
  await late.clickWorkbook('Central Backlog');
  assert.deepEqual(late.troubles, []);
  await late.close();
});
