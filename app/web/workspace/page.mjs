import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { inlineScript, scriptHash, scriptsIn } from '../build/inline_scripts.mjs';
import { pageHeaders } from '../build/page_headers.mjs';
import { withoutHyphenation } from '../build/without_hyphenation.mjs';

const APPS_SCRIPT = '../../../scripts/appsscript';
const here = fileURLToPath(new URL('.', import.meta.url));
const appsScriptFiles = readdirSync(path.join(here, APPS_SCRIPT)).sort();

// Pages of the menu's script run in frames that inherit this page's policy; it names their scripts one by one.
const bootstrap = path.join(here, 'menu/dialog_bootstrap.js');
const dialogBootstrap = await inlineScript(bootstrap);
const dialogScripts = appsScriptFiles
  .filter((file) => file.endsWith('.html'))
  .flatMap((file) => scriptsIn(readFileSync(path.join(here, APPS_SCRIPT, file), 'utf8')));

export default {
  path: '/workspace',
  audience: 'demo',
  entries: ['main.js', 'menu/script_worker.js'],
  inputs: [bootstrap, path.join(here, '../appsscript-runtime/google_script.mjs')],
  files: [{ at: '/workspace/appsscript', from: APPS_SCRIPT }],
  headers: pageHeaders({
    policy: {
      'script-src': ["'self'", ...[dialogBootstrap, ...dialogScripts].map(scriptHash)].join(' '),
      // The spreadsheet sets styles of its own elements and draws its icons from data.
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data: blob:",
      'worker-src': "'self'",
    },
    // What a page must send to get shared memory, which the menu's worker waits on.
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  }),
  esbuild: {
    // Classic scripts: the worker loads the .gs with importScripts.
    format: 'iife',
    plugins: [withoutHyphenation],
    define: {
      'process.env.NODE_ENV': '"production"',
      APPS_SCRIPT_FILES: JSON.stringify(appsScriptFiles.filter((file) => file.endsWith('.gs'))),
      DIALOG_BOOTSTRAP: JSON.stringify(dialogBootstrap),
    },
  },
};
