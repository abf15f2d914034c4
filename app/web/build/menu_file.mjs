// The menu code of scripts/appsscript as one file to paste, whatever files the folder holds.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const MANIFEST = 'appsscript.json';

const HEAD = `// The menu of roadmapd, as one file. Made by \`roadmapd menu\`: change nothing here, paste it anew after an upgrade.
//
// 1. In the workbook: Extensions, Apps Script. Replace all of Code.gs with this file.
// 2. Project Settings: tick "Show appsscript.json manifest file in editor"; replace that file with what stands here
//    in the first comment below.
// 3. Save, reload the workbook, and choose Set up connection in its menu.
`;

/** [{name, text}] of the folder's files, by name. */
export function menuFiles(folder) {
  return readdirSync(folder).sort().map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

/**
 * One script of all .gs, in which the pages (.html) are texts. Throws where that cannot be: a page that is not
 * there, or one that is named by a variable.
 */
export function menuFile(files) {
  const named = (ending) => files.filter(({ name }) => name.endsWith(ending));
  const manifest = files.find(({ name }) => name === MANIFEST);
  if (!manifest) throw new Error(`the menu code has no ${MANIFEST}`);
  const pages = new Map(named('.html').map(({ name, text }) => [name.replace(/\.html$/, ''), text]));
  const scripts = named('.gs').map(({ name, text }) => `// ===== ${name}\n\n${withPages(name, text, pages)}`);
  const texts = [...pages].map(([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},\n`).join('');
  if (manifest.text.includes('*/')) throw new Error(`${MANIFEST} cannot stand in a comment`);
  return `${HEAD}/*\n${manifest.text.trim()}\n*/\n\n// ===== pages\n\nconst ONE_FILE_PAGES_ = {\n${texts}};\n\n${scripts.join('\n')}`;
}

/** A script that finds its pages in the one file instead of in files of their own. */
function withPages(script, text, pages) {
  const inOne = text.replaceAll(/\.create(HtmlOutput|Template)FromFile\(\s*(['"])([^'"]+)\2\s*\)/g, (_, kind, quote, name) => {
    const page = name.replace(/\.html$/, '');
    if (!pages.has(page)) throw new Error(`${script} shows a page '${page}' that is not there; there are ${[...pages.keys()].join(', ')}`);
    return `.create${kind}(ONE_FILE_PAGES_[${JSON.stringify(page)}])`;
  });
  const left = inOne.split('\n').findIndex((line) => line.includes('FromFile('));
  if (left >= 0) throw new Error(`${script}:${left + 1}: a page of the one-file menu is named by a text in quotes, not by a variable`);
  return inOne;
}
