// The encodings in which a file is embedded.

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gs': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
// The two qualities above save a tenth of the workspace page and take half a minute of the build.
const BROTLI_QUALITY = 9;
const COMPRESSED_ALREADY = new Set(['.png', '.woff2']);

/**
 * Writes the variants of a file into `output` and returns the file with its content type, its hash and the
 * variants. Text is kept compressed only: the program restores the plain text for the rare client without gzip.
 */
export async function compress(file, output, index) {
  const contentType = CONTENT_TYPES[file.type];
  if (!contentType) throw new Error(`${file.address}: no content type is known for '${file.type}'`);
  const variants = COMPRESSED_ALREADY.has(file.type)
    ? [{ encoding: 'identity', content: file.content }]
    : [
        { encoding: 'gzip', content: await promisify(gzip)(file.content, { level: 9 }) },
        { encoding: 'brotli', content: await brotli(file.content) },
      ];
  for (const variant of variants) {
    variant.file = `${index}.${variant.encoding}`;
    await writeFile(path.join(output, variant.file), variant.content);
  }
  const hash = createHash('sha256').update(file.content).digest('hex').slice(0, 16);
  return { ...file, contentType, variants, hash, size: file.content.length };
}

function brotli(content) {
  return promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}
