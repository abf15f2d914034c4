// What undo of deleted columns and rows needs, beyond what Univer remembers of them.

import { ICommandService, IUniverInstanceService, RANGE_TYPE, UniverInstanceType } from '@univerjs/core';

const DELETIONS = {
  'sheet.command.remove-col-by-range': {
    rangeType: RANGE_TYPE.COLUMN,
    remember(sheet, { startColumn, endColumn }) {
      for (let column = startColumn; column <= endColumn; column += 1) sheet.getColumnManager().getColumnOrCreate(column);
    },
  },
  'sheet.command.remove-row-by-range': {
    rangeType: RANGE_TYPE.ROW,
    remember(sheet, { startRow, endRow }) {
      for (let row = startRow; row <= endRow; row += 1) sheet.getRowManager().getRowOrCreate(row);
    },
  },
};

export function rememberDeletedLines({ injector }) {
  const instances = injector.get(IUniverInstanceService);
  injector.get(ICommandService).beforeCommandExecuted(({ id, params }) => {
    const sheet = params && instances.getUnit(params.unitId, UniverInstanceType.UNIVER_SHEET)?.getSheetBySheetId(params.subUnitId);
    if (!DELETIONS[id] || !sheet) return;
    // Frozen lines are fewer then, and come back with undo, only where whole ones are deleted: they are, whatever was selected of them.
    params.range.rangeType = DELETIONS[id].rangeType;
    // Sizes are remembered in a row, so that each line must have one, else the next one gets it.
    DELETIONS[id].remember(sheet, params.range);
  });
}
