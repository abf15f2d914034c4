// Brings a tab of Univer to what the server holds, touching only what differs. What it does is marked as coming from
// elsewhere: it is not sent back, and undo does not know it.

import { cellFrom, valueKey } from '../grid/cells.js';
import { colorMutations, colorRulesFrom } from '../grid/color_rules.js';
import { filterMutations, isFilteredBy } from '../grid/filters.js';
import { styleKey } from '../grid/formats.js';
import { freezeOf, keepFrozen } from '../grid/frozen_columns.js';
import { COLUMN_PIXELS, ROW_PIXELS } from '../grid/line_sizes.js';
import { grownRowsOf, rowDataOf, sheetFrom } from '../grid/snapshot.js';
import { rulesFrom, validationMutations } from '../grid/validation.js';

const FROM_ELSEWHERE = { onlyLocal: true, fromCollab: true, remote: true };
const NO_RULES = { properties: {} };
/** A tab where more rows than this hold another key than before was sorted or cut, not edited. */
const MAX_EDITED_KEYS = 1;

export class RemoteChanges {
  #lookedAt = new Map(); // sheetId -> names of what its formulas read beyond its own cells
  #overtyped; // {cell, to}: the cell that is being typed into, and what came for it

  constructor(view) {
    this.view = view;
  }

  /** Numbers of the tabs whose formulas read another tab of this workbook, or the workbook with that id. */
  tabsReading(spreadsheetId) {
    const name = spreadsheetId === this.view.unitId ? OTHER_TAB : spreadsheetId;
    return [...this.#lookedAt].filter(([, names]) => names.has(name)).map(([sheetId]) => sheetId);
  }

  /** Remembers what was loaded with the workbook itself. */
  assumeLoaded(spreadsheet) {
    for (const sheet of spreadsheet.sheets) {
      const id = String(sheet.properties.sheetId);
      this.#lookedAt.set(sheet.properties.sheetId, namesIn(rowDataOf(sheet)));
      this.#applyFilter(id, sheet);
    }
  }

  /** Makes the tabs those of `properties` (in order): new ones appear, removed ones go. Returns whether any did. */
  applyTabs(properties) {
    const { view } = this;
    let changed = false;
    for (const sheet of view.sheets()) {
      if (properties.some((one) => one.sheetId === view.sheetIdOf(sheet.getSheetId()))) continue;
      // A tab that comes back, as undo elsewhere makes it, has other rules perhaps.
      this.#applyRules(sheet.getSheetId(), NO_RULES);
      this.#applyColors(sheet.getSheetId(), NO_RULES);
      this.#run('sheet.mutation.remove-sheet', { subUnitId: sheet.getSheetId(), subUnitName: sheet.getName() });
      changed = true;
    }
    properties.forEach((one, index) => {
      const subUnitId = view.subUnitIdOf(one.sheetId);
      if (subUnitId === undefined) {
        this.#run('sheet.mutation.insert-sheet', { index, sheet: sheetFrom({ properties: one }) });
        changed = true;
      } else if (view.titleOf(subUnitId) !== one.title) {
        this.#run('sheet.mutation.set-worksheet-name', { subUnitId, name: one.title });
      }
    });
    return changed;
  }

  /**
   * Applies one tab with its grid data, but for the cell that is being typed into: Univer would put into the editor what comes. Returns
   * whether rows or columns changed places.
   */
  applySheet(sheet) {
    const subUnitId = this.view.subUnitIdOf(sheet.properties.sheetId);
    this.#lookedAt.set(sheet.properties.sheetId, namesIn(rowDataOf(sheet)));
    const { grown, shrunk } = this.#applySize(subUnitId, sheet.properties.gridProperties);
    const { replaced, sorted } = this.#applyCells(subUnitId, rowDataOf(sheet));
    // A row at the end moves none.
    const moved = shrunk || sorted || (grown && replaced);
    this.#applyFreeze(subUnitId, sheet);
    this.#applyDimensions(subUnitId, sheet.data?.[0] ?? {});
    this.#growRows(subUnitId, grownRowsOf(sheet));
    this.#applyRules(subUnitId, sheet);
    this.#applyColors(subUnitId, sheet);
    this.#applyFilter(subUnitId, sheet, grown || moved);
    return moved;
  }

  /**
   * What came for the cell whose edit is about to end comes now, before what was typed does, so that undo leads back to it. Where
   * nothing was typed, the editor gets it too. Returns whether there was any.
   */
  applyOvertyped() {
    const overtyped = this.#overtyped;
    this.#overtyped = undefined;
    if (!overtyped || !isSameCell(overtyped.cell, this.view.typedCell())) return false;
    const { cell: { subUnitId, row, column }, to } = overtyped;
    const apply = () => this.#run('sheet.mutation.set-range-values', { subUnitId, cellValue: { [row]: { [column]: to } } });
    if (this.view.isTyped) this.view.keepTyped(apply);
    else apply();
    return true;
  }

  /** What came for the cell that was typed into is not known any more; it is to be read again. */
  forgetOvertyped() {
    this.#overtyped = undefined;
  }

  #run(id, params) {
    this.view.api.syncExecuteCommand(id, { unitId: this.view.unitId, ...params }, FROM_ELSEWHERE);
  }

  #applySize(subUnitId, { rowCount, columnCount }) {
    const sheet = this.view.sheet(subUnitId);
    const rows = rowCount - sheet.getRowCount();
    const columns = columnCount - sheet.getColumnCount();
    if (rows !== 0) this.#run('sheet.mutation.set-worksheet-row-count', { subUnitId, rowCount });
    if (columns !== 0) this.#run('sheet.mutation.set-worksheet-column-count', { subUnitId, columnCount });
    return { grown: rows > 0 || columns > 0, shrunk: rows < 0 || columns < 0 };
  }

  #applyCells(subUnitId, rowData) {
    const sheet = this.view.sheet(subUnitId);
    const cellValue = {};
    const typed = this.view.typedCell();
    let keysChanged = 0;
    let replaced = false;
    const rowCount = Math.min(sheet.getRowCount(), Math.max(rowData.length, sheet.getCellMatrix().getLength()));
    for (let row = 0; row < rowCount; row += 1) {
      const values = rowData[row]?.values ?? [];
      for (let column = 0; column < sheet.getColumnCount(); column += 1) {
        const difference = this.#difference(subUnitId, row, column, values[column]);
        if (isSameCell(typed, { subUnitId, row, column })) {
          this.#overtyped = difference && { cell: typed, to: difference.cell };
          continue;
        }
        if (!difference) continue;
        (cellValue[row] ??= {})[column] = difference.cell;
        replaced ||= difference.replaced;
        if (column === 0 && difference.replaced && !difference.cell.f) keysChanged += 1; // a formula's value is no key
      }
    }
    if (Object.keys(cellValue).length > 0) {
      this.#run('sheet.mutation.set-range-values', { subUnitId, cellValue });
      this.view.markAgain(subUnitId, cellValue);
    }
    return { replaced, sorted: keysChanged > MAX_EDITED_KEYS };
  }

  /** What set-range-values must be told for that cell; undefined where it shows what it should. */
  #difference(subUnitId, row, column, data) {
    const now = this.view.cell(subUnitId, row, column);
    if (!now && !data) return undefined;
    const wanted = cellFrom(data);
    const shared = this.view.sharedFormula(subUnitId, row, column);
    const nowKey = valueKey(shared ? { ...now, f: shared } : now);
    const style = now && this.view.style(subUnitId, row, column);
    const sameStyle = styleKey(style) === styleKey(wanted.s);
    if (nowKey === valueKey(wanted) && sameStyle) return undefined;
    const { v = null, t = null, f = null, p = null } = wanted;
    const cell = { p, si: null, f, v, ...(t !== null && { t }) };
    if (!sameStyle) cell.s = { ...Object.fromEntries(Object.keys(style ?? {}).map((name) => [name, null])), ...wanted.s };
    return { cell, replaced: nowKey !== '' && nowKey !== valueKey(wanted) };
  }

  /** Where rows have changed places, what it hides stands elsewhere. */
  #applyFilter(subUnitId, { basicFilter }, again = false) {
    if (!again && isFilteredBy(this.view, subUnitId, basicFilter)) return;
    for (const [id, params] of filterMutations(this.view, subUnitId, basicFilter)) this.#run(id, params);
  }

  #applyFreeze(subUnitId, sheet) {
    const wanted = freezeOf(sheet);
    keepFrozen(this.view.sheet(subUnitId).getConfig(), sheet.properties.gridProperties.frozenColumnCount ?? 0, wanted.xSplit);
    const now = this.view.sheet(subUnitId).getConfig().freeze ?? { xSplit: 0, ySplit: 0 };
    if (now.xSplit === wanted.xSplit && now.ySplit === wanted.ySplit) return;
    this.#run('sheet.mutation.set-frozen', { subUnitId, ...wanted });
  }

  #applyDimensions(subUnitId, { columnMetadata = [], rowMetadata = [] }) {
    const sheet = this.view.sheet(subUnitId);
    const columns = sheet.getColumnManager();
    const rows = sheet.getRowManager();
    const colWidth = {};
    columnMetadata.forEach(({ pixelSize = COLUMN_PIXELS }, index) => {
      if (columns.getColumnWidth(index) !== pixelSize) colWidth[index] = pixelSize;
    });
    if (Object.keys(colWidth).length > 0) {
      const ranges = [{ startRow: 0, endRow: sheet.getRowCount() - 1, startColumn: 0, endColumn: columnMetadata.length - 1 }];
      this.#run('sheet.mutation.set-worksheet-col-width', { subUnitId, ranges, colWidth });
    }
    this.#applyHidden(subUnitId, columnMetadata, (index) => columns.getColumn(index)?.hd === 1, 'col');
    this.#applyHidden(subUnitId, rowMetadata, (index) => rows.getRow(index)?.hd === 1, 'row');
    this.#applyRowHeights(subUnitId, rowMetadata, rows);
  }

  #applyRowHeights(subUnitId, rowMetadata, rows) {
    rowMetadata.forEach(({ pixelSize = ROW_PIXELS }, index) => {
      // A row of default height grows with wrapped text by itself.
      const now = rows.getRow(index)?.h ?? ROW_PIXELS;
      if (now === pixelSize || (pixelSize === ROW_PIXELS && rows.getRow(index)?.ah)) return;
      this.#run('sheet.mutation.set-worksheet-row-height', {
        subUnitId, ranges: [{ startRow: index, endRow: index, startColumn: 0, endColumn: 0 }], rowHeight: pixelSize,
      });
    });
  }

  /** Univer grows rows with what is typed here; with what comes from elsewhere it does not. */
  #growRows(subUnitId, grown) {
    const sheet = this.view.sheet(subUnitId);
    const rows = sheet.getRowManager();
    const rowsAutoHeightInfo = [];
    for (let row = 0; row < sheet.getRowCount(); row += 1) {
      const { h = ROW_PIXELS, ah = h } = rows.getRow(row) ?? {};
      const autoHeight = h === ROW_PIXELS ? grown[row] ?? h : h;
      if (ah !== autoHeight) rowsAutoHeightInfo.push({ row, autoHeight });
    }
    if (rowsAutoHeightInfo.length > 0) this.#run('sheet.mutation.set-worksheet-row-auto-height', { subUnitId, rowsAutoHeightInfo });
  }

  #applyHidden(subUnitId, metadata, isHidden, kind) {
    const names = kind === 'col' ? ['startColumn', 'endColumn'] : ['startRow', 'endRow'];
    const whole = { startRow: 0, endRow: 0, startColumn: 0, endColumn: 0 };
    for (const hidden of [true, false]) {
      const ranges = [];
      metadata.forEach(({ hiddenByUser = false }, index) => {
        if (hiddenByUser === hidden && isHidden(index) !== hidden) {
          ranges.push({ ...whole, [names[0]]: index, [names[1]]: index });
        }
      });
      if (ranges.length > 0) this.#run(`sheet.mutation.set-${kind}-${hidden ? 'hidden' : 'visible'}`, { subUnitId, ranges });
    }
  }

  #applyRules(subUnitId, sheet) {
    for (const [id, params] of validationMutations(this.view, subUnitId, rulesFrom(rowDataOf(sheet), subUnitId))) this.#run(id, params);
  }

  #applyColors(subUnitId, sheet) {
    for (const [id, params] of colorMutations(this.view, subUnitId, colorRulesFrom(sheet))) this.#run(id, params);
  }
}

const isSameCell = (one, other) => one?.subUnitId === other?.subUnitId && one?.row === other?.row && one?.column === other?.column;

const OTHER_TAB = '!';
const IMPORTED = /IMPORTRANGE\s*\(\s*"([^"]*)"/gi;

/** What the formulas of these cells read elsewhere: ids of workbooks, OTHER_TAB for tabs of their own. */
function namesIn(rowData) {
  const names = new Set();
  for (const { values = [] } of rowData) {
    for (const { userEnteredValue } of values) {
      const formula = userEnteredValue?.formulaValue;
      if (!formula?.includes('!')) continue;
      const imported = [...formula.matchAll(IMPORTED)];
      // Addresses may stand for ids.
      for (const [, id] of imported) names.add(id.match(/\/d\/([\w-]+)/)?.[1] ?? id);
      if (imported.length === 0) names.add(OTHER_TAB);
    }
  }
  return names;
}
