// A spreadsheet in the emulator, as the people who work in it use it.

import assert from 'node:assert/strict';

export class Emulator {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async call(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  hook(name, body) {
    return this.call('POST', `/_emulator/${name}`, body);
  }

  /** Creates a spreadsheet; `tabs` maps each tab's name to its header row. */
  async create(title, tabs) {
    const created = await this.call('POST', '/v4/spreadsheets', {
      properties: { title },
      sheets: Object.keys(tabs).map((tab) => ({ properties: { title: tab } })),
    });
    for (const [tab, headers] of Object.entries(tabs)) {
      await new Sheet(this, created.spreadsheetId, tab, headers).write(1, Object.fromEntries(headers.map((h) => [h, h])));
    }
    return created.spreadsheetId;
  }
}

const MAX_COLUMNS = 26;

/** One tab whose columns are known by their headers in row 1. */
export class Sheet {
  constructor(emulator, spreadsheetId, tab, headers) {
    assert.ok(headers.length <= MAX_COLUMNS);
    this.emulator = emulator;
    this.spreadsheetId = spreadsheetId;
    this.tab = tab;
    this.headers = headers;
  }

  #values(range) {
    return `/v4/spreadsheets/${this.spreadsheetId}/values/${encodeURIComponent(`${this.tab}!${range}`)}`;
  }

  #column(header) {
    const index = this.headers.indexOf(header);
    assert.notEqual(index, -1, `no column ${header}`);
    return String.fromCharCode('A'.charCodeAt(0) + index);
  }

  /** The rows below the header, each as an object by header, with its row number as `row`. */
  async rows() {
    const { values = [] } = await this.emulator.call('GET', `${this.#values('A1:Z')}?valueRenderOption=UNFORMATTED_VALUE`);
    assert.deepEqual(values[0].slice(0, this.headers.length), this.headers, 'the header row is as it was');
    return values.slice(1).map((cells, index) => ({
      row: index + 2, ...Object.fromEntries(this.headers.map((header, column) => [header, cells[column] ?? ''])),
    }));
  }

  /** Types these cells into a row. */
  async write(row, cells) {
    await this.emulator.call('POST', `/v4/spreadsheets/${this.spreadsheetId}/values:batchUpdate`, {
      valueInputOption: 'RAW',
      data: Object.entries(cells).map(([header, value]) => ({
        range: `${this.tab}!${this.#column(header)}${row}`, values: [[value]],
      })),
    });
  }

  /** Sorts the rows below the header. */
  async sort(header, sortOrder) {
    const { sheets } = await this.emulator.call('GET', `/v4/spreadsheets/${this.spreadsheetId}?fields=sheets.properties(sheetId,title)`);
    const { sheetId } = sheets.find(({ properties }) => properties.title === this.tab).properties;
    await this.emulator.call('POST', `/v4/spreadsheets/${this.spreadsheetId}:batchUpdate`, {
      requests: [{
        sortRange: {
          range: { sheetId, startRowIndex: 1 },
          sortSpecs: [{ dimensionIndex: this.headers.indexOf(header), sortOrder }],
        },
      }],
    });
  }

  /** Adds a row below the table; columns that are not named stay as they are. */
  async append(cells) {
    const values = [this.headers.map((header) => cells[header] ?? null)];
    await this.emulator.call('POST', `${this.#values('A1')}:append?valueInputOption=RAW`, { values });
  }
}
