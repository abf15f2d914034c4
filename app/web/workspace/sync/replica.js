// One workbook on the page and its original on the server, kept equal in both directions.

import { IUndoRedoService } from '@univerjs/core';

import { whenNotEditing } from '../grid/focus.js';
import { textsOf, workbookFrom } from '../grid/snapshot.js';
import { WorkbookView } from '../grid/workbook_view.js';
import { callsOf } from './cell_blocks.js';
import { Gesture } from './gesture.js';
import { placesIn } from './line_places.js';
import { movedChange } from './moved_change.js';
import { Outbox } from './outbox.js';
import { RemoteChanges } from './remote_changes.js';
import { originsOf, restoreRequests, sortRequests } from './row_order.js';
import { changeSpreadsheet, isOutage, readSpreadsheet, readTabs, typeValues } from './sheets_api.js';
import { UndoMemory } from './undo_memory.js';

/** What undo and redo run to put rows in order; the parameters of the one are {unitId, sheetId, requests}. */
export const ORDER_ROWS = 'workspace.mutation.order-rows';

export class Replica {
  #gesture;
  #orders = new Set(); // {sheetId, onShown, over, end}: own changes of the rows' order that the page does not show yet
  #pulling; // while it pulls, a promise of its end
  #wanted = new Set(); // tabs to pull; 'all': every one
  #late = new Set(); // tabs to pull once no cell is typed into
  #catchingUp; // while there are any, a promise of their being pulled
  #shown = new Map(); // sheetId -> texts of its cells, in as many rows and columns as it has once what was done here is sent

  /**
   * Reads the workbook and shows it. `onTrouble(sentence)` tells the person what was not kept, `onLost(sentence)` what was typed and
   * has no place any more, `onUndoLost(titles)` of tabs whose rows moved so that undo does not reach back beyond it;
   * `onMoved(subUnitId, places)` is told of rows and columns that somebody else inserted or deleted, as placesIn() has them.
   */
  static async open(spreadsheet, id, { makeCurrent, ...listeners }) {
    const original = await readSpreadsheet(id);
    spreadsheet.api.createWorkbook(workbookFrom(original), { makeCurrent });
    return new Replica(spreadsheet, id, original, listeners);
  }

  constructor(spreadsheet, id, original, { onTrouble, onLost, onUndoLost, onMoved, onChange }) {
    Object.assign(this, { id, spreadsheet, onTrouble, onLost, onUndoLost, onMoved });
    this.view = new WorkbookView(spreadsheet, id);
    this.remote = new RemoteChanges(this.view);
    this.remote.assumeLoaded(original);
    this.undo = new UndoMemory(spreadsheet.injector.get(IUndoRedoService), id, (subUnitId) => this.view.sheetIdOf(subUnitId));
    for (const sheet of this.view.sheets()) this.#rememberShown(sheet.getSheetId());
    this.outbox = new Outbox({
      send: (change) => this.#send(change),
      onTrouble: (error, count) => this.#takeBack(error.message, count),
      mayPass: isOutage,
      onChange,
    });
  }

  /** Sorts the whole rows below the frozen ones by a column; undo brings the order back that they had. */
  async sortSheet(subUnitId, column, order) {
    await this.whenSaved();
    const sheet = this.view.sheet(subUnitId);
    const sheetId = this.view.sheetIdOf(subUnitId);
    const extent = {
      sheetId, firstRow: sheet.getConfig().freeze?.ySplit ?? 0, rowCount: sheet.getRowCount(), columnCount: sheet.getColumnCount(),
    };
    const requests = sortRequests(extent, column, order);
    const before = this.view.shownRows(subUnitId, extent.firstRow);
    await this.orderRows({ sheetId, requests }, () => this.#rememberOrder({ subUnitId, extent, requests, before }));
  }

  /**
   * Sends these requests, which put a tab's rows in another order, and shows what came of it. `onShown()` is called as soon
   * as the page shows it, before the person can do anything else.
   */
  async orderRows({ sheetId, requests }, onShown = () => {}) {
    const order = { sheetId, onShown };
    order.over = new Promise((resolve) => { order.end = resolve; });
    this.#endGesture(); // it was made on the rows as they are now
    this.#orders.add(order);
    try {
      this.outbox.put({ steps: [{ sheetId, requests }], typed: [], shown: new Map(this.#shown) });
      await this.pull([sheetId]);
    } finally {
      this.#endOrder(order);
    }
  }

  /** Rows are on their way: what the page shows stands elsewhere in the workbook. */
  get isOrdering() {
    return this.#orders.size > 0;
  }

  /** Resolves when no row is on its way any more. */
  async whenOrdered() {
    for (const { over } of this.#orders) await over;
  }

  #endOrder(order) {
    this.#orders.delete(order);
    order.end();
  }

  #rememberOrder({ subUnitId, extent, requests, before }) {
    const { sheetId } = extent;
    const origins = originsOf(before, this.view.shownRows(subUnitId, extent.firstRow));
    // Somebody else changed rows at the same time: what undo knows is elsewhere now.
    if (!origins) this.#forgetUndoOf([subUnitId]);
    else if (origins.some((origin, row) => origin !== row)) {
      this.undo.push(
        [{ id: ORDER_ROWS, params: { unitId: this.id, sheetId, requests: restoreRequests(extent, origins) } }],
        [{ id: ORDER_ROWS, params: { unitId: this.id, sheetId, requests } }]);
    }
  }

  /** A cell's edit is about to end. Returns whether the person typed what the cell gets: else it is what somebody else wrote there. */
  editEnds(isConfirm) {
    const { isTyped } = this.view; // which what comes now changes
    if (isConfirm) return !this.remote.applyOvertyped() || isTyped;
    this.remote.forgetOvertyped();
    return false;
  }

  /** A mutation that the person caused has been applied. What follows at once belongs to the same gesture. */
  record(id, params, typing) {
    if (typing?.isOthers) return;
    if (!this.#gesture) {
      this.#gesture = new Gesture(this.view);
      this.#gesture.isMisplaced = this.isOrdering;
      // Univer applies all of a gesture in one go; the timer fires after it.
      setTimeout(() => this.#endGesture(), 0);
    }
    this.#gesture.add(id, params, typing);
  }

  /** Resolves when the server has everything that the person did. */
  async whenSaved() {
    this.#endGesture();
    await this.outbox.whenEmpty();
  }

  /** A tab shows its rows and columns as they were when a cell of it was opened to type into it. */
  get isBehind() {
    return this.#catchingUp !== undefined;
  }

  /** Resolves when no tab is behind any more. */
  async whenCaughtUp() {
    await this.#catchingUp;
  }

  /** Brings what a change of that workbook, this one or another, makes different here. */
  async follow(spreadsheetId, sheetIds) {
    const reading = this.remote.tabsReading(spreadsheetId);
    if (spreadsheetId !== this.id) {
      if (reading.length > 0) await this.pull(reading);
    } else await this.pull(sheetIds.length > 0 ? [...sheetIds, ...reading] : []);
  }

  /** Brings rows and columns that were inserted or deleted by others and not heard of yet. Returns whether there were any. */
  async followMoves() {
    const moved = (await readTabs(this.id)).filter((tab) => this.#hasMoved(tab)).map(({ sheetId }) => sheetId);
    if (moved.length > 0) await this.pull(moved);
    return moved.length > 0;
  }

  /** Brings what changed on the server: the tabs with these numbers, or all of them without numbers. */
  async pull(sheetIds = []) {
    if (sheetIds.length === 0) this.#wanted.add('all');
    for (const id of sheetIds) this.#wanted.add(id);
    this.#pulling ??= this.#pullAll();
    await this.#pulling;
  }

  async #pullAll() {
    try {
      while (this.#wanted.size > 0) await this.#pullOnce();
    } finally {
      this.#pulling = undefined;
    }
  }

  #endGesture() {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    if (!gesture) return;
    const change = { ...gesture.change(), shown: new Map(this.#shown) };
    if (gesture.isMisplaced && change.steps.length + change.typed.length > 0) {
      this.#takeBack('The rows were being put in another order. Do it again.');
      return;
    }
    for (const { sheetId, requests } of change.steps) if (requests) this.#rememberShown(this.view.subUnitIdOf(sheetId), sheetId);
    if (change.steps.length + change.typed.length > 0) this.outbox.put(change);
    if (gesture.unknown.length > 0) {
      this.onTrouble('This workbook does not keep that change. Reload the page to see it as it is stored.');
      console.warn('not kept:', ...gesture.unknown);
    }
  }

  async #send(change) {
    const { placed, lost, moved } = await this.#placed(change);
    const { requests, values } = callsOf(placed);
    if (requests.length > 0) await changeSpreadsheet(this.id, requests);
    if (values.length > 0) await typeValues(this.id, values);
    for (const { text, reason } of lost) this.onLost(`“${text}” was not saved: ${reason}.`);
    if (moved.length > 0) this.#pullUnasked(moved);
  }

  /**
   * The change where its rows and columns are by now, for others may have inserted or deleted some since it was made; what of it is
   * lost, and the numbers of the tabs that have moved.
   */
  async #placed(change) {
    let placed = change;
    const lost = [];
    const moved = [];
    const tabs = await readTabs(this.id);
    for (const sheetId of new Set([...change.steps, ...change.typed].map((part) => part.sheetId))) {
      const shown = change.shown.get(sheetId);
      const tab = tabs.find((one) => one.sheetId === sheetId);
      if (!shown || (tab && hasSize(shown, tab.gridProperties))) continue; // without `shown` the tab begins with this change
      const now = tab && (await readSpreadsheet(this.id, [tab.title])).sheets[0];
      placed = movedChange(placed, sheetId, now && placesIn(shown, textsOf(now)), (text, reason) => lost.push({ text, reason }));
      moved.push(sheetId);
    }
    return { placed, lost, moved };
  }

  #takeBack(reason, count = 1) {
    const [what, end] = count === 1 ? ['change was', 'It has'] : [`${count} changes were`, 'They have'];
    this.onTrouble(`The last ${what} not saved: ${sentence(reason)} ${end} been taken back.`);
    this.undo.forget();
    this.#pullUnasked();
  }

  async #pullUnasked(sheetIds) {
    try {
      await this.pull(sheetIds);
    } catch (trouble) {
      // While the service is away there is nothing to read; all of it is read when it is back.
      if (!isOutage(trouble)) this.onTrouble(trouble.message);
    }
  }

  /** What waits for the end of an edit is pulled then, unless the next one has begun. */
  #pullAfterEdit(sheetIds) {
    for (const id of sheetIds) this.#late.add(id);
    this.#catchingUp ??= this.#catchUp();
  }

  async #catchUp() {
    while (this.#late.size > 0) {
      await whenNotEditing(this.spreadsheet);
      const late = [...this.#late];
      this.#late.clear();
      await this.#pullUnasked(late);
    }
    this.#catchingUp = undefined;
  }

  async #pullOnce() {
    await this.whenSaved();
    const { generation } = this.outbox;
    const wanted = new Set(this.#wanted);
    this.#wanted.clear();
    try {
      const tabs = await readTabs(this.id);
      const everything = wanted.has('all') || this.#tabsDiffer(tabs);
      const read = everything ? tabs : tabs.filter((tab) => wanted.has(tab.sheetId));
      const original = read.length > 0 ? await readSpreadsheet(this.id, read.map((tab) => tab.title)) : { sheets: [] };
      // The person was faster: what was read is older than what the page shows. Read again when that is sent.
      if (this.#gesture || this.outbox.generation !== generation) throw new OvertakenError();
      this.#apply(tabs, original);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
      for (const id of wanted) this.#wanted.add(id);
    }
  }

  #tabsDiffer(tabs) {
    const shown = this.view.sheets().map((sheet) => `${this.view.sheetIdOf(sheet.getSheetId())} ${sheet.getName()}`);
    return shown.join('\n') !== tabs.map((tab) => `${tab.sheetId} ${tab.title}`).join('\n');
  }

  #apply(tabs, { sheets: read }) {
    const typedInto = this.#tabTypedInto();
    if (typedInto !== undefined && !tabs.some(({ sheetId }) => sheetId === typedInto)) {
      this.#pullAfterEdit(tabs.map(({ sheetId }) => sheetId));
      return;
    }
    const tabsChanged = this.remote.applyTabs(tabs);
    const sheets = read.filter(({ properties }) => {
      if (properties.sheetId !== typedInto) return true;
      this.#pullAfterEdit([properties.sheetId]);
      return !this.#hasMoved(properties);
    });
    const moved = sheets.filter((sheet) => this.#applySheet(sheet)).map(({ properties }) => this.view.subUnitIdOf(properties.sheetId));
    if (tabsChanged) this.undo.forget();
    else if (moved.length > 0 && !this.isOrdering) this.#forgetUndoOf(moved);
    for (const order of this.#orders) {
      if (!sheets.some(({ properties }) => properties.sheetId === order.sheetId)) continue;
      this.#endOrder(order);
      order.onShown();
    }
  }

  #applySheet(sheet) {
    const { sheetId } = sheet.properties;
    const shown = this.#shown.get(sheetId);
    const hasMoved = this.#hasMoved(sheet.properties);
    const haveCellsMoved = this.remote.applySheet(sheet);
    const subUnitId = this.view.subUnitIdOf(sheetId);
    this.#rememberShown(subUnitId);
    if (hasMoved) this.onMoved(subUnitId, placesIn(shown, this.#shown.get(sheetId)));
    return haveCellsMoved;
  }

  /** Others have inserted or deleted rows or columns of a tab with these properties that the page does not show yet. */
  #hasMoved({ sheetId, gridProperties }) {
    const shown = this.#shown.get(sheetId);
    return shown !== undefined && !hasSize(shown, gridProperties);
  }

  /** The number of the tab with the cell that is being typed into. */
  #tabTypedInto() {
    const cell = this.view.typedCell();
    return cell && this.view.sheetIdOf(cell.subUnitId);
  }

  /** `subUnitId` undefined: the tab is gone. */
  #rememberShown(subUnitId, sheetId = this.view.sheetIdOf(subUnitId)) {
    if (subUnitId === undefined) this.#shown.delete(sheetId);
    else this.#shown.set(sheetId, this.view.texts(subUnitId));
  }

  #forgetUndoOf(subUnitIds) {
    if (this.undo.forgetTabs(subUnitIds)) this.onUndoLost(subUnitIds.map((id) => this.view.titleOf(id)));
  }
}

const hasSize = (texts, { rowCount, columnCount }) => texts.length === rowCount && texts[0].length === columnCount;
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

class OvertakenError extends Error {}
