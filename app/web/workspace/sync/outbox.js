// The person's changes of one workbook on their way to the server, in order, one gesture at a time.

/** A person is never this far ahead of the server; more means that it does not answer. */
const MAX_WAITING = 500;

export class Outbox {
  #waiting = [];
  #sending = false;
  #idle = []; // whom to tell when everything is sent

  /** `send(gesture)` resolves when the server has it; `onTrouble(error)` is told that the waiting ones are dropped. */
  constructor({ send, onTrouble, onChange }) {
    this.send = send;
    this.onTrouble = onTrouble;
    this.onChange = onChange;
    this.generation = 0; // counts what was ever put in
  }

  get isEmpty() {
    return !this.#sending && this.#waiting.length === 0;
  }

  put(gesture) {
    this.generation += 1;
    this.#waiting.push(gesture);
    this.onChange();
    if (this.#waiting.length > MAX_WAITING) this.#fail(new Error('The server does not answer; the last changes are not saved.'));
    else if (!this.#sending) this.#sendAll();
  }

  /** Resolves when nothing waits any more: sent or dropped. */
  whenEmpty() {
    return this.isEmpty ? Promise.resolve() : new Promise((resolve) => { this.#idle.push(resolve); });
  }

  async #sendAll() {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      try {
        await this.send(this.#waiting.shift());
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#sending = false;
    this.onChange();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  // What waits was made on top of what was refused: it must not be sent.
  #fail(error) {
    this.#waiting.length = 0;
    this.onTrouble(error);
  }
}
