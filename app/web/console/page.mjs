import { pageHeaders } from '../build/page_headers.mjs';

export default {
  path: '/',
  entries: ['views/main.js', 'icon.svg'],
  headers: pageHeaders({ policy: { 'img-src': "'self'" } }),
};
