// Listens to the spreadsheet and hands what the person changes to the workbook's replica.

import { CommandType } from '@univerjs/core';

import { tableOf } from './clipboard_text.js';
import { concernsWorkbook } from './gesture.js';
import { pasteTextAsTable } from './text_paste.js';

/** What was typed reaches the cell within the same turn of the editor; after that it is about something else. */
const TYPED_FOR_MS = 1_000;
const COPIED_HERE = 'data-copy-id=';
const UNDO_OR_REDO = /undo|redo/;

export class Recorder {
  #typed; // {unitId, subUnitId, row, column, text, isOthers} from the end of an edit until the cell has it
  #pasted; // what comes from another program's clipboard, while it is pasted

  /** `replicaOf(unitId)` is the workbook's replica; undefined for the documents inside the editors. */
  constructor({ api, injector }, replicaOf) {
    this.replicaOf = replicaOf;
    api.addEvent(api.Event.BeforeSheetEditEnd, (event) => this.#editEnds(event));
    api.addEvent(api.Event.BeforeClipboardPaste, ({ text, html = '' }) => {
      // A copy from this page carries its mark; its cells keep their types. All else is as if typed.
      const isForeign = !html.includes(COPIED_HERE);
      this.#pasted = isForeign ? { foreign: true, table: text ? tableOf(text) : undefined } : undefined;
    });
    pasteTextAsTable({ injector }, {
      onPaste: (pasted) => { this.#pasted = { foreign: true, ...pasted }; },
      onPasted: () => { this.#pasted = undefined; },
    });
    api.addEvent(api.Event.ClipboardPasted, () => { this.#pasted = undefined; });
    api.addEvent(api.Event.CommandExecuted, ({ id, type, params, options }) => {
      if (type !== CommandType.MUTATION || !concernsWorkbook(id) || options?.remote || options?.fromFormula) return;
      replicaOf(params.unitId)?.record(id, params, this.#typingOf(params));
    });
  }

  #editEnds({ workbook, worksheet, row, column, value, isConfirm }) {
    const isOwn = this.replicaOf(workbook.getId())?.editEnds(isConfirm);
    if (!isConfirm) return;
    const place = { unitId: workbook.getId(), subUnitId: worksheet.getSheetId(), row, column };
    const typed = { ...place, text: value.toPlainText().replaceAll('\r', '\n'), isOthers: !isOwn };
    this.#typed = typed;
    this.#forgetTyped(typed, isOwn ? TYPED_FOR_MS : 0);
  }

  #typingOf({ unitId, subUnitId, cellValue, trigger = '' }) {
    if (UNDO_OR_REDO.test(trigger)) return undefined;
    if (this.#pasted) return this.#pasted;
    const typed = this.#typed;
    if (!typed || typed.unitId !== unitId || typed.subUnitId !== subUnitId) return undefined;
    // The cell has it now: what comes after this gesture is something else, as deleting it again.
    if (cellValue?.[typed.row]?.[typed.column] !== undefined) this.#forgetTyped(typed, 0);
    else if (typed.isOthers && cellValue) return undefined;
    return typed;
  }

  #forgetTyped(typed, afterMs) {
    setTimeout(() => { if (this.#typed === typed) this.#typed = undefined; }, afterMs);
  }
}
