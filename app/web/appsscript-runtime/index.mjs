// Stand-ins for the part of Apps Script that the menu code of the sheets uses; README.md describes the host.

import { makeHtmlService } from './html_service.mjs';
import { makeConsole, makeLogger } from './logging.mjs';
import { makePropertiesService } from './properties_service.mjs';
import { makeSession } from './session.mjs';
import { makeSheetsApi } from './sheets_api.mjs';
import { makeSpreadsheetApp } from './spreadsheet_app.mjs';
import { makeUrlFetchApp } from './url_fetch_app.mjs';
import { makeUtilities } from './utilities.mjs';

/**
 * The globals of one execution. Pure: everything that leaves it goes through `host`.
 *
 * @param {import('./host').Host} host
 */
export function makeAppsScript(host) {
  return {
    SpreadsheetApp: makeSpreadsheetApp(host, makeSheetsApi(host)),
    UrlFetchApp: makeUrlFetchApp(host),
    PropertiesService: makePropertiesService(host),
    Session: makeSession(host),
    HtmlService: makeHtmlService(host),
    Utilities: makeUtilities(host),
    Logger: makeLogger(host),
    console: makeConsole(host),
  };
}
