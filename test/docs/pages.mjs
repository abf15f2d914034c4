// The Markdown pages of the project, and what stands in them.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const FOLDERS = ['.', 'docs', 'docs/pm-guide', 'deploy'];

/** The text of a file of the project, by its path from the root. */
export const text = (file) => readFileSync(path.join(ROOT, file), 'utf8');

/** Paths from the root. */
export function pages() {
  return FOLDERS.flatMap((folder) => readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)));
}

/** A page without its code blocks and code spans, in which brackets are no links. */
export const prose = (page) => page.replace(/^ *```[^]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');

/** What stands in code spans, outside of code blocks. */
export const spans = (page) => [...page.replace(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);

/** The code spans in the first cell of a table's rows. */
export const firstCells = (page) => [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap((match) => spans(match[1]));

/** The part of a page below one heading. */
export function section(page, heading) {
  const [, below] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  return below.split(/^## /m)[0];
}

/** The string literals of a C++ file, adjacent ones joined. */
export function literals(source) {
  const code = source.replace(/^\s*\/\/.*$/gm, '').replace(/"\s*\n\s*"/g, '');
  return [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => match[1].replace(/\\(.)/g, '$1'));
}
