// Gives the keyboard to the grid.

import { IUniverInstanceService, LifecycleService, LifecycleStages, UniverInstanceType } from '@univerjs/core';
import { DeviceInputEventType } from '@univerjs/engine-render';
import { SetSelectionsOperation, SheetsSelectionsService } from '@univerjs/sheets';
import { IEditorBridgeService, SetCellEditVisibleOperation } from '@univerjs/sheets-ui';
import { ILayoutService } from '@univerjs/ui';

/** Takes what is being typed into a cell as it is, as a click elsewhere does; the selection stays. Resolves when the cell has it. */
export async function endEditing({ api }) {
  const workbook = api.getActiveWorkbook();
  if (!workbook.isCellEditing()) return;
  api.syncExecuteCommand(SetCellEditVisibleOperation.id, {
    visible: false, eventType: DeviceInputEventType.PointerDown, unitId: workbook.getId(),
  });
  await new Promise((resolve) => { setTimeout(resolve, 0); });
}

/** Resolves when no cell is being typed into. */
export async function whenNotEditing({ injector }) {
  const editor = injector.get(IEditorBridgeService);
  if (!editor.isVisible().visible) return;
  await new Promise((resolve) => {
    const edit = editor.visible$.subscribe(({ visible }) => {
      if (visible) return;
      edit.unsubscribe();
      setTimeout(resolve, 0); // the cell has it then
    });
  });
}

/**
 * Selects again what is selected in a workbook that has just come to the front: Univer draws that, but types into what was selected
 * first.
 */
export function selectAgain({ api, injector }, id) {
  const subUnitId = api.getWorkbook(id).getActiveSheet().getSheetId();
  const selections = injector.get(SheetsSelectionsService).getWorkbookSelections(id).getSelectionsOfWorksheet(subUnitId);
  if (selections.length > 0) api.syncExecuteCommand(SetSelectionsOperation.id, { unitId: id, subUnitId, selections });
}

const TURNS = ['keydown', 'pointerdown'];

export function focusGrid({ injector }) {
  const layout = injector.get(ILayoutService);
  // Univer gets the cell's editor ready when the selection changes. Where that came before the editor was drawn, nobody did.
  const editor = injector.get(IUniverInstanceService).getCurrentUnitOfType(UniverInstanceType.UNIVER_DOC);
  if (!editor) injector.get(IEditorBridgeService).refreshEditCellState();
  layout.focus();
  // What has just been closed may hand the keyboard on after this: nothing but a dialog or the find bar keeps it. Where the
  // person has gone on meanwhile, the keyboard is where they put it.
  const wentOn = new AbortController();
  for (const turn of TURNS) window.addEventListener(turn, () => wentOn.abort(), { capture: true, signal: wentOn.signal });
  requestAnimationFrame(() => {
    if (wentOn.signal.aborted) return;
    wentOn.abort();
    const { activeElement } = document;
    if (activeElement.dataset.uComp !== 'editor' && !activeElement.closest('dialog, .find, [role=menubar], [role=menu], [role=tablist]')) layout.focus();
  });
}

/** Resolves when workbooks are drawn and `grid` can take the keyboard: both come a while after a workbook is there, on a busy machine seconds. */
export async function whenDrawn({ injector }, grid) {
  await injector.get(LifecycleService).onStage(LifecycleStages.Rendered);
  const isDrawn = () => grid.querySelector('[data-u-comp=editor]') !== null;
  if (isDrawn()) return;
  await new Promise((resolve) => {
    new MutationObserver((_records, observer) => {
      if (!isDrawn()) return;
      observer.disconnect();
      resolve();
    }).observe(grid, { childList: true, subtree: true });
  });
}
