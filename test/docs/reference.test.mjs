// docs/reference.md lists what the code has: nothing is missing, nothing is made up.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, firstCells, section, spans, text } from './pages.mjs';

const reference = text('docs/reference.md');

const found = (source, pattern) => [...source.matchAll(pattern)].map((match) => match[1]);
const sorted = (names) => [...new Set(names)].sort();

function sources(folder) {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(name);
    return /\.(cpp|h)$/.test(name) ? [readFileSync(path.join(ROOT, name), 'utf8')] : [];
  });
}

test('the reference lists every path of the HTTP API', () => {
  const routes = [...text('app/http/routes.cpp').matchAll(/"(GET|POST|DELETE)",\s*"(\/[^"]*)"/g)].map(([, method, at]) => `${method} ${at}`);
  assert.ok(routes.length > 10);
  assert.deepEqual(sorted(firstCells(section(reference, 'HTTP')).filter((cell) => /^[A-Z]+ \//.test(cell))), sorted(routes));
});

test('the reference lists every action and every option', () => {
  const actions = section(reference, 'Actions');
  assert.deepEqual(sorted(firstCells(actions)), sorted(found(text('core/actions/action_registry.cpp'), /\.name = "([^"]+)"/g)));
  const options = found(text('core/actions/action_registry.cpp'), /OptionSpec\{\w+, "(\w+)"/g);
  assert.ok(options.length > 5);
  assert.deepEqual(options.filter((option) => !spans(actions).includes(option)), []);
});

test('the reference lists every count that an action puts into its result', () => {
  const counts = sources('core/actions').flatMap((source) => found(source, /\.count\("(\w+)"/g));
  assert.ok(counts.length > 20);
  assert.deepEqual(sorted(counts).filter((count) => !spans(reference).includes(count)), []);
});

test('the reference lists every metric', () => {
  assert.deepEqual(sorted(firstCells(section(reference, 'Metrics'))), sorted(found(text('app/telemetry/metrics.cpp'), /"(roadmapd_\w+)"/g)));
});

test('the reference lists every command', () => {
  const commands = found(text('app/commands/cli.cpp'), /(?:add|add_subcommand)\("([a-z-]+)", "/g);
  assert.ok(commands.length > 8);
  assert.deepEqual(commands.filter((command) => !section(reference, 'Commands').includes(`\`roadmapd ${command}`)), []);
});

test('the reference lists every code that a run may fail with', () => {
  const codes = [
    ...sources('core').flatMap((source) => found(source, /\b(?:Error\(|refuse_unreadable_keys\([\w.]+,)\s*"(\w+)"/g)),
    ...found(text('core/run/sheets_gateway.h'), /"(sheets_\w+)"/g),
    ...found(text('core/ledger/ledger.cpp'), /RunError error\{"(\w+)"/g),
    ...found(text('core/worker/worker_pool.cpp'), /return failed\("(\w+)"/g),
    ...found(text('app/serve/engine.cpp'), /Error\("(\w+)"/g),
    'deadline',
  ].filter((code) => code !== 'ledger_in_use'); // of a start, not of a run
  assert.ok(codes.length > 15);
  assert.deepEqual(sorted(firstCells(section(reference, 'Errors of runs'))), sorted(codes));
});

test('the reference lists every table of the database', () => {
  const tables = [
    ...readdirSync(path.join(ROOT, 'core/store/migrations')).flatMap((file) => found(text(`core/store/migrations/${file}`), /CREATE TABLE (\w+)/g)),
    'schema_migrations',
  ];
  assert.deepEqual(sorted(firstCells(section(reference, 'Database'))), sorted(tables));
});
