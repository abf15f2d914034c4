// Selections of a tab in which rows or columns were inserted or deleted.

import { RANGE_TYPE } from '@univerjs/core';

const ALL_COLUMNS = [RANGE_TYPE.ROW, RANGE_TYPE.ALL];
const ALL_ROWS = [RANGE_TYPE.COLUMN, RANGE_TYPE.ALL];

/**
 * These selections where what they select is now: `rows` and `columns` have a place for each that was there, undefined where it was
 * deleted; the tab's `size` is {rows, columns}. What comes between those that are selected is selected too; of what is gone, the
 * next one is.
 */
export function movedSelections(selections, { rows, columns }, size) {
  return selections.map(({ range, primary, style }) => {
    const [startRow, endRow] = ALL_ROWS.includes(range.rangeType) ? whole(range.startRow, size.rows) : moved([range.startRow, range.endRow], rows, size.rows);
    const [startColumn, endColumn] = ALL_COLUMNS.includes(range.rangeType)
      ? whole(range.startColumn, size.columns) : moved([range.startColumn, range.endColumn], columns, size.columns);
    const next = { ...range, startRow, endRow, startColumn, endColumn };
    return { range: next, primary: primary && movedCell(primary, { rows, columns }, size), style };
  });
}

/** A side that has no edge of its own stays so. */
const whole = (start, count) => (Number.isFinite(start) ? [0, count - 1] : [start, start]);

function moved([start, end], places, count) {
  const left = places.slice(start, end + 1).filter((place) => place !== undefined);
  if (left.length > 0) return [left[0], left.at(-1)];
  const above = places.slice(0, start).findLast((place) => place !== undefined) ?? -1;
  const next = Math.min(above + 1, count - 1);
  return [next, next];
}

function movedCell(cell, { rows, columns }, size) {
  const [row] = moved([cell.actualRow, cell.actualRow], rows, size.rows);
  const [column] = moved([cell.actualColumn, cell.actualColumn], columns, size.columns);
  return { ...cell, actualRow: row, startRow: row, endRow: row, actualColumn: column, startColumn: column, endColumn: column };
}
