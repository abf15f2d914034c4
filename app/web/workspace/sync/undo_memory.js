// What undo and redo know of one workbook. They know cells by their place: where the rows of a tab have moved, what they know of it
// must go. What they know of other tabs stays.

export class UndoMemory {
  /** `service` is Univer's IUndoRedoService; `numberOf(subUnitId)` the tab's number in the Sheets API. */
  constructor(service, unitId, numberOf) {
    Object.assign(this, { service, unitId, numberOf });
  }

  push(undoMutations, redoMutations) {
    this.service.pushUndoRedo({ unitID: this.unitId, undoMutations, redoMutations });
  }

  forget() {
    this.service.clearUndoRedo(this.unitId);
  }

  /** Forgets what was done on these tabs, and what cannot be said to be done on others only. Returns whether there was any. */
  forgetTabs(subUnitIds) {
    const { service, unitId } = this;
    // Univer has a way to forget a workbook, and none to forget a tab.
    const stacks = [service._getUndoStack(unitId), service._getRedoStack(unitId)].filter(Boolean);
    const isOf = ({ undoMutations, redoMutations }) => [...undoMutations, ...redoMutations].some(({ params }) => this.#concerns(params, subUnitIds));
    const kept = stacks.map((stack) => stack.filter((item) => !isOf(item)));
    if (kept.every((items, index) => items.length === stacks[index].length)) return false;
    service.clearUndoRedo(unitId); // which tells the toolbar, before what is kept comes back
    kept.forEach((items, index) => stacks[index].push(...items));
    service._updateStatus();
    return true;
  }

  #concerns({ subUnitId, sheetId, from, to }, subUnitIds) {
    const tabs = [subUnitId, from?.subUnitId, to?.subUnitId].filter(Boolean);
    if (tabs.length === 0 && sheetId === undefined) return true;
    return subUnitIds.some((id) => tabs.includes(id) || this.numberOf(id) === sheetId);
  }
}
