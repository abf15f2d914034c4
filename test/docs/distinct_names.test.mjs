// A name in an anonymous namespace stands in one file of its library, and scripts/distinct-names would say if not.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT } from './pages.mjs';

function distinctNames(root) {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'scripts/distinct-names'), [root], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** What is said of a tree of these files, each with its lines in an anonymous namespace. */
function tree(t, files) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'names-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [file, lines] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), ['namespace roadmap {', 'namespace {', '', ...lines, '', '}  // namespace', '}  // namespace roadmap', ''].join('\n'));
  }
  return distinctNames(root);
}

test('no name of the tree stands in two files', () => {
  assert.deepEqual(distinctNames(ROOT), { status: 0, said: '' });
});

test('overloads, types, constants and templates in two files of a library are named with their places', (t) => {
  const { status, said } = tree(t, {
    'core/sync/a.cpp': ['std::array<Row, rows.size()> shown(int a) {', '  return {};', '}', 'struct Row {', '  int shown;', '};', 'constexpr int kRows[] = {1};', 'template <typename T>', 'T moved(T t) {', '  return t;', '}'],
    'core/run/b.cpp': ['int shown(double a) { return 1; }', 'class Row;', 'enum class Row { kA };', 'const int kRows = 3;', 'void moved() {}'],
  });
  assert.equal(status, 1);
  assert.deepEqual(said.trim().split('\n'), [
    'core: Row stands in several files: core/run/b.cpp:6, core/sync/a.cpp:7',
    'core: kRows stands in several files: core/run/b.cpp:7, core/sync/a.cpp:10',
    'core: moved stands in several files: core/run/b.cpp:8, core/sync/a.cpp:12',
    'core: shown stands in several files: core/run/b.cpp:4, core/sync/a.cpp:4',
  ]);
});

test('what cannot meet, members, raw texts and the same alias are no findings', (t) => {
  const { status, said } = tree(t, {
    'core/sync/a.cpp': ['int shown(int a) { return a; }', 'using Json = nlohmann::json;', 'void Reader::read() {', '}', 'void Reader::all() {', '  int local = 1;', '}'],
    'core/sync/b.cpp': ['using Json = nlohmann::json;', 'void Writer::read() {', '}', 'void f() {', '  int local = 2;', '}', 'constexpr auto kText = R"(', 'int shown(int a)', ')";'],
    'net/b.cpp': ['int shown(int a) { return a; }'],
  });
  assert.deepEqual({ status, said }, { status: 0, said: '' });
});

test('an alias for another type in each file is a finding', (t) => {
  const { status, said } = tree(t, { 'app/a.cpp': ['using Json = nlohmann::json;'], 'app/b.cpp': ['using Json = nlohmann::ordered_json;'] });
  assert.equal(status, 1);
  assert.match(said, /^app: Json stands in several files: app\/a\.cpp:4, app\/b\.cpp:4\n$/);
});
