// Stands between the service and Google: hands calls on one at a time, and makes Google's bad days. It also issues the access
// tokens, so that a refused one is refused here.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { TOKEN } from './google.mjs';
import { tabsOf } from './oracle/workbooks.mjs';

/** `after`: the change is made, its answer is lost. */
const FAULTS = [
  { name: '429', status: 429 }, { name: '500 before', status: 500 }, { name: '503 before', status: 503 },
  { name: '409 before', status: 409 }, { name: '500 after', status: 500, after: true }, { name: '503 after', status: 503, after: true },
  { name: '503 after', status: 503, after: true }, { name: '409 after', status: 409, after: true }, { name: '401', status: 401 },
  { name: 'truncated', truncated: true, after: true }, { name: 'slow before', slow: true }, { name: 'slow after', slow: true, after: true },
  { name: 'closed before', closed: true }, { name: 'closed after', closed: true, after: true },
];
const STATUS_NAMES = { 401: 'UNAUTHENTICATED', 409: 'ABORTED', 429: 'RESOURCE_EXHAUSTED', 500: 'INTERNAL', 503: 'UNAVAILABLE' };
const NONE = { fault: 0, meddle: 0, googleKill: 0, serviceKill: 0 };
const LONGEST_DELAY_MS = 400;
// A lost read is only done again, so that most bad luck is kept for writes.
const READS_SHARE = 0.3;

export class FaultProxy {
  /**
   * Chances, 0 to 1: of a fault of a call, of a person who acts right before a write, of Google's death in the middle of a call,
   * of the service's death right before or after a write.
   */
  chances = NONE;
  counts = new Map();
  writes = 0;
  reads = 0;
  /** Called right before a write is handed on, with what `describe` says of it. */
  meddle = async () => {};
  /** Kills the service. */
  kill = async () => {};

  constructor(google, journal, random) {
    Object.assign(this, { google, journal, random });
    this.server = createServer((request, response) => void this.#serve(request, response));
  }

  async start() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  calm() {
    this.chances = NONE;
  }

  async #serve(request, response) {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // the service died while it asked
    }
    if (request.url.startsWith('/token')) {
      this.#answer(response, 200, JSON.stringify({ access_token: TOKEN, expires_in: 3600, token_type: 'Bearer' }));
      return;
    }
    const call = describe(request.method, request.url, Buffer.concat(chunks).toString('utf8'), this.google);
    const fault = this.random.chance(this.chances.fault * (call.writes ? 1 : READS_SHARE)) ? this.random.pick(FAULTS) : undefined;
    if (fault) this.counts.set(fault.name, (this.counts.get(fault.name) ?? 0) + 1);
    await this.#play(call, fault ?? {}, response);
  }

  async #play(call, fault, response) {
    const gone = () => response.destroyed || response.socket === null || response.socket.destroyed;
    if (fault.slow && !fault.after) await pause(this.random.between(20, LONGEST_DELAY_MS));
    const refusedBefore = !fault.after && (fault.status || fault.closed);
    if (call.writes && !refusedBefore && this.random.chance(this.chances.meddle)) await this.meddle(call);
    const dies = call.writes && !refusedBefore && this.random.chance(this.chances.serviceKill) ? this.random.pick(['before', 'after',
      'after']) : undefined;
    if (dies === 'before') await this.kill();
    const answer = refusedBefore ? undefined : await this.google.exclusive(() => (gone() ? undefined : this.#handOn(call, fault)));
    if (dies === 'after') await this.kill();
    if (refusedBefore) this.journal.note({ who: 'service', what: call.name, workbook: call.workbook, fault: fault.name });
    if (fault.slow && fault.after) await pause(this.random.between(20, LONGEST_DELAY_MS));
    if (gone()) return;
    if (fault.status) {
      this.#answer(response, fault.status, JSON.stringify({ error: { code: fault.status, message: `storm: ${fault.name}`,
        status: STATUS_NAMES[fault.status] } }));
    } else if (fault.closed || answer === undefined) {
      response.socket.destroy();
    } else if (fault.truncated) {
      response.writeHead(answer.status, { 'Content-Type': 'application/json; charset=UTF-8', 'Content-Length': Buffer.byteLength(answer.text) });
      response.write(answer.text.slice(0, answer.text.length / 2), () => response.socket?.destroy());
    } else {
      if (answer.status === 200) this.#looked(call, answer.seq);
      this.#answer(response, answer.status, answer.text);
    }
  }

  /** Inside `exclusive`. */
  async #handOn(call, fault) {
    this.journal.seq += 1;
    const { seq } = this.journal;
    const dies = this.random.chance(this.chances.googleKill);
    const timer = dies && setTimeout(() => this.google.killNow(), this.random.between(0, 4));
    const answer = await this.google.send(call.method, call.target, call.body || undefined);
    if (dies) {
      clearTimeout(timer);
      await this.google.restart();
    }
    this[call.writes ? 'writes' : 'reads'] += 1;
    this.journal.note({
      who: 'service', what: call.name, workbook: call.workbook, target: decodeURIComponent(call.target).slice(0, 300), body: call.body,
        fault: fault.name,
      ...(dies && { googleKilled: true }), answer: answer === undefined ? 'none' : `${answer.status} ${answer.status === 200 ? '' : answer.text.slice(0, 200)}`,
    });
    if (call.writes && call.workbook) {
      await this.journal.observe(call.workbook, 'service', { written: answer?.status === 200 ? writtenCells(call.body) : {} });
    }
    return answer && { ...answer, seq };
  }

  #looked(call, seq) {
    for (const { tab, headers } of call.looksAt) for (const header of headers) this.journal.looks[`${tab}!${header}`] = seq;
  }

  #answer(response, status, text) {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8', ...(status === 429 && { 'Retry-After': '1' }) });
    response.end(text);
  }
}

/** What a call does: whether it changes anything, and which columns its answer shows. */
export function describe(method, target, body, google) {
  const { pathname, searchParams } = new URL(target, 'http://google');
  const workbook = google.workbookOf(target);
  const [, verb = ''] = /:(\w+)$/.exec(pathname) ?? [];
  const name = pathname.includes('/values') ? `values.${verb || (method === 'GET' ? 'get' : 'update')}` : `spreadsheets.${verb || 'get'}`;
  const writes = method !== 'GET' && !/DataFilter$|^search$/.test(verb);
  return { method, target, body, workbook, name, writes, looksAt: looks(method, pathname, searchParams, body, writes, workbook) };
}

function looks(method, pathname, parameters, body, writes, workbook) {
  if (workbook === undefined) return [];
  if (writes) {
    const { includeSpreadsheetInResponse, responseRanges = [] } = parsed(body);
    return includeSpreadsheetInResponse ? columnsIn(responseRanges, workbook) : [];
  }
  const [, range] = /\/values\/([^:]+)$/.exec(pathname) ?? [];
  if (range) return columnsIn([decodeURIComponent(range)], workbook);
  if (method === 'POST') return columnsIn([], workbook);
  const showsCells = pathname.includes('/values') || parameters.get('includeGridData') === 'true' || /\bdata\b/.test(parameters.get('fields') ?? '');
  return showsCells ? columnsIn(parameters.getAll('ranges'), workbook) : [];
}

/** Sheet id -> [{row, column}]: the cells that a batchUpdate writes, where they stand after it; rows that it inserts shift the ones below. */
export function writtenCells(body) {
  const written = {};
  for (const { updateCells, insertDimension } of parsed(body).requests ?? []) {
    if (insertDimension?.range.dimension === 'ROWS') {
      const { sheetId = 0, startIndex, endIndex } = insertDimension.range;
      for (const cell of written[sheetId] ?? []) if (cell.row >= startIndex) cell.row += endIndex - startIndex;
    }
    if (!updateCells?.start) continue;
    const { start: { sheetId = 0, rowIndex = 0, columnIndex = 0 }, rows = [] } = updateCells;
    const cells = rows.flatMap(({ values = [] }, down) => values.map((_, right) => ({ row: rowIndex + down, column: columnIndex + right })));
    written[sheetId] = [...(written[sheetId] ?? []), ...cells];
  }
  return written;
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** The columns that A1 ranges show, [{tab, headers}]; without ranges, all of the workbook. Header rows alone show no cell. */
function columnsIn(ranges, workbook) {
  if (ranges.length === 0) return tabsOf(workbook).map(({ name, headers }) => ({ tab: name, headers }));
  return ranges.flatMap((range) => {
    const [, quoted, plain, cells = ''] = /^(?:'(.*)'|([^!']*))(?:!(.*))?$/.exec(range) ?? [];
    const tab = tabsOf(workbook).find(({ name }) => name === (quoted ?? plain));
    return tab === undefined ? [] : [{ tab: tab.name, headers: headersIn(cells, tab.headers) }];
  });
}

function headersIn(cells, headers) {
  const [from, to = from] = cells.split(':').map((corner) => /^([A-Z]*)(\d*)$/.exec(corner));
  if (!from || !to || cells === '') return headers;
  if (to[2] === '1') return [];
  if (from[1] === '') return headers;
  const number = (letters) => [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0);
  return headers.slice(number(from[1]) - 1, to[1] === '' ? undefined : number(to[1]));
}
