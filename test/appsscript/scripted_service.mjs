// An HTTP server that answers what a test says, one request after the other.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';

const json = (status, body, headers = {}) => ({ status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });

export const accepted = (runId = 'run_1') => json(202, { run_id: runId, status: 'queued', deduplicated: false });
export const problem = (status, detail, headers = {}) => json(status, { type: 'about:blank', title: 'Trouble', status, detail },
  { 'Content-Type': 'application/problem+json', ...headers });
export const page = (status, headers = {}) => ({ status, headers: { 'Content-Type': 'text/html', ...headers }, body: '<!DOCTYPE html><title>Proxy</title>' });
export const answer = json;
/** The connection breaks before an answer. */
export const lost = () => ({ lost: true });

/** A run as the service shows it. */
export function run(status, { raw, label = 'Working', done = 1, total = 3, error = null } = {}) {
  return json(200, {
    run_id: 'run_1', status, progress: { step: 'x', label, done, total }, error: error && { code: 'x', message: error, detail: '' },
    result: raw ? { summary: {}, raw: { substeps: [], rows: [], warnings: [], ...raw } } : null,
  });
}

export class ScriptedService {
  static async start() {
    const service = new ScriptedService();
    service.server.listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    service.url = `http://127.0.0.1:${service.server.address().port}`;
    service.properties = { ROADMAP_API_URL: service.url, ROADMAP_AI_SECRET: 'scripted' };
    return service;
  }

  constructor() {
    this.server = createServer((request, response) => this.#answer(request, response));
    this.script = [];
    this.requests = [];
  }

  /** The answers to come, each a value as above, in order. */
  answers(...script) {
    this.script = script;
    this.requests = [];
  }

  async #answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    this.requests.push({ method: request.method, path: request.url, headers: request.headers, body: body && JSON.parse(body) });
    const next = this.script.shift() ?? problem(500, `No answer was left for ${request.method} ${request.url}`);
    if (next.lost) {
      request.socket.destroy();
      return;
    }
    response.writeHead(next.status, { ...next.headers, Connection: 'close' }).end(next.body);
  }

  /** Fails when the script was not played to its end. */
  played() {
    assert.deepEqual(this.script, [], 'all scripted answers were asked for');
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
