// What is selected stays within the tab when the tab gets smaller, as undo of a paste makes it: Univer cannot tell a range beyond its edge.

import { ICommandService, IUniverInstanceService, UniverInstanceType } from '@univerjs/core';
import { SheetsSelectionsService } from '@univerjs/sheets';

const MAKE_SMALLER = new Set(['remove-rows', 'remove-col', 'set-worksheet-row-count', 'set-worksheet-column-count'].map((name) => `sheet.mutation.${name}`));

export function keepSelectionWithin({ api, injector }) {
  const instances = injector.get(IUniverInstanceService);
  injector.get(ICommandService).onCommandExecuted(({ id, params }, options) => {
    if (options?.remote || !MAKE_SMALLER.has(id)) return; // with what comes from elsewhere the selection moves along
    const { unitId, subUnitId } = params;
    const sheet = instances.getUnit(unitId, UniverInstanceType.UNIVER_SHEET)?.getSheetBySheetId(subUnitId);
    const selections = injector.get(SheetsSelectionsService).getWorkbookSelections(unitId).getSelectionsOfWorksheet(subUnitId);
    if (!sheet || selections.length === 0) return;
    const clipped = selections.map((selection) => ({
      ...selection, range: within(selection.range, sheet), primary: selection.primary && within(selection.primary, sheet),
    }));
    if (JSON.stringify(clipped) === JSON.stringify(selections)) return;
    api.syncExecuteCommand('sheet.operation.set-selections', { unitId, subUnitId, selections: clipped });
  });
}

/** A range, or the cell that takes keys; the ends that it has no number for are the tab's. */
function within(range, sheet) {
  const clipped = { ...range };
  for (const side of ['startRow', 'endRow', 'actualRow']) if (range[side] >= sheet.getRowCount()) clipped[side] = sheet.getRowCount() - 1;
  for (const side of ['startColumn', 'endColumn', 'actualColumn']) if (range[side] >= sheet.getColumnCount()) clipped[side] = sheet.getColumnCount() - 1;
  return clipped;
}
