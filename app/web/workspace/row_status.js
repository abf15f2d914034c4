// What the Status of the selected row says, above the grid: typed columns stand far to the right of it.

import { ICommandService } from '@univerjs/core';

/** Headers, in small letters, of what a run says of a row; on the Backlog and in intake, Status is the initiative's own. */
const RUN_STATUS = ['last run status', 'run status', 'sync status'];
const OF_PRODUCT_OPS = [...RUN_STATUS, 'status'];

/** `kindOf(id)`: which workbook of the three kinds that is. */
export function showRowStatus({ api, injector }, element, kindOf) {
  let isDue = false;
  const show = () => {
    isDue = false;
    const workbook = api.getActiveWorkbook();
    const sheet = workbook?.getActiveSheet();
    const row = sheet?.getSelection()?.getActiveRange()?.getRow();
    const text = row === undefined ? '' : statusOf(sheet, row, kindOf(workbook.getId()));
    element.hidden = text === '';
    element.title = text;
    element.dataset.outcome = /^[A-Z]*/.exec(text)[0];
    element.replaceChildren(Object.assign(document.createElement('b'), { textContent: `Row ${row + 1}` }), ` ${text}`);
  };
  injector.get(ICommandService).onCommandExecuted(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(show);
  });
}

/** The Status of a row below the header; empty where the tab has none. */
function statusOf(sheet, row, kind) {
  const header = Math.max(0, sheet.getFrozenRows() - 1);
  if (row <= header) return '';
  const headers = Array.from({ length: sheet.getLastColumn() + 1 }, (_, column) => String(sheet.getRange(header, column).getValue() ?? '').trim().toLowerCase());
  const column = (kind === 'product_ops' ? OF_PRODUCT_OPS : RUN_STATUS).map((name) => headers.indexOf(name)).find((index) => index >= 0);
  return column === undefined ? '' : String(sheet.getRange(row, column).getValue() ?? '');
}
