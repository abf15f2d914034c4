// Scripts that stand in a page's own text, and how a Content-Security-Policy names them.

import { createHash } from 'node:crypto';
import path from 'node:path';
import { build } from 'esbuild';

/** The source expression that allows exactly this script. */
export function scriptHash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The scripts inside an HTML page. */
export function scriptsIn(html) {
  return [...html.matchAll(/<script(?:\s[^>]*)?>([\s\S]*?)<\/script>/gi)].map(([, text]) => text);
}

/** A bundled script as text, to be put into a page between <script> and </script>. */
export async function inlineScript(file) {
  const { outputFiles } = await build({
    absWorkingDir: path.dirname(file), entryPoints: [file], bundle: true, minify: true, format: 'iife', target: 'es2022',
    charset: 'utf8', write: false,
  });
  const text = outputFiles[0].text.trim();
  if (/<\/script|<!--/i.test(text)) throw new Error(`${file}: this text cannot stand in a page`);
  return text;
}
