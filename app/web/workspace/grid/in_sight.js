// The selected cell stays in sight when the grid gets smaller, as it does when a page of the menu opens below it.

import { IRenderManagerService } from '@univerjs/engine-render';

/** For workbooks that are made after this. */
export function keepSelectionInSight({ api, injector }) {
  injector.get(IRenderManagerService).created$.subscribe(({ unitId, engine }) => {
    engine.onTransformChange$.subscribeEvent(({ value, preValue }) => {
      const workbook = api.getActiveWorkbook();
      if (workbook?.getId() === unitId && value.height < preValue.height) showSelection(api, workbook.getActiveSheet());
    });
  });
}

/** Rows move, columns stay. */
export function showSelection(api, sheet) {
  const row = sheet.getSelection()?.getActiveRange()?.getRow();
  if (row === undefined) return;
  const frozen = sheet.getFrozenColumns();
  const { sheetViewStartColumn, offsetX } = sheet.getScrollState();
  // Univer scrolls rows for one of the columns that scroll, and where a row is frozen, for the last frozen one too, which is in sight.
  const column = frozen > 0 && sheet.getFrozenRows() > 0 ? frozen - 1 : frozen + sheetViewStartColumn + 1;
  api.syncExecuteCommand('sheet.command.scroll-to-cell', { range: { startRow: row, endRow: row, startColumn: column, endColumn: column } });
  const now = sheet.getScrollState();
  if (now.sheetViewStartColumn === sheetViewStartColumn && now.offsetX === offsetX) return;
  api.syncExecuteCommand('sheet.command.scroll-view', { ...now, sheetViewStartColumn, offsetX });
}
