// Includes go down the table under "Floors" in ARCHITECTURE.md, modules import in no circle, and scripts/floors would
// say if not.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT } from './pages.mjs';

const LIBRARIES = ['app', 'core', 'net', 'sheets_client'];

function floors(root) {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'scripts/floors'), [root], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** What is said of a copy of the tree that `doctor` has changed. */
function doctored(t, doctor) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'floors-'));
  t.after(() => rmSync(root, { recursive: true }));
  cpSync(path.join(ROOT, 'ARCHITECTURE.md'), path.join(root, 'ARCHITECTURE.md'));
  for (const library of LIBRARIES) {
    cpSync(path.join(ROOT, library), path.join(root, library), { recursive: true, filter: (file) => !path.extname(file) || /\.(h|cpp)$/.test(file) });
  }
  doctor({
    include: (file, included) => appendFileSync(path.join(root, file), `#include "${included}"\n`),
    change: (file, from, to) => writeFileSync(path.join(root, file), readFileSync(path.join(root, file), 'utf8').replace(from, to)),
    add: (file, text = '#pragma once\n') => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    },
  });
  return floors(root);
}

test('no include of the tree goes up, and no import in a circle', () => {
  assert.deepEqual(floors(ROOT), { status: 0, said: '' });
});

test('an include of a higher floor is named with both files and the rule', (t) => {
  const { status, said } = doctored(t, ({ include }) => include('core/fields/cell.h', 'core/run/settings.h'));
  assert.equal(status, 1);
  assert.match(said, /^core\/fields\/cell\.h:\d+ includes core\/run\/settings\.h: the floor core\/fields lies below core\/run\n$/);
});

test('of two folders that include each other one include goes up', (t) => {
  const { status, said } = doctored(t, ({ include }) => {
    include('app/http/gate.cpp', 'app/serve/engine.h');
    include('app/serve/engine.cpp', 'app/http/gate.h');
  });
  assert.equal(status, 1);
  assert.match(said, /^app\/http\/gate\.cpp:\d+ includes app\/serve\/engine\.h: the floor app\/http lies below app\/serve\n$/);
});

test('a library includes none that it does not stand on', (t) => {
  const { status, said } = doctored(t, ({ include }) => {
    include('core/run/waiter.cpp', 'net/http_message.h');
    include('net/ascii.h', 'core/clock.h');
    include('sheets_client/a1.cpp', 'sheets_client/emulator/cell.h');
  });
  assert.equal(status, 1);
  assert.match(said, /core\/run\/waiter\.cpp:\d+ includes net\/http_message\.h: core stands on nothing, not on net/);
  assert.match(said, /net\/ascii\.h:\d+ includes core\/clock\.h: net stands on nothing, not on core/);
  assert.match(said, /sheets_client\/a1\.cpp:\d+ includes sheets_client\/emulator\/cell\.h: sheets_client stands on core, net, not on sheets_client\/emulator/);
});

test('a folder that the table does not know, and a floor without a folder, are findings', (t) => {
  const { status, said } = doctored(t, ({ add, change }) => {
    add('core/cellar/wine.h');
    change('ARCHITECTURE.md', '`setup` `run_log`', '`attic` `setup` `run_log`');
  });
  assert.equal(status, 1);
  assert.match(said, /core\/cellar has no floor/);
  assert.match(said, /ARCHITECTURE\.md names the floor core\/attic, where no C\+\+ is/);
});

test('a library that stands on one above it in the table is refused', (t) => {
  const { status, said } = doctored(t, ({ change }) => change('ARCHITECTURE.md', '`fields` `.` | nothing |', '`fields` `.` | `app` |'));
  assert.equal(status, 1);
  assert.match(said, /core stands on app, which is no library below it/);
});

test('no include of ours goes past the table', (t) => {
  const { status, said } = doctored(t, ({ add, include }) => {
    include('app/http/gate.cpp', '../serve/engine.h');
    include('core/run/waiter.cpp', 'test/fakes/fake_sheets.h');
    include('core/run/waiter.cpp', 'core/cellar/wine.inl');
    add('core/store/rows.inl', '#include "core/worker/worker_pool.h"\n');
    add('net/angles.h', '#include <core/clock.h>\n#include <net/if.h>\n#include <vector>\n');
  });
  assert.equal(status, 1);
  assert.deepEqual(said.trim().split('\n').map((line) => line.replace(/:\d+/, '')), [
    'app/http/gate.cpp includes ../serve/engine.h: write the path from the root',
    'core/run/waiter.cpp includes test/fakes/fake_sheets.h: test/fakes has no floor',
    'core/run/waiter.cpp includes core/cellar/wine.inl: core/cellar has no floor',
    'core/store/rows.inl includes core/worker/worker_pool.h: the floor core/store lies below core/worker',
    'net/angles.h includes core/clock.h: net stands on nothing, not on core',
  ]);
});

test('a library that nothing is included of is not stood on', (t) => {
  const { status, said } = doctored(t, ({ change }) => change('ARCHITECTURE.md', '`formula` `workbook` | `net` |', '`formula` `workbook` | `sheets_client` `net` |'));
  assert.equal(status, 1);
  assert.match(said, /^ARCHITECTURE\.md: sheets_client\/emulator stands on sheets_client and includes nothing of it\n$/);
});

test('folders of modules that import each other, however far around, are named with an import of each', (t) => {
  const { status, said } = doctored(t, ({ add }) => {
    add('app/web/page/main.js', "import { a } from './parts/a.js';\n");
    add('app/web/page/parts/a.js', "export { b } from '../charts/b.js';\n");
    add('app/web/page/charts/b.js', "const c = await import('../main.js');\n");
    add('test/web/page.test.mjs', "import '../../app/web/page/main.js';\n");
  });
  assert.equal(status, 1);
  assert.deepEqual(said.trim().split('\n'), [
    'app/web/page/main.js imports app/web/page/parts/a.js, and app/web/page/parts leads back to app/web/page',
    'app/web/page/charts/b.js imports app/web/page/main.js, and app/web/page leads back to app/web/page/charts',
    'app/web/page/parts/a.js imports app/web/page/charts/b.js, and app/web/page/charts leads back to app/web/page/parts',
  ]);
});
