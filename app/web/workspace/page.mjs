import { pageHeaders } from '../build/page_headers.mjs';

export default {
  path: '/workspace',
  entries: ['main.js'],
  audience: 'demo',
  headers: pageHeaders({}),
};
