import { BACKLOG, PRODUCT_OPS, WorkspaceDemo } from './workspace_demo.mjs';
import axe from 'axe-core';
process.env.WORKSPACE_URL='http://127.0.0.1:18811';
const demo = await WorkspaceDemo.start();
const page = await demo.open({viewport:{width:1440,height:900}});
const p = page.page;
try {
const cols = await page.columns(PRODUCT_OPS,'Scoring_Inputs');
const {sheets} = await page.api(`/v4/spreadsheets/${PRODUCT_OPS}?fields=sheets.properties`);
const sid = sheets.find(s=>s.properties.title==='Scoring_Inputs').properties.sheetId;
const ci = l => { let n=0; for (const ch of l) n=n*26+ch.charCodeAt(0)-64; return n-1; };
await page.change(PRODUCT_OPS,[
 {addConditionalFormatRule:{index:0, rule:{ranges:[{sheetId:sid,startRowIndex:1,startColumnIndex:ci(cols.Status),endColumnIndex:ci(cols.Status)+1}],booleanRule:{condition:{type:'TEXT_STARTS_WITH',values:[{userEnteredValue:'OK'}]},format:{backgroundColor:{red:.85,green:.95,blue:.85}}}}}},
 {addConditionalFormatRule:{index:0, rule:{ranges:[{sheetId:sid,startRowIndex:1,startColumnIndex:ci(cols.Status),endColumnIndex:ci(cols.Status)+1}],booleanRule:{condition:{type:'TEXT_STARTS_WITH',values:[{userEnteredValue:'FAILED'}]},format:{backgroundColor:{red:1,green:.85,blue:.85}}}}}},
]);
await page.clickWorkbook('Product Ops');
await p.waitForTimeout(800);
await p.screenshot({path:'/tmp/wsx/b1440.png'});
await page.clickCell(`${cols.Status}3`);
await p.waitForTimeout(300);
await p.screenshot({path:'/tmp/wsx/b_status.png'});
await p.evaluate(axe.source);
const v = await p.evaluate(async()=> (await window.axe.run(document)).violations.map(x=>x.id+' '+x.impact+': '+x.nodes.slice(0,4).map(n=>n.html.slice(0,160)).join('\n    ')+(x.nodes.length>4?` … ${x.nodes.length}`:'')));
console.log(v.join('\n'));
// tab walk
await p.locator('#help-button').focus();
for (let i=0;i<60;i++){ await p.keyboard.press('Tab'); const d = await p.evaluate(()=>{const a=document.activeElement; return a.tagName+'#'+a.id+' '+(a.dataset.uComp||'')+' '+(a.dataset.uCommand||'')+' '+(a.getAttribute('aria-label')||a.textContent||'').slice(0,30)+ ' '+(a.closest('#grid')?'grid':'chrome');}); console.log(i,d); if (/BODY/.test(d)) break; }
} finally { await page.close(); await demo.browser.close(); }
