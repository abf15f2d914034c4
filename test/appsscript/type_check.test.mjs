// The menu code against the published types of Apps Script.

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { temporaryFolder } from '../integration/node/roadmapd_process.mjs';
import { menuFolder } from './apps_script_project.mjs';
import { typeErrors } from './type_check.mjs';

test('the menu code uses Apps Script as its types say', () => {
  assert.deepEqual(typeErrors(menuFolder), []);
});

test('a method that Apps Script does not have is found by the type check', () => {
  const folder = temporaryFolder();
  try {
    cpSync(menuFolder, folder.path, { recursive: true });
    writeFileSync(path.join(folder.path, 'wrong.gs'), 'function wrong() {\n  return SpreadsheetApp.getActive().tabs();\n}\n');
    assert.deepEqual(typeErrors(folder.path), ["wrong.gs:2: Property 'tabs' does not exist on type 'Spreadsheet'."]);
  } finally {
    folder.remove();
  }
});
