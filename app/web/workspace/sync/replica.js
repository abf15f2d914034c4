// One workbook on the page and its original on the server, kept equal in both directions.

import { IUndoRedoService } from '@univerjs/core';

import { workbookFrom } from '../grid/snapshot.js';
import { WorkbookView } from '../grid/workbook_view.js';
import { Gesture } from './gesture.js';
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

  /**
   * Reads the workbook and shows it. `onTrouble(sentence)` tells the person what was not kept, `onUndoLost(titles)` of tabs whose
   * rows moved so that undo does not reach back beyond it.
   */
  static async open(spreadsheet, id, { makeCurrent, onTrouble, onUndoLost, onChange }) {
    const original = await readSpreadsheet(id);
    spreadsheet.api.createWorkbook(workbookFrom(original), { makeCurrent });
    return new Replica(spreadsheet, id, original, { onTrouble, onUndoLost, onChange });
  }

  constructor(spreadsheet, id, original, { onTrouble, onUndoLost, onChange }) {
    this.id = id;
    this.view = new WorkbookView(spreadsheet, id);
    this.remote = new RemoteChanges(this.view);
    this.remote.assumeLoaded(original);
    this.undo = new UndoMemory(spreadsheet.injector.get(IUndoRedoService), id, (subUnitId) => this.view.sheetIdOf(subUnitId));
    this.onTrouble = onTrouble;
    this.onUndoLost = onUndoLost;
    this.outbox = new Outbox({
      send: (gesture) => this.#send(gesture),
      onTrouble: (error) => this.#recover(error),
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
      this.outbox.put({ requests, values: [] });
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

  /** A mutation that the person caused has been applied. What follows at once belongs to the same gesture. */
  record(id, params, typing) {
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

  /** Brings what a change of that workbook, this one or another, makes different here. */
  async follow(spreadsheetId, sheetIds) {
    const reading = this.remote.tabsReading(spreadsheetId);
    if (spreadsheetId !== this.id) {
      if (reading.length > 0) await this.pull(reading);
    } else await this.pull(sheetIds.length > 0 ? [...sheetIds, ...reading] : []);
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
    const { requests, values } = gesture.calls();
    if (gesture.isMisplaced && requests.length + values.length > 0) {
      this.#takeBack('The rows were being put in another order. Do it again.');
      return;
    }
    if (requests.length > 0 || values.length > 0) this.outbox.put({ requests, values });
    if (gesture.unknown.length > 0) {
      this.onTrouble('This workbook does not keep that change. Reload the page to see it as it is stored.');
      console.warn('not kept:', ...gesture.unknown);
    }
  }

  async #send({ requests, values }) {
    if (requests.length > 0) await changeSpreadsheet(this.id, requests);
    if (values.length > 0) await typeValues(this.id, values);
  }

  #recover(error) {
    this.#takeBack(error.message);
  }

  #takeBack(reason) {
    this.onTrouble(`The last change was not saved: ${sentence(reason)} It has been taken back.`);
    this.undo.forget();
    // While the service is away there is nothing to read; all of it is read when it is back.
    this.pull().catch((trouble) => isOutage(trouble) || this.onTrouble(trouble.message));
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

  #apply(tabs, original) {
    const tabsChanged = this.remote.applyTabs(tabs);
    const moved = original.sheets.filter((sheet) => this.remote.applySheet(sheet)).map(({ properties }) => this.view.subUnitIdOf(properties.sheetId));
    if (tabsChanged) this.undo.forget();
    else if (moved.length > 0 && !this.isOrdering) this.#forgetUndoOf(moved);
    for (const order of this.#orders) {
      if (!original.sheets.some(({ properties }) => properties.sheetId === order.sheetId)) continue;
      this.#endOrder(order);
      order.onShown();
    }
  }

  #forgetUndoOf(subUnitIds) {
    if (this.undo.forgetTabs(subUnitIds)) this.onUndoLost(subUnitIds.map((id) => this.view.titleOf(id)));
  }
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

class OvertakenError extends Error {}
