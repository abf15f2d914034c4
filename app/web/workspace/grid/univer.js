// The spreadsheet itself: Univer with the plugins that the page needs, each registered once.

import { LocaleType, LogLevel, mergeLocales, Univer } from '@univerjs/core';
import { FUniver } from '@univerjs/core/facade';
import { UniverDataValidationPlugin } from '@univerjs/data-validation';
import { UniverDocsPlugin } from '@univerjs/docs';
import { DocAutoFormatService, UniverDocsUIPlugin } from '@univerjs/docs-ui';
import { UniverFormulaEnginePlugin } from '@univerjs/engine-formula';
import { UniverRenderEnginePlugin } from '@univerjs/engine-render';
import { UniverNetworkPlugin } from '@univerjs/network';
import { IRPCChannelService } from '@univerjs/rpc';
import { UniverSheetsPlugin } from '@univerjs/sheets';
import { UniverSheetsConditionalFormattingPlugin } from '@univerjs/sheets-conditional-formatting';
import { UniverSheetsConditionalFormattingUIPlugin } from '@univerjs/sheets-conditional-formatting-ui';
import { UniverSheetsDataValidationPlugin } from '@univerjs/sheets-data-validation';
import { UniverSheetsDataValidationUIPlugin } from '@univerjs/sheets-data-validation-ui';
import { UniverSheetsFilterPlugin } from '@univerjs/sheets-filter';
import { UniverSheetsFilterUIPlugin } from '@univerjs/sheets-filter-ui';
import { UniverSheetsFormulaPlugin } from '@univerjs/sheets-formula';
import { UniverSheetsFormulaUIPlugin } from '@univerjs/sheets-formula-ui';
import { UniverSheetsNumfmtPlugin } from '@univerjs/sheets-numfmt';
import { UniverSheetsNumfmtUIPlugin } from '@univerjs/sheets-numfmt-ui';
import { UniverSheetsUIPlugin } from '@univerjs/sheets-ui';
import { defaultTheme } from '@univerjs/themes';
import { UniverUIPlugin } from '@univerjs/ui';

import '@univerjs/sheets/facade';
import '@univerjs/ui/facade';
import '@univerjs/docs-ui/facade';
import '@univerjs/sheets-ui/facade';
import '@univerjs/engine-formula/facade';
import '@univerjs/sheets-formula/facade';
import '@univerjs/sheets-numfmt/facade';
import '@univerjs/sheets-data-validation/facade';
import '@univerjs/sheets-filter/facade';

import { followWidth } from './frozen_columns.js';
import { keepSelectionInSight } from './in_sight.js';
import { hiddenMenuItems } from './kept_features.js';
import { rememberDeletedLines } from './line_deletion.js';
import { locales } from './locales.js';
import { keepSelectionWithin } from './selection_within.js';

// Formulas are the server's to evaluate, as they are Google's: two evaluators would show two results. Univer
// calls this arrangement "formulas run elsewhere" and asks for the channel to there.
const NOT_HERE = { notExecuteFormula: true };
const nowhere = {
  requestChannel: () => ({
    call: () => Promise.resolve(undefined),
    event: () => { throw new Error('formulas send no events'); },
  }),
  registerChannel: () => {},
};

const AFTER_SPACE = 'doc.command.after-space';
const BEFORE_ALL_OTHERS = 10_000;

/** Makes the spreadsheet in `container` (an element's id); returns {api, injector}, its facade and its parts. */
export function createSpreadsheet(container) {
  const univer = new Univer({
    theme: defaultTheme,
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: mergeLocales(...locales) },
    logLevel: LogLevel.ERROR,
  });
  univer.__getInjector().add([IRPCChannelService, { useValue: nowhere }]);
  const menu = hiddenMenuItems();
  const plugins = [
    [UniverNetworkPlugin],
    [UniverDocsPlugin],
    [UniverRenderEnginePlugin],
    [UniverUIPlugin, { container, header: true, toolbar: true, ribbonType: 'simple', contextMenu: true, menu }],
    [UniverDocsUIPlugin],
    [UniverFormulaEnginePlugin, NOT_HERE],
    [UniverSheetsPlugin, NOT_HERE],
    [UniverSheetsUIPlugin, {
      formulaBar: true,
      protectedRangeShadow: false,
      disableForceStringAlert: true,
      disableForceStringMark: true,
      menu,
    }],
    [UniverSheetsNumfmtPlugin],
    [UniverSheetsNumfmtUIPlugin],
    [UniverSheetsFormulaPlugin, NOT_HERE],
    [UniverSheetsFormulaUIPlugin],
    [UniverDataValidationPlugin],
    [UniverSheetsDataValidationPlugin],
    // A list's search would take the keyboard from the cell in the middle of a word.
    [UniverSheetsDataValidationUIPlugin, { showSearchOnDropdown: false }],
    [UniverSheetsFilterPlugin],
    [UniverSheetsFilterUIPlugin],
    [UniverSheetsConditionalFormattingPlugin],
    [UniverSheetsConditionalFormattingUIPlugin, { menu }],
  ];
  for (const [plugin, config] of plugins) univer.registerPlugin(plugin, config);
  const spreadsheet = { api: FUniver.newAPI(univer), injector: univer.__getInjector() };
  keepTypedMarks(spreadsheet);
  keepSelectionInSight(spreadsheet);
  keepSelectionWithin(spreadsheet);
  rememberDeletedLines(spreadsheet);
  followWidth(spreadsheet);
  return spreadsheet;
}

/** Cells hold text: what Univer's documents make of "# " and "- " (headings, lists) would eat what was typed. */
function keepTypedMarks({ injector }) {
  injector.get(DocAutoFormatService).registerAutoFormat({
    id: AFTER_SPACE, match: () => true, getMutations: () => [], priority: BEFORE_ALL_OTHERS,
  });
}
