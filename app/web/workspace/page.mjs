import { pageHeaders } from '../build/page_headers.mjs';
import { withoutHyphenation } from '../build/without_hyphenation.mjs';

export default {
  path: '/workspace',
  audience: 'demo',
  entries: ['main.js'],
  headers: pageHeaders({
    policy: {
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
  },
};
