// All cells of all tabs at one moment.

import { BLANK, isBlank } from './cells.mjs';
import { KEY, columnOf, columnsOf } from './fields.mjs';

const FIRST_ROW = 1; // below the header

/** One row of a tab, read by its fields. */
class Row {
  constructor(tab, index) {
    Object.assign(this, { tab, index });
  }

  cell(field) {
    const column = this.tab.columns.get(field);
    return column === undefined ? BLANK : this.tab.cell(this.index, column);
  }

  get keyCell() {
    return this.cell(KEY);
  }

  get key() {
    return this.keyCell.e === undefined ? String(this.keyCell.v).trim() : this.keyCell.e;
  }

  /** The row's number as people see it. */
  get number() {
    return this.index + 1;
  }

  get blank() {
    return (this.tab.grid[this.index] ?? []).every(isBlank);
  }
}

export class Tab {
  constructor(id, kind, grid) {
    Object.assign(this, { id, kind, grid });
    this.headers = (grid[0] ?? []).map((cell) => String(cell.v));
    this.columns = columnsOf(kind, this.headers);
  }

  cell(row, column) {
    return this.grid[row]?.[column] ?? BLANK;
  }

  has(field) {
    return this.columns.has(field);
  }

  /** Fields of this owner whose column is there. */
  fields(owner) {
    return [...this.columns.keys()].filter((field) => columnOf(this.kind, field).owner === owner && field !== KEY);
  }

  rows() {
    return this.grid
      .map((_, index) => new Row(this, index))
      .slice(FIRST_ROW)
      .filter((row) => !row.blank);
  }

  row(index) {
    return new Row(this, index);
  }
}

const kindOf = (id) => ({ north: 'intake', south: 'intake', east: 'intake' })[id] ?? id.replace(/_.*/, '');

export class Snapshot {
  constructor(grids) {
    this.tabs = new Map(Object.entries(grids).map(([id, grid]) => [id, new Tab(id, kindOf(id), trimmed(grid))]));
  }

  tab(id) {
    return this.tabs.get(id);
  }
}

/** Without blank cells and rows at the end. */
function trimmed(grid) {
  const rows = grid.map((cells) => cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1));
  return rows.slice(0, rows.findLastIndex((cells) => cells.length > 0) + 1);
}
