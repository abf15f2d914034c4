// What the page shows again after it was loaded anew: each workbook's tab in front, and what is filtered. Kept with the
// browser's tab, for filters here are whoever looks'.

const KEY = 'workspace';

export class PageMemory {
  #kept;

  constructor(storage = sessionStorage) {
    this.storage = storage;
    this.#kept = { sheets: {}, filters: {}, ...parsed(storage.getItem(KEY)) };
  }

  /** Puts the tabs in front that were, and filters them as they were. `api` is the spreadsheet's facade. */
  restore(api, id) {
    const workbook = api.getWorkbook(id);
    for (const sheet of workbook.getSheets()) {
      const kept = this.#kept.filters[`${id}/${sheet.getSheetId()}`];
      if (!kept) continue;
      const filter = sheet.getRange(kept.range).createFilter();
      for (const [column, criteria] of Object.entries(kept.criteria)) filter?.setColumnFilterCriteria(Number(column), criteria);
    }
    const front = workbook.getSheetBySheetId(this.#kept.sheets[id] ?? '');
    if (front) workbook.setActiveSheet(front);
  }

  /** Remembers from now on what changes. */
  follow(api) {
    api.addEvent(api.Event.ActiveSheetChanged, ({ workbook, activeSheet }) => {
      this.#kept.sheets[workbook.getId()] = activeSheet.getSheetId();
      this.#keep();
    });
    // Filters have no event for being made and removed.
    api.addEvent(api.Event.CommandExecuted, ({ id, params }) => {
      if (FILTER_CHANGES.has(id)) this.#keepFilter(api, params.unitId, params.subUnitId);
    });
  }

  #keepFilter(api, id, subUnitId) {
    const filter = api.getWorkbook(id)?.getSheetBySheetId(subUnitId)?.getFilter();
    const key = `${id}/${subUnitId}`;
    if (!filter) delete this.#kept.filters[key];
    else {
      const range = filter.getRange();
      const criteria = {};
      for (let column = range.getColumn(); column <= range.getLastColumn(); column += 1) {
        const one = filter.getColumnFilterCriteria(column);
        if (one) criteria[column] = one;
      }
      this.#kept.filters[key] = { range: range.getA1Notation(), criteria };
    }
    this.#keep();
  }

  #keep() {
    this.storage.setItem(KEY, JSON.stringify(this.#kept));
  }
}

const FILTER_CHANGES = new Set([
  'sheet.mutation.set-filter-range', 'sheet.mutation.set-filter-criteria', 'sheet.mutation.remove-filter',
]);

function parsed(text) {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {}; // an older page's
  }
}
