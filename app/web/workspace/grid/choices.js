// The choices of a dropdown by keyboard, as in Google Sheets: arrows walk them, Enter or Tab takes the one that is marked.

import { CommandType, Direction, FOCUSING_SHEET, ICommandService } from '@univerjs/core';
import { DeviceInputEventType } from '@univerjs/engine-render';
import { MoveSelectionCommand, SetCellEditVisibleOperation } from '@univerjs/sheets-ui';
import { KeyCode } from '@univerjs/ui';

const LIST = '[data-u-comp=sheets-dropdown-list]';
const MARK = 'workspace.command.mark-choice';
const TAKE = 'workspace.command.take-choice';

const CLOSE = 'sheet.operation.hide-data-validation-dropdown';

const choices = () => [...document.querySelectorAll(`${LIST} > .univer-flex-col > *`)];
const markedIn = (all) => all.findIndex((choice) => choice.ariaSelected === 'true');

/** Registers the commands; returns the shortcuts, which must come before Univer's own for the same keys. */
export function walkChoices({ api, injector }) {
  const commands = injector.get(ICommandService);
  commands.registerCommand({ id: MARK, type: CommandType.COMMAND, handler: (_accessor, { step }) => mark(step) });
  commands.registerCommand({ id: TAKE, type: CommandType.COMMAND, handler: (_accessor, { goes }) => take(api, goes) });
  listenToClicks(api);
  const isOpen = (context) => context.getContextValue(FOCUSING_SHEET) && choices().length > 0;
  const isMarked = (context) => isOpen(context) && markedIn(choices()) >= 0;
  return [
    { id: MARK, binding: KeyCode.ARROW_DOWN, preconditions: isOpen, staticParameters: { step: 1 } },
    { id: MARK, binding: KeyCode.ARROW_UP, preconditions: isOpen, staticParameters: { step: -1 } },
    { id: TAKE, binding: KeyCode.ENTER, preconditions: isMarked, staticParameters: {} },
    { id: TAKE, binding: KeyCode.TAB, preconditions: isMarked, staticParameters: { goes: Direction.RIGHT } },
  ];
}

/** Univer takes the choice away that the cell has already; here, as in Google Sheets, it stays. */
function listenToClicks(api) {
  window.addEventListener('click', (event) => {
    const choice = choices().find((each) => each.contains(event.target));
    if (!choice?.querySelector('svg')) return; // the cell's own has a tick
    event.stopPropagation();
    close(api);
  }, { capture: true });
}

function close(api) {
  const workbook = api.getActiveWorkbook();
  if (workbook.isCellEditing()) {
    api.syncExecuteCommand(SetCellEditVisibleOperation.id, {
      visible: false, eventType: DeviceInputEventType.Keyboard, keycode: KeyCode.ESC, unitId: workbook.getId(),
    });
  }
  api.syncExecuteCommand(CLOSE, {});
}

/** Marks the choice that is `step` further, from nowhere the first or the last; at the ends it stays. */
function mark(step) {
  const all = choices();
  const marked = markedIn(all);
  const next = marked < 0 && step < 0 ? all.length - 1 : Math.min(Math.max(marked + step, 0), all.length - 1);
  all.forEach((choice, index) => { choice.ariaSelected = String(index === next); });
  all[next].scrollIntoView({ block: 'nearest' });
  return true;
}

/** Takes what is marked, as a click does, and goes on where `goes` says so. */
function take(api, goes) {
  const all = choices();
  all[markedIn(all)].click();
  return goes === undefined || api.executeCommand(MoveSelectionCommand.id, { direction: goes });
}
