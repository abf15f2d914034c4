// Response headers of web pages. Each page names its set in page.mjs; every file of the page carries it, scripts
// too, because a worker is bound by the headers of its own script.

/** Nothing is allowed but what the service itself serves: no inline code, no other host, no frame around it. */
const STRICT_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
};

/**
 * The headers of a page: the strict ones, with directives of the Content-Security-Policy replaced or added by
 * `policy` and other headers by `headers`.
 */
export function pageHeaders({ policy = {}, headers = {} } = {}) {
  const directives = { ...STRICT_POLICY, ...policy };
  return {
    'Content-Security-Policy': Object.entries(directives).map((directive) => directive.join(' ')).join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...headers,
  };
}
