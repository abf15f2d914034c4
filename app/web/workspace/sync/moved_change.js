// What the person did on a tab whose rows or columns have moved before the workbook was told of it: cells go where they stand now.

/** What was done cannot be done where its cells stand now. */
export class MovedError extends Error {
  constructor() {
    super('Rows or columns have moved meanwhile. Do it again.');
    this.name = 'MovedError';
  }
}

/**
 * The change (see Gesture.change()) with its cells of the tab `sheetId` at their `places` (see placesIn(), undefined where the tab is
 * gone). `onLost(text, reason)` is told of what would have been written, were its cell still there. Throws MovedError where more than
 * cells was changed.
 */
export function movedChange(change, sheetId, places, onLost) {
  if (places?.isSame) return change;
  const isOther = (part) => part.sheetId !== sheetId;
  const moved = (part) => ({ ...part, cells: part.cells.flatMap((cell) => movedCell(cell, places, onLost)) });
  const steps = change.steps.map((step) => {
    if (isOther(step) || (step.requests && !places)) return step; // a tab that is gone: the workbook says so itself
    if (step.requests) throw new MovedError();
    return moved(step);
  });
  return { ...change, steps, typed: change.typed.map((part) => (isOther(part) ? part : moved(part))) };
}

function movedCell(cell, places, onLost) {
  const { row, column } = { row: places?.rows[cell.row], column: places?.columns[cell.column] };
  const text = textOf(cell.data);
  const reason = reasonOfLoss(text, { places, row, column });
  if (reason === undefined) return [{ ...cell, row, column }];
  if (text !== '') onLost(text, reason);
  return [];
}

function reasonOfLoss(text, { places, row, column }) {
  const gone = (what) => `the ${what} that it was meant for has been deleted`;
  if (!places) return gone('tab');
  if (row === undefined) return gone('row');
  if (column === undefined) return gone('column');
  return text.startsWith('=') ? 'cells that it may name have moved' : undefined;
}

/** What a cell would have been given: typed as it is, or as CellData. */
function textOf(data) {
  if (typeof data !== 'object') return String(data);
  return String(Object.values(data?.userEnteredValue ?? {})[0] ?? '');
}
