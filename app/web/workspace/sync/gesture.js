// What one gesture of the person changed: gathered while Univer's mutations pass by, then turned into calls of the
// Sheets API. Univer applies a mutation before it tells, so cells are read as they are right then.

import { extendedValueOf, plainText } from '../grid/cells.js';
import { basicFilterOf, filtersByColor } from '../grid/filters.js';
import { colorRequests } from '../grid/color_rules.js';
import { enteredFormatOf } from '../grid/formats.js';
import { frozenAfter } from '../grid/frozen_columns.js';
import { sharedRange } from '../grid/ranges.js';
import { validationRequests } from '../grid/validation.js';
import { updateRequests } from './cell_blocks.js';
import { restoredRange, STRUCTURE_REQUESTS } from './structure_requests.js';

const VALUE = 'userEnteredValue';
const FORMAT = 'userEnteredFormat';
const LINE_CHANGES = ['insertDimension', 'deleteDimension', 'moveDimension'];
const RULE = 'dataValidation';

/** Mutations after which a whole block of cells stands elsewhere; each gives the blocks concerned. */
const MOVED_BLOCKS = {
  'sheet.mutation.reorder-range': ({ subUnitId, range }) => [{ subUnitId, range }],
  'sheet.mutation.move-range': ({ from, to }) => [
    { subUnitId: from.subUnitId, cells: from.value }, { subUnitId: to.subUnitId, cells: to.value },
  ],
};

/** Of the page alone, or followed by what matters: nothing is sent for these. */
const OF_THE_PAGE = new Set([
  'sheet.mutation.set-worksheet-row-is-auto-height', 'sheet.mutation.set-worksheet-row-auto-height',
  'sheet.mutation.set-row-data', 'sheet.mutation.set-col-data', 'sheet.mutation.empty',
  'sheet.mutation.data-validation-formula-mark-dirty', 're-calc-sheets-filter.mutation.re-calc',
  'sheet.mutation.re-calc-filter', 'sheet.mutation.mark-dirty-filter-change', 'sheet.mutation.set-gridlines-color',
  'sheet.mutation.delete-conditional-rule', 'sheet.mutation.set-conditional-rule',
  'sheet.mutation.move-conditional-rule', 'sheet.mutation.set-worksheet-permission-points', 'sheet.mutation.copy-worksheet-end', 'sheet.mutation.remove-note',
]);

const FILTER_CHANGES = new Set(['sheet.mutation.set-filter-range', 'sheet.mutation.set-filter-criteria', 'sheet.mutation.remove-filter']);

const VALIDATION_CHANGES = new Set(['addRule', 'updateRule', 'removeRule'].map((name) => `data-validation.mutation.${name}`));

/** Whether a mutation changes what the workbook keeps. */
export function concernsWorkbook(id) {
  return VALIDATION_CHANGES.has(id) || (id.startsWith('sheet.mutation.') && !OF_THE_PAGE.has(id));
}

export class Gesture {
  #steps = []; // in order: {sheetId, requests} or {subUnitId, sheetId, cells}
  #filtered = new Set(); // names of tabs whose filter changed
  #typed = new Map(); // sheetId -> {title, cells}
  #validated = new Set(); // names of tabs whose dropdowns or checkboxes changed
  #restored = []; // {subUnitId, range}: cells that came back with their rules
  #colors = new Set(); // names of rules that came back
  #unknown = new Set();

  /**
   * `view` reads the grid: see WorkbookView. `typing` is {text} of a typed cell, {foreign, table} for a paste, with the `rows` and
   * `columns` that get the table where all of the clipboard is text.
   */
  constructor(view) {
    this.view = view;
  }

  add(id, params, typing) {
    if (id === 'sheet.mutation.set-range-values') this.#addCells(params, typing);
    else if (id === 'sheet.mutation.set.numfmt' || id === 'sheet.mutation.remove.numfmt') this.#addNumberFormats(params, typing);
    else if (MOVED_BLOCKS[id]) for (const block of MOVED_BLOCKS[id](params)) this.#addBlock(block);
    else if (FILTER_CHANGES.has(id)) this.#filtered.add(params.subUnitId);
    else if (VALIDATION_CHANGES.has(id)) this.#validated.add(params.subUnitId);
    else if (id === 'sheet.mutation.add-conditional-rule') this.#colors.add(params.rule.cfId);
    else if (STRUCTURE_REQUESTS[id]) this.#addStructure(id, params);
    else this.#unknown.add(id);
  }

  /** Names of mutations that the workbook cannot keep. */
  get unknown() {
    return [...this.#unknown];
  }

  /**
   * {steps, typed}, either may be empty: `steps`, in order, are {sheetId, requests} or {sheetId, cells}; `typed` after them is
   * {sheetId, title, cells}. See cell_blocks.js for the cells.
   */
  change() {
    const filters = [...this.#filtered].map((subUnitId) => ({ sheetId: this.view.sheetIdOf(subUnitId), requests: this.#filterRequests(subUnitId) }));
    const rules = this.#restored.map(({ subUnitId, range }) => ({ sheetId: this.view.sheetIdOf(subUnitId), requests: this.#rulesWithin(subUnitId, range) }));
    const steps = [...this.#steps, ...this.#pastedRules(), ...rules, ...filters].filter(({ requests, cells }) => requests?.length > 0 || cells?.length > 0);
    return { steps, typed: [...this.#typed.values()] };
  }

  /** The filter as it is now, however many steps it took. */
  #filterRequests(subUnitId) {
    if (!this.view.sheet(subUnitId)) return [];
    if (filtersByColor(this.view, subUnitId)) {
      this.#unknown.add('filter by colour');
      return [];
    }
    const filter = basicFilterOf(this.view, subUnitId);
    return [filter ? { setBasicFilter: { filter } } : { clearBasicFilter: { sheetId: this.view.sheetIdOf(subUnitId) } }];
  }

  /** Dropdowns and checkboxes of cells that were pasted, filled or moved. Where lines come and go, rules go with their cells by themselves. */
  #pastedRules() {
    if (this.#steps.some(({ requests }) => requests)) return [];
    return this.#steps.filter(({ subUnitId }) => this.#validated.has(subUnitId)).map(({ subUnitId, sheetId, cells }) => ({
      subUnitId, sheetId, cells: cells.map(({ row, column }) => {
        const dataValidation = this.view.validationRule(subUnitId, row, column)?.original;
        return { row, column, fields: RULE, data: dataValidation ? { dataValidation } : {} };
      }),
    }));
  }

  /** The rules of cells that came back, as they are now: Univer brings them back after the cells. */
  #rulesWithin(subUnitId, range) {
    if (!this.view.sheet(subUnitId)) return [];
    const boxes = this.view.validationRules(subUnitId).filter(({ type }) => type === 'checkbox')
      .flatMap(({ ranges }) => ranges.flatMap((one) => sharedRange(one, range) ?? []));
    const ticked = [];
    for (const box of boxes) {
      this.view.forEachCellOf(subUnitId, box, (row, column) => {
        if (this.view.cell(subUnitId, row, column)) ticked.push(this.#valueOf(subUnitId, row, column));
      });
    }
    return [
      ...validationRequests(this.view, subUnitId, range), ...updateRequests(this.view.sheetIdOf(subUnitId), ticked),
      ...colorRequests(this.view, subUnitId, range, this.#colors),
    ];
  }

  #addStructure(id, params) {
    const subUnitId = params.subUnitId ?? params.sheet?.id;
    const sheetId = this.view.sheetIdOf(subUnitId);
    const range = restoredRange(id, params);
    if (range) this.#restored.push({ subUnitId, range });
    this.#steps.push({ sheetId, requests: STRUCTURE_REQUESTS[id](this.#asInWorkbook(id, params, subUnitId), sheetId) });
    const { cellData } = id === 'sheet.mutation.insert-sheet' ? params.sheet : {};
    if (cellData) this.#addBlock({ subUnitId: params.sheet.id, cells: cellData });
  }

  /** A narrow window shows fewer columns frozen than the workbook has. */
  #asInWorkbook(id, params, subUnitId) {
    if (id !== 'sheet.mutation.set-frozen') return params;
    const linesChanged = this.#steps.some(({ requests = [] }) => requests.some((request) => LINE_CHANGES.some((kind) => request[kind])));
    return { ...params, xSplit: frozenAfter(this.view.sheet(subUnitId).getConfig(), params.xSplit, linesChanged) };
  }

  #addCells({ subUnitId, cellValue }, typing) {
    const cells = [];
    const textOf = typing && typedTexts(typing, cellValue);
    forEachCell(cellValue, (row, column, changed) => {
      const setsValue = changed === null || ['v', 'f', 'p', 'si'].some((name) => changed[name] !== undefined);
      const setsFormat = changed === null || changed.s !== undefined;
      const typedText = setsValue && changed ? textOf?.(row, column, changed) : undefined;
      if (typedText !== undefined) this.#addTyped(subUnitId, row, column, typedText);
      else if (setsValue) cells.push(this.#valueOf(subUnitId, row, column));
      // What is typed gets the number format that the server finds for it; what is pasted, the cell's own look.
      const isTyped = typing && (typing.foreign || (typing.row === row && typing.column === column));
      if (setsFormat && !isTyped) cells.push(this.#formatOf(subUnitId, row, column));
    });
    this.#addStep(subUnitId, cells);
  }

  #addTyped(subUnitId, row, column, data) {
    const sheetId = this.view.sheetIdOf(subUnitId);
    if (!this.#typed.has(sheetId)) this.#typed.set(sheetId, { sheetId, title: this.view.titleOf(subUnitId), cells: [] });
    this.#typed.get(sheetId).cells.push({ row, column, data });
  }

  #addBlock({ subUnitId, cells, range }) {
    const block = [];
    const add = (row, column) => block.push(this.#valueOf(subUnitId, row, column), this.#formatOf(subUnitId, row, column));
    if (cells) forEachCell(cells, add);
    else this.view.forEachCellOf(subUnitId, range, add);
    this.#addStep(subUnitId, block);
  }

  #addNumberFormats({ subUnitId, values, ranges }, typing) {
    if (typing) return;
    const cells = [];
    for (const range of ranges ?? Object.values(values).flatMap((value) => value.ranges)) {
      this.view.forEachCellOf(subUnitId, range, (row, column) => {
        cells.push(this.#formatOf(subUnitId, row, column));
      });
    }
    this.#addStep(subUnitId, cells);
  }

  #addStep(subUnitId, all) {
    // Undo of what made a tab larger empties cells that are gone by then.
    const sheet = this.view.sheet(subUnitId);
    const cells = all.filter(({ row, column }) => row < sheet.getRowCount() && column < sheet.getColumnCount());
    if (cells.length === 0) return;
    const sheetId = this.view.sheetIdOf(subUnitId);
    const last = this.#steps.at(-1);
    // Univer clears and fills in two mutations; the later one counts.
    if (last?.cells && last.sheetId === sheetId) last.cells.push(...cells);
    else this.#steps.push({ subUnitId, sheetId, cells });
  }

  #valueOf(subUnitId, row, column) {
    const value = extendedValueOf(this.view.cell(subUnitId, row, column), {
      formula: this.view.sharedFormula(subUnitId, row, column),
      isCheckbox: this.view.isCheckbox(subUnitId, row, column),
    });
    return { row, column, fields: VALUE, data: { userEnteredValue: value } };
  }

  #formatOf(subUnitId, row, column) {
    return { row, column, fields: FORMAT, data: { userEnteredFormat: enteredFormatOf(this.view.style(subUnitId, row, column)) } };
  }
}

/** Tells for each cell what was typed or pasted into it, as the Sheets API takes it; undefined where nothing was. */
function typedTexts(typing, cellValue) {
  if (!typing.foreign) return (row, column) => (typing.row === row && typing.column === column ? typing.text : undefined);
  if (typing.rows) return textsOfTable(typing);
  const rows = Object.keys(cellValue).map(Number);
  const firstRow = Math.min(...rows);
  const firstColumn = Math.min(...rows.flatMap((row) => Object.keys(cellValue[row] ?? {}).map(Number)));
  // The clipboard's own text says more than what Univer made of it: it still has the "%" of "50%". Where Univer saw
  // other rows in it, only Univer knows which cell got what.
  const table = typing.table?.length === rows.length ? typing.table : [];
  return (row, column, changed) => table[row - firstRow]?.[column - firstColumn] ?? pastedText(changed);
}

/** The texts of a table, cell by cell; one that is pasted over more rows or columns than it has begins again. */
function textsOfTable({ table, rows, columns }) {
  const width = table.reduce((most, cells) => Math.max(most, cells.length), 0);
  const [rowAt, columnAt] = [rows, columns].map((lines) => new Map(lines.map((line, index) => [line, index])));
  return (row, column) => table[rowAt.get(row) % table.length]?.[columnAt.get(column) % width];
}

function pastedText({ p, f, v }) {
  if (p) return plainText(p);
  return f || (v ?? undefined);
}

function forEachCell(matrix, visit) {
  for (const [row, cells] of Object.entries(matrix ?? {})) {
    for (const [column, cell] of Object.entries(cells ?? {})) visit(Number(row), Number(column), cell);
  }
}
