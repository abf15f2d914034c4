// Makes the files of one web page and what embeds them into the executable:
//
//   node build_page.mjs PAGE_FOLDER OUTPUT_FOLDER
//
// PAGE_FOLDER holds index.html and page.mjs, which exports
//
//   path      where index.html is served, "/docs"; without it, the page has neither index.html nor entries
//   entries   files of the folder (or of a package) to bundle; in index.html, {{main.js}} stands for the address
//             of the bundle made from the entry main.js
//   headers   response headers of all files of the page (page_headers.mjs)
//   audience  'everybody' (default) or 'demo': served by `roadmapd demo` only
//   files     [{at, from}] (optional): a file, or every file of a folder, served as it is under a fixed address;
//             {at, content} where page.mjs made the content
//   inputs    what page.mjs itself reads, to make the page again when it changes (optional)
//   esbuild   options for esbuild beside the ones below (optional)
//
// OUTPUT_FOLDER receives the compressed files, assets.S (which embeds them), assets.cpp (their table) and
// assets.d (everything that was read, for the build system).

import { readFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { bundle } from './bundle.mjs';
import { compress } from './compress.mjs';
import { embeddingSource, tableSource } from './embedding.mjs';
import { readServedFiles } from './served_files.mjs';

/** index.html with the bundles' addresses in it. Throws when it names an entry that the page does not have. */
function fillIn(html, bundles) {
  return html.replaceAll(/\{\{(.+?)\}\}/g, (_, entry) => {
    const made = bundles.find((one) => one.entry === entry);
    if (!made) throw new Error(`index.html: there is no entry '${entry}'; there are ${bundles.map((one) => one.entry).join(', ')}`);
    return made.address;
  });
}

/** The page's files: {address, content, immutable}, and the paths of everything that they were made from. */
async function makePage(folder, page) {
  const { files, inputs } = page.path ? await makeIndex(folder, page) : { files: [], inputs: [] };
  const served = await readServedFiles(folder, page.files ?? []);
  return {
    files: [...files, ...served.files.map((file) => ({ ...file, type: path.extname(file.address), immutable: false }))],
    inputs: [path.join(folder, 'page.mjs'), ...(page.inputs ?? []), ...inputs, ...served.inputs],
  };
}

/** The same of index.html and what it loads. */
async function makeIndex(folder, page) {
  const indexPath = path.join(folder, 'index.html');
  const { bundles, inputs } = await bundle(folder, page);
  const html = fillIn(await readFile(indexPath, 'utf8'), bundles);
  return {
    files: [
      { address: page.path, content: Buffer.from(html), type: '.html', immutable: false },
      ...bundles.map((one) => ({ ...one, type: path.extname(one.address), immutable: true })),
    ],
    inputs: [indexPath, ...inputs],
  };
}

/** A Makefile rule, as Ninja reads it. */
function dependencies(target, inputs) {
  const escaped = [...new Set(inputs)].map((input) => input.replaceAll(' ', '\\ '));
  return `${target}: \\\n  ${escaped.join(' \\\n  ')}\n`;
}

const [folder, output] = process.argv.slice(2);
const name = path.basename(folder);
const { default: page } = await import(pathToFileURL(path.resolve(folder, 'page.mjs')));
const { files, inputs } = await makePage(path.resolve(folder), page);

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const assets = await Promise.all(files.map((file, index) => compress(file, output, index)));
await writeFile(path.join(output, 'assets.S'), embeddingSource(name, assets));
await writeFile(path.join(output, 'assets.cpp'), tableSource(name, page, assets));
await writeFile(path.join(output, 'assets.d'), dependencies(path.join(output, 'assets.S'), inputs));
for (const asset of assets) {
  const kept = asset.variants.map(({ encoding, content }) => `${encoding} ${content.length}`).join(', ');
  console.log(`${asset.address}  ${asset.size} bytes: ${kept}`);
}
