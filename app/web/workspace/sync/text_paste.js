// Text from another program is pasted as the table that it is. Univer takes each line end for a new row, those inside quotes too.

import { ICommandService, ObjectMatrix } from '@univerjs/core';
import { ISheetClipboardService } from '@univerjs/sheets-ui';

import { cellFrom } from '../grid/cells.js';
import { tableOf } from './clipboard_text.js';

const PASTES = new Set(['sheet.command.paste-by-short-key', 'univer.command.paste']);
const AS_USUAL = 'default-paste';

/** `onPaste({table, rows, columns})` is called just before, with the rows and columns that get it; onPasted() just after. */
export function pasteTextAsTable({ injector }, { onPaste, onPasted }) {
  let isReady = false;
  injector.get(ICommandService).beforeCommandExecuted(({ id }) => {
    if (isReady || !PASTES.has(id)) return;
    isReady = true; // the service is there once there is a workbook
    const service = injector.get(ISheetClipboardService);
    const { legacyPaste } = service;
    const paste = (text, kind) => {
      const table = tableOf(text);
      const cells = new ObjectMatrix();
      table.forEach((row, index) => row.forEach((content, column) => cells.setValue(index, column, cellOf(content))));
      const target = service._getPastedRange(cells);
      if (!target) return false;
      onPaste({ table, rows: target.pastedRange.rows, columns: target.pastedRange.cols });
      try {
        return service._pasteUSM({ rowProperties: [], colProperties: [], cellMatrix: cells }, target, kind);
      } finally {
        onPasted();
      }
    };
    service.legacyPaste = async (html, text, files) => (text && !html && !files ? paste(text, AS_USUAL) : legacyPaste.call(service, html, text, files));
    service._pastePlainText = async (text, kind = AS_USUAL) => paste(text, kind);
  });
}

/** What the cell shows until the workbook has told what it made of the text. */
function cellOf(text) {
  if (text.startsWith('=')) return { f: text, v: null };
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
  return isNumber ? { v: Number(text) } : cellFrom({ effectiveValue: { stringValue: text } });
}
