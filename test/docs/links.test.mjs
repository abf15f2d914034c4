// What the pages point to is there.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, pages, prose, spans, text } from './pages.mjs';

const SECTIONS = 'server|auth|ledger|worker|sheets|product_ops|scoring|llm|log|central_backlog|intake';

// As GitHub names the anchors of headings.
const anchorsOf = (page) => [...page.replace(/^ *```[^]*?^ *```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading
  .toLowerCase().replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));

function brokenLinks(file) {
  const page = text(file);
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]).filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [to, anchor] = target.split('#');
    const linked = to ? path.join(path.dirname(file), to) : file;
    if (!existsSync(path.join(ROOT, linked))) return true;
    return anchor !== undefined && !anchorsOf(text(linked)).includes(anchor);
  }).map((target) => `${file}: ${target}`);
}

/** "sheets.verify_rows", "intake.tabs.key": every key of the example. */
function exampleKeys() {
  const keys = new Set();
  let at = '';
  for (const line of text('config.example.toml').split('\n')) {
    const table = /^\[+([a-z_.]+)\]+$/.exec(line);
    const key = /^([a-z_]+) =/.exec(line);
    if (table) keys.add(at = table[1]);
    if (key) keys.add(`${at}.${key[1]}`);
  }
  return keys;
}

/** The keys that a page quotes, in words (`sheets.verify_rows`) and in blocks of TOML. */
function quotedKeys(page) {
  const quoted = spans(page).flatMap((span) => {
    const key = new RegExp(`^((?:${SECTIONS})(?:\\.[a-z_]+)+)(?: = .*)?$`).exec(span);
    return key ? [key[1]] : [];
  });
  for (const [, block] of page.matchAll(/^```toml\n([^]*?)^```/gm)) {
    let at = '';
    for (const line of block.split('\n')) {
      at = /^\[+([a-z_.]+)\]+/.exec(line)?.[1] ?? at;
      const key = /^([a-z_]+) =/.exec(line)?.[1];
      if (key) quoted.push(`${at}.${key}`);
    }
  }
  return quoted;
}

test('every relative link, anchor and picture of the pages exists', () => {
  assert.deepEqual(pages().flatMap(brokenLinks), []);
});

test('every configuration key that a page quotes stands in config.example.toml', () => {
  const keys = exampleKeys();
  const quoted = pages().flatMap((file) => quotedKeys(text(file)).map((key) => ({ file, key })));
  assert.ok(quoted.length > 20, 'the pages quote keys');
  assert.deepEqual(quoted.filter(({ key }) => !keys.has(key)), []);
});

test('every variable that a page quotes overrides a key', () => {
  const variables = new Set([...exampleKeys()].map((key) => `ROADMAPD_${key.replace(/\./g, '_').toUpperCase()}`));
  variables.add('ROADMAPD_LLM_API_KEY');
  const wrong = pages().flatMap((file) => [...text(file).matchAll(/\bROADMAPD_[A-Z_]+[A-Z](?==)/g)].map(([name]) => name)
    .filter((name) => !variables.has(name)).map((name) => `${file}: ${name}`));
  assert.deepEqual(wrong, []);
});

test('every file that a page names in deploy/ and scripts/ exists', () => {
  const wrong = pages().flatMap((file) => [...text(file).matchAll(/(?<![\w/])(?:deploy|scripts)\/[\w./-]*\w/g)].map(([name]) => name)
    .filter((name) => !existsSync(path.join(ROOT, name))).map((name) => `${file}: ${name}`));
  assert.deepEqual(wrong, []);
});

test('the executable and the test that CONTRIBUTING names are there', () => {
  const [, folder, name, title] = /`build\/debug\/(test\/\S+)\/(\w+) "([^"]+)"`/.exec(text('CONTRIBUTING.md'));
  const cmake = text(`${folder}/CMakeLists.txt`);
  const [, sources] = new RegExp(`roadmapd_test\\(${name}\\s+SOURCES ([^)]*?)\\s+LIBRARIES`).exec(cmake);
  const titles = sources.split(/\s+/).filter((source) => source.endsWith('_test.cpp')).map((source) => text(`${folder}/${source}`));
  assert.ok(titles.some((source) => source.includes(`TEST_CASE("${title}"`)), title);
});
