// Frozen columns leave room to scroll: in a narrow window the page freezes fewer of them than the workbook does. That is the page's own;
// beside what it shows, a tab keeps how many the workbook has.

import { IUniverInstanceService, UniverInstanceType } from '@univerjs/core';

import { COLUMN_PIXELS } from './line_sizes.js';

export const ROW_HEADER_PIXELS = 42;
const MAX_FROZEN_SHARE = 0.6;
const OF_THE_PAGE = { onlyLocal: true, fromCollab: true, remote: true };

/** Of `count` frozen columns those that leave room in the window. `widthOf(column)` in pixels. */
export function frozenThatFit(count, widthOf, windowPixels = globalThis.innerWidth ?? Infinity) {
  let taken = ROW_HEADER_PIXELS;
  for (let column = 0; column < count; column += 1) {
    taken += widthOf(column);
    if (taken > MAX_FROZEN_SHARE * windowPixels) return column;
  }
  return count;
}

/** What stays in view of a sheet of the Sheets API, as Univer has it. */
export function freezeOf({ properties, data }) {
  const { frozenRowCount = 0, frozenColumnCount = 0 } = properties.gridProperties;
  const { columnMetadata = [] } = data?.[0] ?? {};
  return freeze(frozenRowCount, frozenThatFit(frozenColumnCount, (column) => columnMetadata[column]?.pixelSize ?? COLUMN_PIXELS));
}

const freeze = (ySplit, xSplit) => ({ ySplit, xSplit, startRow: ySplit || -1, startColumn: xSplit || -1 });

/** What a tab's configuration keeps beside the columns that are `shown` frozen: how many the workbook has. */
export const keptFrozen = (inWorkbook, shown) => ({ frozenColumns: { inWorkbook, shown } });

/** How many frozen columns the workbook has of a tab with that configuration. */
export const frozenInWorkbook = ({ custom, freeze: shown }) => custom?.frozenColumns?.inWorkbook ?? shown?.xSplit ?? 0;

export function keepFrozen(config, inWorkbook, shown) {
  config.custom = { ...config.custom, ...keptFrozen(inWorkbook, shown) };
}

/**
 * The person froze other lines, so that `xSplit` columns are frozen on the page now; `linesChanged`: because columns came or went.
 * Returns how many are to be in the workbook.
 */
export function frozenAfter(config, xSplit, linesChanged) {
  const { inWorkbook = xSplit, shown = xSplit } = config.custom?.frozenColumns ?? {};
  const wanted = linesChanged || xSplit === shown ? Math.max(0, inWorkbook + xSplit - shown) : xSplit;
  keepFrozen(config, wanted, xSplit);
  return wanted;
}

/** From now on as many columns are frozen as the window has room for, when its width changes too. */
export function followWidth({ api, injector }) {
  const instances = injector.get(IUniverInstanceService);
  window.addEventListener('resize', () => {
    for (const workbook of instances.getAllUnitsForType(UniverInstanceType.UNIVER_SHEET)) {
      for (const sheet of workbook.getSheets()) fit(api, workbook.getUnitId(), sheet);
    }
  });
}

function fit(api, unitId, sheet) {
  const config = sheet.getConfig();
  const inWorkbook = frozenInWorkbook(config);
  const { xSplit = 0, ySplit = 0 } = config.freeze ?? {};
  const shown = frozenThatFit(inWorkbook, (column) => sheet.getColumnWidth(column));
  if (shown === xSplit) return;
  api.syncExecuteCommand('sheet.mutation.set-frozen', { unitId, subUnitId: sheet.getSheetId(), ...freeze(ySplit, shown), resetScroll: false }, OF_THE_PAGE);
  keepFrozen(config, inWorkbook, shown);
}
