// The selected cell stays in sight when the grid gets smaller, as it does when a page of the menu opens below it.

import { IRenderManagerService } from '@univerjs/engine-render';

/** For workbooks that are made after this. */
export function keepSelectionInSight({ api, injector }) {
  injector.get(IRenderManagerService).created$.subscribe(({ unitId, engine }) => {
    engine.onTransformChange$.subscribeEvent(({ value, preValue }) => {
      const workbook = api.getActiveWorkbook();
      if (workbook?.getId() === unitId && value.height < preValue.height) showRow(api, workbook.getActiveSheet());
    });
  });
}

/** Rows move, columns stay: the second one beside the frozen ones is in sight whole, and is not scrolled to. */
function showRow(api, sheet) {
  const row = sheet.getSelection()?.getActiveRange()?.getRow();
  if (row === undefined) return;
  const column = sheet.getScrollState().sheetViewStartColumn + sheet.getFrozenColumns() + 1;
  api.executeCommand('sheet.command.scroll-to-cell', { range: { startRow: row, endRow: row, startColumn: column, endColumn: column } });
}
