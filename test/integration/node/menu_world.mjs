// A team's workbooks in the emulator, roadmapd behind them, and a PM who looks at one of their tabs.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { rectangleOf } from '../../../app/web/appsscript-runtime/sheets_api.mjs';
import { Emulator, Sheet } from './sheet.mjs';
import { RoadmapdProcess, temporaryFolder } from './roadmapd_process.mjs';

const TOKEN = 'the menu tests';
export const SECRET = 'a secret of the menu tests, long enough';

/** The emulator and the workbooks in it. */
export class Workbooks {
  static async start() {
    const folder = temporaryFolder();
    const credentialsFile = path.join(folder.path, 'service_account.json');
    const roadmapd = await RoadmapdProcess.start([
      'emulator', '--port', '0', '--test-hooks', '--token', TOKEN, '--write-credentials', credentialsFile,
    ]);
    return new Workbooks(roadmapd, folder, credentialsFile);
  }

  constructor(roadmapd, folder, credentialsFile) {
    Object.assign(this, { roadmapd, folder, credentialsFile });
    this.emulator = new Emulator(roadmapd.url, TOKEN);
    this.sheetsApi = { url: roadmapd.url, headers: { Authorization: `Bearer ${TOKEN}` } };
  }

  async stop() {
    assert.equal(await this.roadmapd.stop(), 0, this.roadmapd.output);
    this.folder.remove();
  }

  /** Creates a workbook; `tabs` maps each tab's name to its rows. */
  async create(title, tabs) {
    const created = await this.emulator.call('POST', '/v4/spreadsheets', {
      properties: { title }, sheets: Object.keys(tabs).map((tab) => ({ properties: { title: tab } })),
    });
    const id = created.spreadsheetId;
    const data = Object.entries(tabs).filter(([, rows]) => rows.length > 0)
      .map(([tab, values]) => ({ range: `'${tab}'!A1`, values }));
    if (data.length > 0) await this.emulator.call('POST', `/v4/spreadsheets/${id}/values:batchUpdate`, { valueInputOption: 'RAW', data });
    const grids = Object.fromEntries(created.sheets.map(({ properties }) => [properties.title, properties]));
    return new Workbook(this, id, grids);
  }
}

export class Workbook {
  constructor(workbooks, id, grids) {
    Object.assign(this, { workbooks, id, grids });
  }

  /**
   * What a PM looks at who stands on `tab` with these ranges selected, the last one last: 'B3', 'A2:C4', or 'A:A'
   * for a whole column.
   */
  view(tab, ranges = ['A1'], { byFilter = [], byUser = [] } = {}) {
    const { sheetId, gridProperties } = this.grids[tab];
    return {
      spreadsheetId: this.id, sheetId, sheetsApi: this.workbooks.sheetsApi, hiddenRows: { byFilter, byUser },
      ranges: ranges.map((a1) => {
        const column = /^([A-Z]):\1$/.exec(a1)?.[1];
        return rectangleOf(column ? `${column}1:${column}${gridProperties.rowCount}` : a1);
      }),
    };
  }

  sheet(tab, headers) {
    return new Sheet(this.workbooks.emulator, this.id, tab, headers);
  }

  async values(range) {
    const { values = [] } = await this.workbooks.emulator.call('GET', `/v4/spreadsheets/${this.id}/values/${encodeURIComponent(range)}?valueRenderOption=UNFORMATTED_VALUE`);
    return values;
  }
}

/** `roadmapd serve` over those workbooks; `sections` is what its configuration says about them. */
export class Service {
  static async start(workbooks, sections, env = {}) {
    const configFile = path.join(workbooks.folder.path, 'config.toml');
    writeFileSync(configFile, `
[server]
port = 0
[ledger]
path = "roadmap.db"
[sheets]
base_url = "${workbooks.roadmapd.url}"
service_account_file = "${workbooks.credentialsFile}"
reads_per_minute = 1000000
writes_per_minute = 1000000
[log]
level = "warn"
${sections}`);
    return new Service(await RoadmapdProcess.start(['serve', '--config', configFile], { ROADMAP_AI_SECRET: SECRET, ...env }));
  }

  constructor(roadmapd) {
    this.roadmapd = roadmapd;
    this.url = roadmapd.url;
    this.properties = { ROADMAP_API_URL: roadmapd.url, ROADMAP_AI_SECRET: SECRET };
  }

  async get(pathAndQuery) {
    const response = await fetch(this.url + pathAndQuery, { headers: { 'X-ROADMAP-AI-SECRET': SECRET } });
    assert.ok(response.ok, `${pathAndQuery}: ${response.status}`);
    return response.json();
  }

  async stop() {
    assert.equal(await this.roadmapd.stop(), 0, this.roadmapd.output);
  }
}
