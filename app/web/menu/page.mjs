// What `roadmapd menu` prints and /menu.gs serves; a page without an index.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { MANIFEST, menuFile, menuFiles } from '../build/menu_file.mjs';
import { pageHeaders } from '../build/page_headers.mjs';

const folder = fileURLToPath(new URL('../../../scripts/appsscript', import.meta.url));
const files = menuFiles(folder);

export default {
  files: [
    { at: '/menu.gs', content: menuFile(files) },
    { at: `/menu/${MANIFEST}`, from: path.join(folder, MANIFEST) },
  ],
  inputs: [folder, ...files.map(({ name }) => path.join(folder, name))],
  headers: pageHeaders({ policy: {} }),
};
