// The service and the emulator behind the workspace page, asked directly.

import assert from 'node:assert/strict';

import { until, WAIT_MS } from './bounded_waits.mjs';

/** A connection that was idle may be closed by the service just when it is used again, which fails the request. */
export const ONE_REQUEST = { Connection: 'close' };

export class WorkspaceBackend {
  constructor(url) {
    this.url = url;
  }

  /** A GET of the service's API. */
  async service(path) {
    const { secret } = await this.api('/workspace/config.json');
    return this.api(path, { headers: { 'X-ROADMAP-AI-SECRET': secret } });
  }

  /** Does an action as the menu would, and returns the run once it is over. */
  async run(action) {
    const { secret } = await this.api('/workspace/config.json');
    const headers = { 'X-ROADMAP-AI-SECRET': secret, 'Content-Type': 'application/json' };
    const { run_id } = await this.api('/actions/run', { method: 'POST', headers, body: JSON.stringify({ action }) });
    let run;
    await until(`the end of ${action}`, async () => {
      run = await this.api(`/actions/run/${run_id}?wait=20`, { headers });
      return run.finished_at;
    }, () => JSON.stringify(run));
    return run;
  }

  async api(path, options = {}) {
    const response = await fetch(this.url + path, {
      ...options, headers: { 'X-Roadmap-Workspace': '1', ...ONE_REQUEST, ...options.headers }, signal: AbortSignal.timeout(WAIT_MS),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  async stored(workbook, range, render = 'UNFORMATTED_VALUE') {
    const { values = [] } = await this.api(`/v4/spreadsheets/${workbook}/values/${encodeURIComponent(range)}?valueRenderOption=${render}`);
    return values;
  }

  /** Letters of a tab's columns by their headers. */
  async columns(workbook, tab) {
    const [headers] = await this.stored(workbook, `'${tab}'!1:1`);
    return Object.fromEntries(headers.map((header, index) => [header, columnLetters(index)]));
  }

  /** Changes a workbook as somebody else would. */
  change(workbook, requests) {
    return this.api(`/v4/spreadsheets/${workbook}:batchUpdate`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ requests }),
    });
  }
}

function columnLetters(index) {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
