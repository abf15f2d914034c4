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

/**
 * Rows move, columns stay: a frozen one is in sight always, and of these Univer scrolls rows for the last one; without one, the second
 * is in sight whole on most screens.
 */
export function showSelection(api, sheet) {
  const row = sheet.getSelection()?.getActiveRange()?.getRow();
  if (row === undefined) return;
  const frozen = sheet.getFrozenColumns();
  const column = frozen > 0 ? frozen - 1 : sheet.getScrollState().sheetViewStartColumn + 1;
  api.executeCommand('sheet.command.scroll-to-cell', { range: { startRow: row, endRow: row, startColumn: column, endColumn: column } });
}
