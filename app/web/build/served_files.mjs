// Files that a page serves as they are.

import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** [{address, content}] of the page's `files`, and the paths read: folders too, so that a new file is seen. */
export async function readServedFiles(folder, entries) {
  const files = [];
  const inputs = [];
  for (const { at, from, content } of entries) {
    if (content !== undefined) {
      files.push({ address: at, content: Buffer.from(content) });
      continue;
    }
    const source = path.resolve(folder, from);
    inputs.push(source);
    if (!(await stat(source)).isDirectory()) {
      files.push({ address: at, content: await readFile(source) });
      continue;
    }
    const names = (await readdir(source, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
    for (const name of names.sort()) {
      inputs.push(path.join(source, name));
      files.push({ address: path.posix.join(at, name), content: await readFile(path.join(source, name)) });
    }
  }
  return { files, inputs };
}
