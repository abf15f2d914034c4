// A click on a row's number, or a column's letter, that is selected together with others selects it alone, as in Google
// Sheets. Univer takes it for the beginning of a move and leaves all of them selected, so that the menu would act on rows
// that the person believes to have left.

import { selectColumns, selectRows } from './keyboard.js';

const STILL_PIXELS = 3;
const PRIMARY_BUTTON = 0;

export function listenToHeaderClicks({ api }, grid) {
  let pressed; // what the pointer went down on, and where
  const remember = (select) => (header) => { pressed = { ...pressed, header, select }; };
  grid.addEventListener('pointerdown', ({ button, ctrlKey, metaKey, shiftKey, clientX, clientY }) => {
    const isPlain = button === PRIMARY_BUTTON && !ctrlKey && !metaKey && !shiftKey;
    pressed = isPlain ? { clientX, clientY } : undefined;
  }, { capture: true });
  api.addEvent(api.Event.RowHeaderPointerDown, remember(selectRows));
  api.addEvent(api.Event.ColumnHeaderPointerDown, remember(selectColumns));
  window.addEventListener('pointerup', ({ clientX, clientY }) => {
    const { header, select, ...from } = pressed ?? {};
    pressed = undefined;
    const stayed = Math.hypot(clientX - from.clientX, clientY - from.clientY) <= STILL_PIXELS;
    if (header && stayed) selectAlone(api, header, select);
  });
}

function selectAlone(api, { workbook, worksheet: sheet, row = 0, column = 0 }, select) {
  const now = sheet.getSelection()?.getActiveRangeList() ?? [];
  const isAlone = now.length === 1 && (select === selectRows ? now[0].getHeight() : now[0].getWidth()) === 1;
  if (!isAlone) select({ api, workbook, sheet }, { row, column, endRow: row, endColumn: column });
}
