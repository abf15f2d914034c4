// What the page shows again after it was loaded anew: how each workbook was left (grid/places.js knows), and why it was
// loaded anew. Kept with the browser's tab.

const KEY = 'workspace';
const LEAVING = ['pagehide', 'visibilitychange'];

export class PageMemory {
  #kept;

  constructor(storage = sessionStorage) {
    this.storage = storage;
    this.#kept = { workbooks: {}, ...parsed(storage.getItem(KEY)) };
  }

  /** How that workbook was left; undefined where nobody knows. */
  placesIn(id) {
    return this.#kept.workbooks[id];
  }

  /** From now on remembers, whenever the person leaves the page, what `places()` says: {id: how that workbook is left}. */
  follow(places, target = window) {
    const remember = () => {
      this.#kept.workbooks = places();
      this.#keep();
    };
    for (const leaving of LEAVING) target.addEventListener(leaving, remember, { capture: true });
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
