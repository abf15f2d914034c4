// How the page answers a worker that waits: memory that both see. The worker waits on the first number; the page puts
// the answer behind it, then its length, then wakes the worker.

const STATE = 0; // 0: no answer yet, 1: there is one
const LENGTH = 1;
const HEADER_BYTES = 8;
/** An answer is a button and what was typed. */
const MAX_ANSWER_BYTES = 65_536;

export function makeAnswerBuffer() {
  return new SharedArrayBuffer(HEADER_BYTES + MAX_ANSWER_BYTES);
}

/** On the page. Throws when the answer is too long. */
export function putAnswer(buffer, answer) {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  if (bytes.length > MAX_ANSWER_BYTES) throw new RangeError('the answer is too long');
  new Uint8Array(buffer, HEADER_BYTES).set(bytes);
  const header = new Int32Array(buffer, 0, 2);
  header[LENGTH] = bytes.length;
  Atomics.store(header, STATE, 1);
  Atomics.notify(header, STATE);
}

/** In the worker; blocks until the page has answered. */
export function takeAnswer(buffer) {
  const header = new Int32Array(buffer, 0, 2);
  Atomics.wait(header, STATE, 0);
  // A copy: text decoders take no shared memory.
  const bytes = new Uint8Array(buffer, HEADER_BYTES, header[LENGTH]).slice();
  Atomics.store(header, STATE, 0);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** In the worker; blocks for so long. */
export function sleep(buffer, milliseconds) {
  Atomics.wait(new Int32Array(buffer, 0, 2), STATE, 0, milliseconds);
}
