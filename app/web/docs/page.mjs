import { pageHeaders } from '../build/page_headers.mjs';

export default {
  path: '/docs',
  entries: ['main.js'],
  // The strictest policy that Swagger UI works under. It sets styles from scripts, element by element, which no
  // policy forbids; its style sheet draws arrows and ticks with data: images.
  headers: pageHeaders({ policy: { 'img-src': 'data:' } }),
};
