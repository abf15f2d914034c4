// `roadmapd serve` that is killed and started again, and a caller that sees a request through all that.

import assert from 'node:assert/strict';

import { RoadmapdProcess } from '../integration/node/roadmapd_process.mjs';

const SECRET = 'a secret of the storm, long enough';
const LONGEST_WAIT_SECONDS = 20;
const LONGEST_RUN_MS = 180_000; // three attempts of a minute, by the storm's configuration
const REQUEST_TIMEOUT_MS = 65_000;

export class KilledService {
  #configFile;
  #process;
  #up; // resolves with the URL once the service listens
  #setUp;
  #down = false;
  #stopped = false;
  kills = 0;

  constructor(configFile) {
    this.#configFile = configFile;
    this.#expectStart();
  }

  #expectStart() {
    this.#up = new Promise((resolve) => (this.#setUp = resolve));
  }

  async start() {
    this.#process = await RoadmapdProcess.start(['serve', '--config', this.#configFile], { ROADMAP_AI_SECRET: SECRET });
    this.#down = false;
    this.#setUp(this.#process.url);
  }

  async kill() {
    assert.ok(this.#process.running, `roadmapd ended by itself:\n${this.#process.output}`);
    this.#expectStart();
    this.#down = true;
    await this.#process.kill();
    this.kills += 1;
  }

  /** Ends the service in good order; who still waits for an answer gets an error. */
  async stop() {
    this.#stopped = true;
    this.#setUp(undefined);
    return this.#process?.stop();
  }

  /** One HTTP request to the service that runs now, or undefined when it died before the whole answer came. */
  async #attempt(method, path, { body, headers = {} } = {}) {
    const url = await this.#up;
    if (this.#stopped) throw new Error('the service was stopped');
    const served = this.#process;
    try {
      const response = await fetch(url + path, {
        method,
        headers: { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json', ...headers },
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      // A process that was killed closes its connections: fetch reports that as a TypeError, a cut body too.
      const killed = served !== this.#process || this.#down;
      if (error instanceof TypeError && (killed || this.#stopped)) return undefined;
      throw new Error(`${method} ${path}: ${error.message}\n${served.output}`, { cause: error });
    }
  }

  /** Repeats the request until an answer arrives, as the menu does. */
  async request(method, path, options) {
    for (;;) {
      const answer = await this.#attempt(method, path, options);
      if (answer !== undefined) return answer;
    }
  }

  /** Sends a request and hangs up after `ms`, before an answer or not. */
  async hangUp(method, path, ms, { body, headers }) {
    const url = await this.#up;
    try {
      const answer = await fetch(url + path, {
        method, headers: { 'X-ROADMAP-AI-SECRET': SECRET, 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body), signal: AbortSignal.timeout(ms),
      });
      await answer.arrayBuffer();
    } catch {
      // The answer is lost: that is what this is for.
    }
  }

  /** Waits until the run has ended; its last state, also where it does not end for long, or undefined where the ledger does not know it. */
  async ended(runId) {
    const patience = Date.now() + LONGEST_RUN_MS;
    for (;;) {
      const { status, body } = await this.request('GET', `/actions/run/${runId}?wait=${LONGEST_WAIT_SECONDS}`);
      if (status === 404) return undefined;
      assert.equal(status, 200, JSON.stringify(body));
      if (['success', 'failed', 'cancelled'].includes(body.status) || Date.now() > patience) return body;
    }
  }
}
