// Deleting a tab asks with the tab's name, in a question that keys can answer and Escape closes. Univer's asks about "this worksheet".

import { ICommandService } from '@univerjs/core';
import { RemoveSheetCommand } from '@univerjs/sheets';
import { RemoveSheetConfirmCommand } from '@univerjs/sheets-ui';

/** For when a workbook is there: Univer makes its own commands with the first one. `ask(question)` resolves with the person's answer: see askQuestion. */
export function nameTabToDelete({ api, injector }, ask) {
  const commands = injector.get(ICommandService);
  commands.unregisterCommand(RemoveSheetConfirmCommand.id);
  commands.registerCommand({
    ...RemoveSheetConfirmCommand,
    async handler(_accessor, { subUnitId } = {}) {
      const workbook = api.getActiveWorkbook();
      const tab = subUnitId ? workbook.getSheetBySheetId(subUnitId) : workbook.getActiveSheet();
      const { button } = await ask({
        kind: 'alert', title: `Delete ${tab.getSheetName()}?`, message: 'All its rows go with it, for everybody who uses this workbook.', buttons: 'OK_CANCEL',
      });
      if (button !== 'OK') return false;
      bringAnotherToFront(workbook, tab);
      return commands.executeCommand(RemoveSheetCommand.id, { unitId: workbook.getId(), subUnitId: tab.getSheetId() });
    },
  });
}

/** Where formulas on other tabs read one, Univer changes them once it is gone, and fails over what it drew of it: undo would know nothing of it. */
function bringAnotherToFront(workbook, tab) {
  if (workbook.getActiveSheet().getSheetId() !== tab.getSheetId()) return;
  const tabs = workbook.getSheets().filter((one) => !one.isSheetHidden());
  const index = tabs.findIndex((one) => one.getSheetId() === tab.getSheetId());
  const next = tabs[index - 1] ?? tabs[index + 1];
  if (next) workbook.setActiveSheet(next);
}
