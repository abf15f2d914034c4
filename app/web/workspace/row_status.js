// What the Status of the selected row says, above the grid: typed columns stand far to the right of it.

import { ICommandService } from '@univerjs/core';

/** `headersOf(id)`: the headers under which a workbook's tabs have that column, the first that is there counts. */
export function showRowStatus({ api, injector }, element, headersOf) {
  let isDue = false;
  const show = () => {
    isDue = false;
    const workbook = api.getActiveWorkbook();
    const sheet = workbook?.getActiveSheet();
    const row = sheet?.getSelection()?.getActiveRange()?.getRow();
    const text = row === undefined ? '' : statusOf(sheet, row, headersOf(workbook.getId()));
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
function statusOf(sheet, row, names) {
  const header = Math.max(0, sheet.getFrozenRows() - 1);
  if (row <= header) return '';
  const headers = Array.from({ length: sheet.getLastColumn() + 1 }, (_, column) => String(sheet.getRange(header, column).getValue() ?? '').trim().toLowerCase());
  const column = names.map((name) => headers.indexOf(name.toLowerCase())).find((index) => index >= 0);
  return column === undefined ? '' : String(sheet.getRange(row, column).getValue() ?? '');
}
