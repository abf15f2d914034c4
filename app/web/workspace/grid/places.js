// Where the person is in each workbook: the tab in front, and on each tab what is selected, the cell that keys go to and how far
// it is scrolled.

import { IRenderManagerService } from '@univerjs/engine-render';
import { SetSelectionsOperation, SheetsSelectionsService } from '@univerjs/sheets';
import { SheetScrollManagerService } from '@univerjs/sheets-ui';

import { firstDataCell, selectedAgain } from './kept_selection.js';
import { movedSelections } from './moved_selection.js';

export class Places {
  #unscrolled = new Map(); // workbooks that were not in front since they were opened -> how they were left

  constructor({ api, injector }) {
    this.api = api;
    this.injector = injector;
  }

  /** Puts the tab in front that was, and selects on each what was selected; it is drawn once the workbook comes to the front. */
  restore(id, left) {
    if (!left) return;
    const workbook = this.api.getWorkbook(id);
    const front = workbook.getSheetBySheetId(left.front);
    if (front) workbook.setActiveSheet(front);
    for (const sheet of workbook.getSheets()) {
      const size = { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
      const selected = selectedAgain(left.tabs[sheet.getSheetId()]?.selections ?? [], size);
      // Keys that go on must not meet a header: where their cell is not known any more, they go to the first row below it.
      this.#selectionsOf(id).setSelectionsOfWorksheet(sheet.getSheetId(), selected ?? firstDataCell(sheet.getFrozenRows(), size));
    }
    this.#unscrolled.set(id, left);
  }

  /** Scrolls the tabs of a workbook that is drawn in front as they were, once. */
  scroll(id) {
    const left = this.#unscrolled.get(id);
    if (!left) return;
    const manager = this.injector.get(IRenderManagerService).getRenderById(id).with(SheetScrollManagerService);
    this.#unscrolled.delete(id);
    const front = this.api.getWorkbook(id).getActiveSheet().getSheetId();
    for (const [sheetId, { scroll }] of Object.entries(left.tabs)) {
      const place = { ...scroll, unitId: id, sheetId };
      if (scroll) manager.setValidScrollState(place);
      if (scroll && sheetId === front) this.api.executeCommand('sheet.operation.set-scroll', place);
    }
  }

  /** What is selected on a tab goes along with its rows and columns: `places` is what placesIn() told of them. */
  move(id, subUnitId, places) {
    const workbook = this.api.getWorkbook(id);
    const sheet = workbook.getSheetBySheetId(subUnitId);
    const all = this.#selectionsOf(id);
    const selections = movedSelections(all.getSelectionsOfWorksheet(subUnitId), places, { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() });
    const isInFront = this.api.getActiveWorkbook()?.getId() === id && workbook.getActiveSheet().getSheetId() === subUnitId;
    // While a formula is being typed, what is drawn are the cells that it names.
    if (isInFront && !workbook.isCellEditing()) this.api.syncExecuteCommand(SetSelectionsOperation.id, { unitId: id, subUnitId, selections });
    else all.setSelectionsOfWorksheet(subUnitId, selections);
  }

  /** What restore() and scroll() take, by workbook. */
  of(ids) {
    return Object.fromEntries([...ids].map((id) => [id, this.#in(id)]));
  }

  #in(id) {
    const workbook = this.api.getWorkbook(id);
    const tabs = workbook.getSheets().map((sheet) => {
      const sheetId = sheet.getSheetId();
      const unscrolled = this.#unscrolled.get(id);
      const scroll = unscrolled ? unscrolled.tabs[sheetId]?.scroll : workbook.getScrollStateBySheetId(sheetId);
      const selections = this.#selectionsOf(id).getSelectionsOfWorksheet(sheetId).map(({ range, primary }) => ({ range, primary }));
      return [sheetId, { selections, scroll }];
    });
    return { front: workbook.getActiveSheet().getSheetId(), tabs: Object.fromEntries(tabs) };
  }

  #selectionsOf(id) {
    return this.injector.get(SheetsSelectionsService).getWorkbookSelections(id);
  }
}
