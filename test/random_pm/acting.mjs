// Does what people do to the sheets, one step at a time.

import { isBlank } from './cells.mjs';
import { KEY } from './fields.mjs';

const pickRow = (tab, fraction) => {
  const rows = tab.rows();
  return rows[Math.min(rows.length - 1, Math.floor(fraction * rows.length))];
};
const below = (tab) => (tab.rows().at(-1)?.index ?? 0) + 1;
const entered = (cell) => (cell.f === undefined ? (cell.e ?? cell.v) : { entered: cell.f });

/** Does one step to the sheets; a step that finds no row does nothing. */
export async function act(world, step, snapshot, memory) {
  const tab = snapshot.tab(step.tab);
  const sheetId = world.sheetIds[step.tab];
  const rowRange = (index) => ({ sheetId, dimension: 'ROWS', startIndex: index, endIndex: index + 1 });
  const write = (index, cells, on = tab) => {
    const list = Object.entries(cells)
      .filter(([field]) => on.has(field))
      .map(([field, value]) => ({ row: index, column: on.columns.get(field), value }));
    return list.length > 0 ? world.type(on.id, list) : undefined;
  };
  if (step.do === 'wish') return write(below(tab), step.cells);
  if (step.do === 'list') {
    const keys = [...memory.initiatives.keys()];
    const key = keys[Math.floor(step.key * keys.length)];
    const isThere = step.tab !== 'params' && tab.rows().some((row) => row.key === key);
    return key === undefined || isThere ? undefined : write(below(tab), { [KEY]: key, ...step.cells });
  }
  if (step.do === 'sort') {
    const column = tab.columns.get(step.field);
    if (column === undefined) return undefined;
    return world.change(step.tab, [
      { sortRange: { range: { sheetId, startRowIndex: 1 }, sortSpecs: [{ dimensionIndex: column, sortOrder: step.order }] } },
    ]);
  }
  if (step.do === 'addColumn' || step.do === 'removeColumn') {
    const index = tab.headers.indexOf(step.header);
    if (step.do === 'addColumn')
      return index >= 0
        ? undefined
        : world.type(step.tab, [{ row: 0, column: Math.max(...tab.grid.map((cells) => cells.length)), value: step.header }]);
    return index < 0
      ? undefined
      : world.change(step.tab, [
          { deleteDimension: { range: { sheetId, dimension: 'COLUMNS', startIndex: index, endIndex: index + 1 } } },
        ]);
  }
  const row = pickRow(tab, step.row);
  if (row === undefined) return undefined;
  switch (step.do) {
    case 'type':
      return write(row.index, { [step.field]: step.value });
    case 'key':
      return write(row.index, { [KEY]: step.value });
    case 'cells':
      return write(row.index, step.cells);
    case 'clear':
      return write(row.index, { [step.field]: '' });
    case 'note':
      return tab.headers.includes(step.header)
        ? world.type(step.tab, [{ row: row.index, column: tab.headers.indexOf(step.header), value: step.value }])
        : undefined;
    case 'retype': {
      const fields = [...tab.columns.keys()].filter((field) => ![KEY, 'status'].includes(field) && !isBlank(row.cell(field)));
      await write(below(tab), Object.fromEntries(fields.map((field) => [field, entered(row.cell(field))])));
      return world.change(step.tab, [{ deleteDimension: { range: rowRange(row.index) } }]);
    }
    case 'insertRow':
      return world.change(step.tab, [{ insertDimension: { range: rowRange(row.index), inheritFromBefore: row.index > 1 } }]);
    case 'deleteRow':
      return world.change(step.tab, [{ deleteDimension: { range: rowRange(row.index) } }]);
    case 'copyRow': {
      const cells = tab.grid[row.index]
        .map((cell, column) => ({ row: below(tab), column, value: entered(cell) }))
        .filter((_, column) => !isBlank(tab.cell(row.index, column)));
      await world.type(step.tab, cells);
      return step.title === undefined || tab.kind !== 'intake' ? undefined : write(below(tab), { title: step.title });
    }
    case 'moveRow': {
      const to = snapshot.tab(step.to);
      if (to === tab) return undefined;
      const fields = [...tab.columns.keys()].filter((field) => to.has(field) && !isBlank(row.cell(field)));
      await write(below(to), Object.fromEntries(fields.map((field) => [field, entered(row.cell(field))])), to);
      return world.change(step.tab, [{ deleteDimension: { range: rowRange(row.index) } }]);
    }
    case 'swapKeys': {
      const other = pickRow(tab, step.with);
      await write(row.index, { [KEY]: other.key });
      return write(other.index, { [KEY]: row.key });
    }
    default:
      throw new Error(`no such step: ${step.do}`);
  }
}
