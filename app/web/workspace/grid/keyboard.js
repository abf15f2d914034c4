// Keys that Google Sheets has and Univer does not: where the cell goes, what is selected, how to leave the grid.

import {
  CommandType, Direction, EDITOR_ACTIVATED, FOCUSING_EDITOR_STANDALONE, FOCUSING_SHEET, FOCUSING_UNIVER_EDITOR, ICommandService, RANGE_TYPE, RedoCommand,
} from '@univerjs/core';
import { DeviceInputEventType } from '@univerjs/engine-render';
import { CloseFilterPanelOperation, OpenFilterPanelOperation } from '@univerjs/sheets-filter-ui';
import { MoveSelectionCommand, MoveSelectionEnterAndTabCommand, SetCellEditVisibleWithF2Operation } from '@univerjs/sheets-ui';
import { IShortcutService, KeyCode, MetaKeys } from '@univerjs/ui';

import { extendedValueOf, lastFilledRow } from './cells.js';
import { walkChoices } from './choices.js';
import { endEditing } from './focus.js';

const BEFORE_UNIVER = 1_000; // its own Enter has 100
const GO_BACK = 'workspace.command.go-back';
const DO_NOTHING = 'workspace.command.do-nothing';
const FILTER_PANEL = '[data-u-comp=sheets-filter-panel]';

/**
 * `actions`: {viewOf, find, openMenu, focusNext, focusGrid, closeMessages}; `viewOf(id)` is the workbook's WorkbookView, the last is
 * false where there was nothing to close.
 */
export function listenToKeys({ api, injector }, grid, actions) {
  const commands = injector.get(ICommandService);
  commands.registerCommand({ id: GO_BACK, type: CommandType.COMMAND, handler: (_accessor, params) => goBack(api, params) });
  commands.registerCommand({ id: DO_NOTHING, type: CommandType.COMMAND, handler: () => true });
  // Univer sees a key before this page does: where it has a shortcut of its own, only another one comes before that.
  api.addEvent(api.Event.BeforeSheetEditStart, (event) => keepClicksOutOfCheckbox(event, actions));
  const shortcuts = [REDO, ...walkChoices({ api, injector }), enterToEdit(api, actions), noTextInCheckbox(api, actions), ...BACK.map(backFrom)];
  for (const shortcut of shortcuts) injector.get(IShortcutService).registerShortcut({ ...shortcut, priority: BEFORE_UNIVER });
  window.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const isInGrid = grid.contains(document.activeElement) && document.activeElement.dataset.uComp === 'editor';
    const done = isInGrid ? pressedInGrid(api, event, actions) : pressedOutside(api, event, actions);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}

const nameOf = ({ key, code, ctrlKey, metaKey, altKey, shiftKey }) =>
  `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shiftKey ? 'Shift+' : ''}${code === 'Space' ? 'Space' : key.length === 1 ? key.toLowerCase() : key}`;

/** Everywhere but in a text that is being typed. */
const EVERYWHERE = {
  'Alt+/': ({ openMenu }) => openMenu(),
  'Ctrl+f': ({ find }) => find(),
  F6: ({ focusNext }) => focusNext(),
};

/** A key is Univer's where what it does here is `false`. */
const IN_GRID = {
  Home: (tab, at) => goTo(tab, at.row, 0, [at.row, tab.sheet.getFrozenColumns()]),
  End: (tab, at) => goTo(tab, at.row, lastColumn(tab)),
  'Ctrl+Home': (tab) => goTo(tab, 0, 0, [tab.sheet.getFrozenRows(), tab.sheet.getFrozenColumns()]),
  'Ctrl+End': (tab) => goTo(tab, lastRow(tab), lastColumn(tab)),
  PageDown: (tab, at) => goTo(tab, Math.min(at.row + pageOf(tab), tab.sheet.getMaxRows() - 1), at.column),
  PageUp: (tab, at) => goTo(tab, Math.max(at.row - pageOf(tab), 0), at.column),
  'Alt+ArrowDown': ({ workbook }) => showTab(workbook, 1),
  'Alt+ArrowUp': ({ workbook }) => showTab(workbook, -1),
  'Shift+Space': selectRows,
  'Ctrl+Space': selectColumns,
  Space: toggleCheckboxes,
  'Ctrl+Alt+r': openFilter,
};

function pressedInGrid(api, event, actions) {
  const name = nameOf(event);
  if (EVERYWHERE[name]) return run(EVERYWHERE[name], actions);
  const workbook = api.getActiveWorkbook();
  if (workbook.isCellEditing()) return false;
  if (name === 'Escape') return !isUnderPopup() && actions.closeMessages();
  const move = IN_GRID[name];
  if (!move) return false;
  const sheet = workbook.getActiveSheet();
  const range = sheet.getSelection()?.getActiveRange();
  if (!range) return false;
  return move({ api, workbook, sheet, view: actions.viewOf(workbook.getId()) }, {
    row: range.getRow(), column: range.getColumn(), endRow: range.getLastRow(), endColumn: range.getLastColumn(),
  }) !== false;
}

function pressedOutside(api, event, actions) {
  const name = nameOf(event);
  // Dialogs and the menus have an Escape of their own.
  const isElsewhere = document.activeElement.closest('dialog, [role=dialog], [role=menu], [role=menubar], .find');
  if (EVERYWHERE[name] && !document.activeElement.closest('dialog:modal')) return run(EVERYWHERE[name], actions);
  if (name !== 'Escape' || isElsewhere) return false;
  if (document.activeElement.closest(FILTER_PANEL)) return run(() => api.executeCommand(CloseFilterPanelOperation.id), actions);
  if (isUnderPopup()) return false;
  return run(({ focusGrid }) => focusGrid(), actions);
}

/** What Univer has open over the page closes itself first. */
const isUnderPopup = () => document.querySelector('[data-radix-popper-content-wrapper], [data-u-comp=popup]') !== null;

function run(action, actions) {
  action(actions);
  return true;
}

/** The tab so many places further, round and round; hidden ones are passed over. */
function showTab(workbook, step) {
  const tabs = workbook.getSheets().filter((sheet) => !sheet.isSheetHidden());
  const now = tabs.findIndex((sheet) => sheet.getSheetId() === workbook.getActiveSheet().getSheetId());
  workbook.setActiveSheet(tabs[(now + step + tabs.length) % tabs.length]);
}

/**
 * Takes what is being typed and goes one cell to the left or up; inside a range to the one before, from its first to its last.
 * Univer's own command leaves no cell for the keys where there is none before in what is selected.
 */
async function goBack(api, { direction, keycode }) {
  await endEditing({ api }); // where one is
  const sheet = api.getActiveWorkbook().getActiveSheet();
  const selection = sheet.getSelection();
  const cell = selection?.getCurrentCell();
  if (!cell) return false;
  const ranges = selection.getActiveRangeList();
  const [first, last] = [ranges[0], ranges.at(-1)];
  const isOne = ranges.length === 1 && cell.startRow === first.getRow() && cell.endRow === first.getLastRow()
    && cell.startColumn === first.getColumn() && cell.endColumn === first.getLastColumn();
  const isFirst = cell.actualRow === first.getRow() && cell.actualColumn === first.getColumn();
  const isAtEdge = direction === Direction.LEFT ? cell.startColumn === 0 : cell.startRow === 0;
  if (isOne && isAtEdge) return true; // Univer would go to the other end
  if (isOne) return api.executeCommand(MoveSelectionCommand.id, { direction });
  if (!isFirst) return api.executeCommand(MoveSelectionEnterAndTabCommand.id, { direction, keycode });
  selection.updatePrimaryCell(sheet.getRange(last.getLastRow(), last.getLastColumn()));
  return true;
}

/** Back from cell to cell, in the midst of typing too. */
const BACK = [{ direction: Direction.LEFT, keycode: KeyCode.TAB }, { direction: Direction.UP, keycode: KeyCode.ENTER }];

const backFrom = (params) => ({
  id: GO_BACK, binding: params.keycode | MetaKeys.SHIFT, staticParameters: params,
  preconditions: (context) => context.getContextValue(FOCUSING_SHEET)
    && context.getContextValue(FOCUSING_UNIVER_EDITOR) && !context.getContextValue(FOCUSING_EDITOR_STANDALONE),
});

/** The cell that keys go to; of a range it is the one that the selection began with. */
function activeCell(sheet) {
  const cell = sheet.getSelection()?.getCurrentCell();
  return cell && { row: cell.actualRow, column: cell.actualColumn };
}

function isOnCheckbox({ sheet, view }) {
  const cell = activeCell(sheet);
  return cell && view.isCheckbox(sheet.getSheetId(), cell.row, cell.column);
}

/** All checkboxes of the selection become what the one that keys go to is not, or else the first one. */
function toggleCheckboxes({ api, workbook, sheet, view }) {
  const subUnitId = sheet.getSheetId();
  const boxes = [];
  for (const range of sheet.getSelection().getActiveRangeList()) {
    view.forEachCellOf(subUnitId, range.getRange(), (row, column) => { if (view.isCheckbox(subUnitId, row, column)) boxes.push({ row, column }); });
  }
  if (boxes.length === 0) return false;
  const leading = isOnCheckbox({ sheet, view }) ? activeCell(sheet) : boxes[0];
  const isChecked = extendedValueOf(view.cell(subUnitId, leading.row, leading.column), { isCheckbox: true }).boolValue === true;
  const value = {};
  for (const { row, column } of boxes) (value[row] ??= {})[column] = { v: isChecked ? 0 : 1, p: null };
  api.executeCommand('sheet.command.set-range-values', { unitId: workbook.getId(), subUnitId, value });
  return true;
}

/**
 * Enter edits the cell, as F2 does, instead of Univer's own going down. Inside a range it does go from cell to cell, and in a
 * checkbox there is no text to edit.
 */
function enterToEdit(api, { viewOf }) {
  const hasText = () => {
    const workbook = api.getActiveWorkbook();
    const sheet = workbook.getActiveSheet();
    const range = sheet.getSelection()?.getActiveRange();
    const isOne = range && range.getWidth() === 1 && range.getHeight() === 1;
    return isOne && !viewOf(workbook.getId()).isCheckbox(sheet.getSheetId(), range.getRow(), range.getColumn());
  };
  return {
    id: SetCellEditVisibleWithF2Operation.id,
    binding: KeyCode.ENTER,
    preconditions: (context) => isOnCell(context) && hasText(),
    staticParameters: { visible: true, eventType: DeviceInputEventType.Keyboard, keycode: KeyCode.F2 },
  };
}

/** Google Sheets takes both for redo; Univer has the other one. */
const REDO = { id: RedoCommand.id, binding: KeyCode.Z | MetaKeys.CTRL_COMMAND | MetaKeys.SHIFT };

/** Two clicks tick a checkbox and untick it; Univer would open an editor over it as well. */
function keepClicksOutOfCheckbox(event, { viewOf }) {
  const { workbook, worksheet, row, column, eventType } = event;
  if (eventType !== DeviceInputEventType.Dblclick) return;
  if (viewOf(workbook.getId()).isCheckbox(worksheet.getSheetId(), row, column)) event.cancel = true;
}

/** F2 would open an editor over a checkbox. */
function noTextInCheckbox(api, { viewOf }) {
  const isThere = () => {
    const workbook = api.getActiveWorkbook();
    return isOnCheckbox({ sheet: workbook.getActiveSheet(), view: viewOf(workbook.getId()) });
  };
  return { id: DO_NOTHING, binding: KeyCode.F2, preconditions: (context) => isOnCell(context) && isThere() };
}

/** Keys go to a cell that is not being typed into. */
const isOnCell = (context) => context.getContextValue(FOCUSING_SHEET) && context.getContextValue(FOCUSING_UNIVER_EDITOR)
  && !context.getContextValue(EDITOR_ACTIVATED);

/** What the funnel in the head of the column opens; it takes the keyboard. */
function openFilter({ api, workbook, sheet, view }, { column }) {
  const range = view.filterOf(sheet.getSheetId())?.getRange();
  if (!range || column < range.startColumn || column > range.endColumn) return false;
  api.executeCommand(OpenFilterPanelOperation.id, { unitId: workbook.getId(), subUnitId: sheet.getSheetId(), col: column });
  return true;
}

const lastRow = ({ sheet }) => Math.max(0, lastFilledRow(sheet.getSheet()));
const lastColumn = ({ sheet }) => Math.max(0, sheet.getLastColumn());

/** Rows that a page key moves by: those that can be seen, less one to keep the eye. */
function pageOf({ sheet }) {
  const visible = sheet.getVisibleRange();
  return visible ? Math.max(1, visible.endRow - visible.startRow - sheet.getFrozenRows() - 1) : 20;
}

/** Selects a cell and brings it into sight, or the one that is to be: a frozen one is in sight however far the tab is scrolled. */
export function goTo({ api, sheet }, row, column, [seenRow, seenColumn] = [row, column]) {
  sheet.getRange(row, column).activate();
  const range = { startRow: seenRow, endRow: seenRow, startColumn: seenColumn, endColumn: seenColumn };
  api.executeCommand('sheet.command.scroll-to-cell', { range });
}

/** Selects the whole rows from `row` to `endRow`; the cursor stays in `column`. */
export function selectRows(tab, at) {
  select(tab, at, {
    startRow: at.row, endRow: at.endRow, startColumn: 0, endColumn: tab.sheet.getMaxColumns() - 1, rangeType: RANGE_TYPE.ROW,
  });
}

/** Selects the whole columns from `column` to `endColumn`. */
export function selectColumns(tab, at) {
  select(tab, at, {
    startRow: 0, endRow: tab.sheet.getMaxRows() - 1, startColumn: at.column, endColumn: at.endColumn, rangeType: RANGE_TYPE.COLUMN,
  });
}

function select({ api, workbook, sheet }, { row, column }, range) {
  const primary = {
    startRow: row, endRow: row, startColumn: column, endColumn: column, actualRow: row, actualColumn: column, isMerged: false, isMergedMainCell: false,
  };
  api.executeCommand('sheet.operation.set-selections', {
    unitId: workbook.getId(), subUnitId: sheet.getSheetId(), selections: [{ range, primary, style: null }],
  });
}
