// Between two cells nobody is typing into a cell, and yet a person is in the middle of it: what waits until nobody types waits
// for a pause, too.

const PAUSE_MS = 1_500; // who thinks for longer looks at the page before going on

export class TypingPause {
  #pressedAt = -Infinity;

  /** Follows the keys of `target`; `clock` is {now, setTimeout}, in milliseconds. */
  constructor(target, clock = { now: () => performance.now(), setTimeout: (...details) => setTimeout(...details) }) {
    this.clock = clock;
    target.addEventListener('keydown', () => { this.#pressedAt = clock.now(); }, { capture: true });
  }

  /** Resolves once no key was pressed for a moment. */
  async begin() {
    for (let left = this.#left; left > 0; left = this.#left) await new Promise((resolve) => { this.clock.setTimeout(resolve, left); });
  }

  get #left() {
    return this.#pressedAt + PAUSE_MS - this.clock.now();
  }
}
