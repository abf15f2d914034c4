// Bundles a page's entries with esbuild.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Where bundles are served. Their names hold a hash of their content, so that they may be cached for ever. */
const BUNDLES_AT = '/assets';

const OPTIONS = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'inline', // licences ask to stay with the code
  loader: { '.svg': 'copy', '.png': 'copy', '.woff2': 'copy' },
  define: { 'process.env.NODE_ENV': '"production"' },
};

/**
 * The bundles of all entries, [{entry, address, content}], and the absolute paths of what esbuild read. Throws
 * with esbuild's message, which names file and line.
 */
export async function bundle(folder, page) {
  const name = path.basename(folder);
  const { metafile, outputFiles } = await build({
    ...OPTIONS,
    ...page.esbuild,
    loader: { ...OPTIONS.loader, ...page.esbuild?.loader },
    absWorkingDir: folder,
    entryPoints: page.entries.map((entry) => ({ in: entryPath(entry), out: `${name}-${path.parse(entry).name}` })),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    outdir: path.join(folder, BUNDLES_AT),
    publicPath: BUNDLES_AT,
    metafile: true,
    write: false,
  });
  const contents = new Map(outputFiles.map((file) => [path.basename(file.path), Buffer.from(file.contents)]));
  const bundles = Object.keys(metafile.outputs).map((output) => ({
    entry: entryOf(output, metafile.outputs, page.entries),
    address: `${BUNDLES_AT}/${path.basename(output)}`,
    content: contents.get(path.basename(output)),
  }));
  // What a plugin or a definition made up is an input that is no file; the build system would wait for it for ever.
  const inputs = Object.keys(metafile.inputs).map((input) => path.resolve(folder, input)).filter((input) => existsSync(input));
  return { bundles, inputs };
}

/** A file beside page.mjs is named with ./ for esbuild; everything else is a package's. */
function entryPath(entry) {
  return entry.includes('/') ? entry : `./${entry}`;
}

/** What the page calls an output: by its entry, "main.css" for the styles that main.js imports, else by the file. */
function entryOf(output, outputs, entries) {
  const { entryPoint, inputs } = outputs[output];
  const script = Object.values(outputs).find((one) => one.cssBundle === output);
  const source = script?.entryPoint ?? entryPoint ?? Object.keys(inputs)[0];
  const entry = entries.find((one) => source.endsWith(one));
  if (!entry) return path.basename(source); // a picture that a style sheet names
  return script ? entry.replace(/\.\w+$/, '.css') : entry;
}
