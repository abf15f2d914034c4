// One workbook on the page and its original on the server, kept equal in both directions.

import { IUndoRedoService } from '@univerjs/core';

import { workbookFrom } from '../grid/snapshot.js';
import { WorkbookView } from '../grid/workbook_view.js';
import { Gesture } from './gesture.js';
import { Outbox } from './outbox.js';
import { RemoteChanges } from './remote_changes.js';
import { changeSpreadsheet, readSpreadsheet, readTabs, typeValues } from './sheets_api.js';

export class Replica {
  #gesture;
  #pulling = false;
  #wanted = new Set(); // tabs to pull; 'all': every one

  /** Reads the workbook and shows it. `onTrouble(sentence)` tells the person what was not kept. */
  static async open(spreadsheet, id, { makeCurrent, onTrouble, onChange }) {
    const original = await readSpreadsheet(id);
    spreadsheet.api.createWorkbook(workbookFrom(original), { makeCurrent });
    return new Replica(spreadsheet, id, original, { onTrouble, onChange });
  }

  constructor(spreadsheet, id, original, { onTrouble, onChange }) {
    this.id = id;
    this.view = new WorkbookView(spreadsheet, id);
    this.remote = new RemoteChanges(this.view);
    this.remote.assumeLoaded(original);
    this.undo = spreadsheet.injector.get(IUndoRedoService);
    this.onTrouble = onTrouble;
    this.outbox = new Outbox({
      send: (gesture) => this.#send(gesture),
      onTrouble: (error) => this.#recover(error),
      onChange,
    });
  }

  /** A mutation that the person caused has been applied. What follows at once belongs to the same gesture. */
  record(id, params, typing) {
    if (!this.#gesture) {
      this.#gesture = new Gesture(this.view);
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
    if (this.#pulling) return;
    this.#pulling = true;
    try {
      while (this.#wanted.size > 0) await this.#pullOnce();
    } finally {
      this.#pulling = false;
    }
  }

  #endGesture() {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    if (!gesture) return;
    const { requests, values } = gesture.calls();
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
    this.onTrouble(`The last change was not saved: ${error.message}`);
    this.#forgetUndo();
    this.pull().catch((trouble) => this.onTrouble(trouble.message));
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
    const moved = original.sheets.map((sheet) => this.remote.applySheet(sheet));
    // Undo knows cells by their place: after rows moved it would change others.
    if (tabsChanged || moved.includes(true)) this.#forgetUndo();
  }

  #forgetUndo() {
    this.undo.clearUndoRedo(this.id);
  }
}

class OvertakenError extends Error {}
