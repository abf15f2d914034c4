// Standard output and error that take nothing: a full disk, closed descriptors, a reader that has gone.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { environment, executable, temporaryFolder } from './roadmapd_process.mjs';

/** Runs a line of the shell in which $R is the program. */
const shell = (line, cwd) => spawnSync('/bin/sh', ['-c', line], { env: { ...environment, R: executable }, encoding: 'utf8', cwd });

test('what could not be printed is said, and is no success', () => {
  for (const command of ['openapi', 'menu', 'config --example', 'setup-sheets --columns']) {
    const { status, stderr } = shell(`"$R" ${command} >/dev/full`);
    assert.equal(status, 1, command);
    assert.match(stderr, /^roadmapd: not all could be printed: .*\n$/, command);
  }
});

test('a reader that has what it wanted is no trouble', async () => {
  const child = spawn(executable, ['openapi'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

test('closed descriptors are nobody else\'s: what is printed goes nowhere', () => {
  assert.equal(shell('"$R" openapi >&- 2>&- <&-').status, 0);
});

test('the menu is written whole or not at all', () => {
  const folder = temporaryFolder();
  const out = path.join(folder.path, 'menu.gs');
  writeFileSync(out, 'an older menu');
  const limited = shell('ulimit -f 1; "$R" menu --out menu.gs', folder.path);
  assert.equal(limited.status, 1);
  assert.match(limited.stderr, /'menu\.gs' cannot be written: File too large/);
  assert.deepEqual([readdirSync(folder.path), readFileSync(out, 'utf8')], [['menu.gs'], 'an older menu']);
  assert.equal(shell('"$R" menu --out menu.gs', folder.path).status, 0);
  assert.match(readFileSync(out, 'utf8'), /function onOpen\(\)/);
  folder.remove();
});

test('keys of the command line take no option for a key', () => {
  const { status, stderr } = shell('"$R" run pm.save_selected --keys , --dry-run --config none.toml');
  assert.equal(status, 2);
  assert.doesNotMatch(stderr, /--dry-run/);
});
