// The person's changes of one workbook on their way to the server, in order, one gesture at a time. While the service is
// away they wait here.

/** More than a person does while a service is away for hours. */
const MAX_WAITING = 20_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export class Outbox {
  #waiting = []; // the first one is being sent
  #sending = false;
  #idle = []; // whom to tell when everything is sent
  #goOn; // ends the pause before another try
  #isStuck = false;

  /**
   * `send(gesture)` resolves when the server has it; `mayPass(error)` says whether the same may work later, which keeps
   * it waiting; `onTrouble(error, count)` is told of any other error, and how many changes are dropped with it, itself counted.
   */
  constructor({ send, mayPass = () => false, onTrouble, onChange, pause = pauseFor }) {
    Object.assign(this, { send, mayPass, onTrouble, onChange, pause });
    this.generation = 0; // counts what was ever put in
  }

  get isEmpty() {
    return !this.#sending && this.#waiting.length === 0;
  }

  /** How many changes wait. */
  get size() {
    return this.#waiting.length;
  }

  /** The service did not take the first one when it was last tried, and may yet. */
  get isStuck() {
    return this.#isStuck;
  }

  put(gesture) {
    this.generation += 1;
    this.#waiting.push(gesture);
    if (this.#waiting.length > MAX_WAITING) this.#fail(new Error('The service has been away too long; what was typed meanwhile is lost.'));
    this.onChange();
    if (!this.#sending) this.#sendAll();
  }

  /** The service answers again: what waits is tried at once. */
  retry() {
    this.#goOn?.();
  }

  /** Resolves when nothing waits any more: sent or dropped. */
  whenEmpty() {
    return this.isEmpty ? Promise.resolve() : new Promise((resolve) => { this.#idle.push(resolve); });
  }

  async #sendAll() {
    this.#sending = true;
    let pauseMs = FIRST_PAUSE_MS;
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting;
      try {
        await this.send(first);
        if (this.#waiting[0] === first) this.#waiting.shift();
        this.#setStuck(false);
        pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        if (!this.mayPass(error)) {
          this.#fail(error);
          continue;
        }
        this.#setStuck(true);
        await Promise.race([this.pause(pauseMs), new Promise((resolve) => { this.#goOn = resolve; })]);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
    this.#sending = false;
    this.onChange();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #setStuck(isStuck) {
    if (this.#isStuck === isStuck) return;
    this.#isStuck = isStuck;
    this.onChange();
  }

  // What waits was made on top of what was refused: it must not be sent.
  #fail(error) {
    const dropped = this.#waiting.splice(0);
    this.#isStuck = false;
    this.onTrouble(error, dropped.length);
  }
}

const pauseFor = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
