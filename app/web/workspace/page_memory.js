// What the page shows again after it was loaded anew: each workbook's tab in front, and
// why it was loaded anew. Kept with the browser's tab.

const KEY = 'workspace';

export class PageMemory {
  #kept;

  constructor(storage = sessionStorage) {
    this.storage = storage;
    this.#kept = { sheets: {}, ...parsed(storage.getItem(KEY)) };
  }

  /** Puts the tab in front that was. `api` is the spreadsheet's facade. */
  restore(api, id) {
    const workbook = api.getWorkbook(id);
    const front = workbook.getSheetBySheetId(this.#kept.sheets[id] ?? '');
    if (front) workbook.setActiveSheet(front);
  }

  /** Remembers from now on what changes. */
  follow(api) {
    api.addEvent(api.Event.ActiveSheetChanged, ({ workbook, activeSheet }) => {
      this.#kept.sheets[workbook.getId()] = activeSheet.getSheetId();
      this.#keep();
    });
  }

  /** Says this once the page was loaded anew. */
  announce(sentence) {
    this.#kept.announced = sentence;
    this.#keep();
  }

  /** What the page is to say now that it was loaded anew; undefined for nothing. */
  takeAnnounced() {
    const { announced } = this.#kept;
    delete this.#kept.announced;
    this.#keep();
    return announced;
  }

  #keep() {
    this.storage.setItem(KEY, JSON.stringify(this.#kept));
  }
}

function parsed(text) {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {}; // an older page's
  }
}
