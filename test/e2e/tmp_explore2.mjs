import { WorkspaceDemo } from './workspace_demo.mjs';
const demo = await WorkspaceDemo.start();
const page = await demo.open({viewport:{width:1440,height:900}});
const p = page.page;
try {
await page.clickWorkbook('Product Ops');
console.log(await p.evaluate(()=>[...document.querySelectorAll('#grid button, #grid [aria-haspopup], #grid input, #grid a, #grid [role]')].map(e=>`${e.tagName} cmd=${e.dataset.uCommand||''} comp=${e.dataset.uComp||''} role=${e.getAttribute('role')||''} aria=${e.getAttribute('aria-label')||''} hp=${e.getAttribute('aria-haspopup')||''} txt=${(e.textContent||e.value||'').slice(0,20)} parentcmd=${e.closest('[data-u-command]')?.dataset.uCommand||''} pcls=${(e.parentElement.dataset.uComp||e.parentElement.className).slice(0,60)} svg=${[...e.querySelectorAll('svg')].map(s=>s.getAttribute('class')).join('|').slice(0,60)} vis=${!!e.offsetParent}`).join('\n')));
await page.clickCell('B3');
await p.mouse.click((await p.evaluate(()=>0)) + 300, 185, {button:'right'}); await p.waitForTimeout(400);
await p.screenshot({path:'/tmp/wsx/ctx.png'});
} finally { await page.close(); await demo.browser.close(); }
