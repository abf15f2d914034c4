// Google's own client libraries, pointed at the emulator.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { sheets } from '@googleapis/sheets';
import { JWT } from 'google-auth-library';

import { RoadmapdProcess, temporaryFolder } from './roadmapd_process.mjs';

const SPREADSHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const GOOGLE_TOKEN_HOST = 'oauth2.googleapis.com';

/** An emulator with test hooks and a service account of its own. */
export class Emulator {
  static async start(...options) {
    const folder = temporaryFolder();
    const credentialsFile = path.join(folder.path, 'service_account.json');
    try {
      const roadmapd = await RoadmapdProcess.start([
        'emulator', '--port', '0', '--test-hooks', '--write-credentials', credentialsFile, ...options,
      ]);
      return new Emulator(roadmapd, folder, JSON.parse(readFileSync(credentialsFile, 'utf8')));
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  constructor(roadmapd, folder, credentials) {
    this.roadmapd = roadmapd;
    this.folder = folder;
    this.credentials = credentials;
    this.url = roadmapd.url;
  }

  async stop() {
    const code = await this.roadmapd.stop();
    this.folder.remove();
    assert.equal(code, 0, `the emulator ends cleanly:\n${this.roadmapd.output}`);
  }

  /**
   * The service account's client. The library knows one token address only, Google's; requests to it go to
   * the credentials' token_uri, which is also the audience.
   */
  authorise({ scopes = [SPREADSHEETS_SCOPE], claims = {}, key = this.credentials.private_key } = {}) {
    const client = new JWT({
      email: this.credentials.client_email,
      key,
      scopes,
      additionalClaims: { aud: this.credentials.token_uri, ...claims },
    });
    client.transporter.interceptors.request.add({
      resolved: async (request) => {
        if (request.url.hostname === GOOGLE_TOKEN_HOST) request.url = new URL(this.credentials.token_uri);
        return request;
      },
    });
    return client;
  }

  /** The Sheets client. Without retries, so that every answer is seen as it came. */
  client(auth = this.authorise()) {
    return sheets({ version: 'v4', auth, rootUrl: `${this.url}/`, retry: false });
  }

  /** A call to the test hooks under /_emulator/. */
  async hook(method, name, body) {
    const response = await fetch(`${this.url}/_emulator/${name}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    assert.ok(response.ok, `${method} ${name}: ${response.status} ${await response.clone().text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** The error that Google's answer carries; fails when the call succeeds or fails in another way. */
export async function refused(call) {
  try {
    const answer = await call;
    assert.fail(`was not refused: ${JSON.stringify(answer.data)}`);
  } catch (error) {
    if (error.response?.data?.error === undefined) throw error;
    const { status, data } = error.response;
    return typeof data.error === 'string' ? { httpStatus: status, ...data } : { httpStatus: status, ...data.error };
  }
}

/** A new spreadsheet with tabs of these names; returns its id and the ids of its tabs by name. */
export async function createSpreadsheet(api, title, tabs = ['Sheet1'], gridProperties = undefined) {
  const { data } = await api.spreadsheets.create({
    requestBody: {
      properties: { title },
      sheets: tabs.map((tab) => ({ properties: { title: tab, ...(gridProperties && { gridProperties }) } })),
    },
  });
  return {
    id: data.spreadsheetId,
    tabs: Object.fromEntries(data.sheets.map((sheet) => [sheet.properties.title, sheet.properties.sheetId])),
  };
}
