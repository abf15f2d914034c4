import { pageHeaders } from '../build/page_headers.mjs';

export default {
  path: '/docs',
  entries: ['main.js'],
  // Swagger UI's style sheet draws its arrows and ticks with data: images.
  headers: pageHeaders({ policy: { 'img-src': "'self' data:" } }),
};
