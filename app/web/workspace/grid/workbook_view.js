// Reads one workbook as Univer holds it at the moment.

import { IUniverInstanceService, UniverInstanceType } from '@univerjs/core';
import { ConditionalFormattingRuleModel } from '@univerjs/sheets-conditional-formatting';
import { DataValidationCacheService, SheetDataValidationModel } from '@univerjs/sheets-data-validation';
import { SheetsFilterService } from '@univerjs/sheets-filter';
import { IEditorBridgeService } from '@univerjs/sheets-ui';

import { lastFilledRow, shownText } from './cells.js';

export class WorkbookView {
  #numbers = new Map(); // Univer's name of a tab -> its number in the Sheets API, where they differ

  /** `spreadsheet` is what createSpreadsheet returned. */
  constructor({ api, injector }, unitId) {
    this.unitId = unitId;
    this.api = api;
    this.marks = injector.get(DataValidationCacheService);
    this.validation = injector.get(SheetDataValidationModel);
    this.colors = injector.get(ConditionalFormattingRuleModel);
    this.filters = injector.get(SheetsFilterService);
    this.editor = injector.get(IEditorBridgeService);
    this.workbook = injector.get(IUniverInstanceService).getUnit(unitId, UniverInstanceType.UNIVER_SHEET);
  }

  /** The tab's number in the Sheets API. A tab that was made here gets one when it is first asked for. */
  sheetIdOf(subUnitId) {
    if (/^\d+$/.test(subUnitId)) return Number(subUnitId);
    if (!this.#numbers.has(subUnitId)) this.#numbers.set(subUnitId, crypto.getRandomValues(new Uint32Array(1))[0] >>> 1);
    return this.#numbers.get(subUnitId);
  }

  /** Univer's name of the tab with that number, undefined when there is none. */
  subUnitIdOf(sheetId) {
    return this.sheets().find((sheet) => this.sheetIdOf(sheet.getSheetId()) === sheetId)?.getSheetId();
  }

  /** The tabs in their order. */
  sheets() {
    return this.workbook.getSheets();
  }

  sheet(subUnitId) {
    return this.workbook.getSheetBySheetId(subUnitId);
  }

  titleOf(subUnitId) {
    return this.sheet(subUnitId).getName();
  }

  cell(subUnitId, row, column) {
    return this.sheet(subUnitId).getCellRaw(row, column);
  }

  /** What a cell shows, as text without its number format. */
  textOf(subUnitId, row, column) {
    return shownText(this.cell(subUnitId, row, column));
  }

  /** What all cells of a tab show, row by row. */
  texts(subUnitId) {
    const sheet = this.sheet(subUnitId);
    return Array.from({ length: sheet.getRowCount() }, (_row, row) =>
      Array.from({ length: sheet.getColumnCount() }, (_column, column) => this.textOf(subUnitId, row, column)));
  }

  /** {subUnitId, row, column} of the cell that is being typed into, in it or above the grid; undefined where none of this workbook is. */
  typedCell() {
    const cell = this.editor.isVisible().visible ? this.editor.getEditLocation() : undefined;
    return cell?.unitId === this.unitId ? { subUnitId: cell.sheetId, row: cell.row, column: cell.column } : undefined;
  }

  /** Something was typed since the cell was opened. */
  get isTyped() {
    return this.editor.getEditorDirty();
  }

  /** Does `work`, which changes the cell that is being typed into; what is typed stays as it is. */
  keepTyped(work) {
    const wasKept = this.editor.isForceKeepVisible();
    this.editor.enableForceKeepVisible();
    try {
      work();
    } finally {
      if (!wasKept) this.editor.disableForceKeepVisible();
    }
  }

  style(subUnitId, row, column) {
    return this.workbook.getStyles().getStyleByCell(this.cell(subUnitId, row, column)) ?? undefined;
  }

  /** The formula of a cell that shares it with its neighbours; undefined for all other cells. */
  sharedFormula(subUnitId, row, column) {
    if (!this.cell(subUnitId, row, column)?.si) return undefined;
    return this.api.getWorkbook(this.unitId).getSheetBySheetId(subUnitId).getRange(row, column).getFormula() || undefined;
  }

  /** Univer's filter of a tab; undefined for none. */
  filterOf(subUnitId) {
    return this.filters.getFilterModel(this.unitId, subUnitId) ?? undefined;
  }

  /** Univer's rules for dropdowns and checkboxes of a tab. */
  validationRules(subUnitId) {
    return this.validation.getRules(this.unitId, subUnitId);
  }

  /** The one of a cell; undefined for none. */
  validationRule(subUnitId, row, column) {
    return this.validation.getRuleByLocation(this.unitId, subUnitId, row, column) ?? undefined;
  }

  /** Univer's rules for colours of a tab, the one that counts first in front. */
  colorRules(subUnitId) {
    return this.colors.getSubunitRules(this.unitId, subUnitId) ?? [];
  }

  isCheckbox(subUnitId, row, column) {
    return this.validationRule(subUnitId, row, column)?.type === 'checkbox';
  }

  /** Marks these cells anew as valid or not, where a rule is for them; Univer does so only for what is done here. */
  markAgain(subUnitId, cellValue) {
    const ranges = [];
    for (const [row, cells] of Object.entries(cellValue)) {
      for (const column of Object.keys(cells)) {
        if (!this.validation.getRuleIdByLocation(this.unitId, subUnitId, Number(row), Number(column))) continue;
        ranges.push({ startRow: Number(row), endRow: Number(row), startColumn: Number(column), endColumn: Number(column) });
      }
    }
    if (ranges.length > 0) this.marks.markRangeDirty(this.unitId, subUnitId, ranges, true);
  }

  /** What the rows from `firstRow` down to the last one with content show, a text a row. */
  shownRows(subUnitId, firstRow) {
    return this.texts(subUnitId).slice(firstRow, lastFilledRow(this.sheet(subUnitId)) + 1).map((cells) => JSON.stringify(cells));
  }

  /** Visits the cells of a range; a side that it does not name is the tab's own edge. */
  forEachCellOf(subUnitId, range, visit) {
    const sheet = this.sheet(subUnitId);
    const endRow = Math.min(edge(range.endRow, Infinity), sheet.getRowCount() - 1);
    const endColumn = Math.min(edge(range.endColumn, Infinity), sheet.getColumnCount() - 1);
    for (let row = edge(range.startRow, 0); row <= endRow; row += 1) {
      for (let column = edge(range.startColumn, 0); column <= endColumn; column += 1) visit(row, column);
    }
  }
}

const edge = (index, otherwise) => (Number.isFinite(index) ? index : otherwise);
