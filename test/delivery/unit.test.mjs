// What systemd says of the unit, without running it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const unit = fileURLToPath(new URL('../../deploy/roadmapd.service', import.meta.url));
const guide = readFileSync(fileURLToPath(new URL('../../docs/operator-guide.md', import.meta.url)), 'utf8');
const TENTHS = 12; // of 100: what is left is that it has a network, sockets of its own and the machine's root directory

const analyze = (...args) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
const skip = analyze('--version').error ? 'systemd-analyze is not installed' : false;

test('systemd finds the service exposed to little, and the guide tells how little', { skip }, () => {
  const { status, stdout, stderr } = analyze('security', '--offline=true', '--no-pager', `--threshold=${TENTHS}`, unit);
  assert.equal(status, 0, stdout + stderr);
  const [, exposure] = /exposure level for roadmapd\.service: ([\d.]+)/.exec(stdout);
  assert.ok(guide.includes(`exposure ${exposure} of 10`), `the guide tells another figure than ${exposure}`);
});

test('systemd understands every line of the unit', { skip }, () => {
  const { stderr } = analyze('verify', '--man=no', unit);
  assert.deepEqual(stderr.split('\n').filter((line) => line.includes('roadmapd.service') && !/is not executable/.test(line)), []);
});
