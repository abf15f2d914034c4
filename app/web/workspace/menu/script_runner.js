// Runs functions of the sheets' menu code, each in a worker of its own, and gives them what they ask for.

import { UnreachableError } from '../sync/sheets_api.js';
import { makeAnswerBuffer, putAnswer } from './answer_buffer.js';

/** The menu code's scripts in the order of their names, found when the page was built. */
const SCRIPTS = APPS_SCRIPT_FILES;

export class ScriptError extends Error {}
/** The person stopped the execution. */
export class StoppedError extends Error {}

export class ScriptRunner {
  /**
   * `workerUrl`, `folder`: where the worker and the scripts are. `ask(question, signal)` resolves with the person's
   * answer. `properties` are the stores at the beginning.
   */
  constructor({ workerUrl, folder, properties, ask }) {
    Object.assign(this, { workerUrl, folder, properties, ask });
  }

  /**
   * Runs one function with these arguments; `tell(event)` shows or notes something. Resolves with its result as JSON
   * text; rejects with a ScriptError for what it threw, with an UnreachableError where the scripts could not be
   * fetched, and with a StoppedError once `signal` is aborted, which ends it wherever it is.
   */
  run(functionName, { context, argumentsAsJson, signal, tell }) {
    const worker = new Worker(this.workerUrl);
    const answers = makeAnswerBuffer();
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const end = (finish, value) => {
        worker.terminate();
        over.abort();
        finish(value);
      };
      signal?.addEventListener('abort', () => end(reject, new StoppedError('stopped')), { signal: over.signal });
      // A worker that cannot be fetched has no words for it.
      worker.onerror = ({ message, filename, lineno }) => end(reject,
        message ? new ScriptError(`${message} (${filename}, line ${lineno})`) : new UnreachableError('The service does not answer.'));
      worker.onmessage = ({ data }) => {
        if (data.kind === 'done') end(resolve, data.result);
        else if (data.kind === 'unreachable') end(reject, new UnreachableError('The service does not answer.'));
        else if (data.kind === 'failed') end(reject, new ScriptError(data.message, { cause: data.stack }));
        else if (data.kind === 'ask') this.ask(data.question, over.signal).then((answer) => putAnswer(answers, answer));
        else if (data.kind === 'property') this.#keep(data);
        else tell(data.event);
      };
      worker.postMessage({
        scripts: SCRIPTS, folder: this.folder, functionName, argumentsAsJson, context, properties: this.properties, answers,
      });
    });
  }

  #keep({ store, key, value }) {
    if (value === undefined) delete this.properties[store][key];
    else this.properties[store][key] = value;
  }
}
