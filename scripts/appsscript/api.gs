// The one place that calls the service. Whatever goes wrong on the way becomes a sentence for the person who clicked.

/** Google starts every execution with fresh globals: this is when the execution began. */
const EXECUTION_BEGAN_MS = Date.now();
/** Google ends an execution after six minutes, and a request after one. */
const EXECUTION_LIMIT_MS = 6 * 60 * 1000;
const FETCH_LIMIT_MS = 60 * 1000;
/** Left for telling how it went. */
const CLOSING_MS = 20 * 1000;

const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1000;
/** All pauses of one call together; an answer that asks for more is told instead. */
const MAX_PAUSES_MS = 90 * 1000;
/** A pause that is worth a word. */
const NOTICED_PAUSE_MS = 5 * 1000;

const ASK_OPERATOR = 'ask whoever runs the service';

/**
 * @typedef {object} Connection
 * @property {string} url  without a slash at its end
 * @property {string} secret  empty: sent without one
 */

/**
 * @typedef {object} ServiceRequest
 * @property {'get' | 'post'} method
 * @property {string} path
 * @property {object} [body]
 * @property {string} [idempotencyKey]  the same in all attempts, so that the service does the work once
 * @property {number} [attempts]
 */

/**
 * @typedef {object} Refusal
 * @property {string} sentence
 * @property {string} [inShort]  what is the matter, while another attempt is waited for
 * @property {boolean} mayPass  another attempt may succeed
 * @property {'address' | 'secret' | 'permission' | ''} about
 * @property {number} [retryAfterMs]  what the answer asks for
 */

/**
 * The answer's JSON. Tries again what may pass, within the time that Google gives; throws a Trouble_ in the end.
 *
 * @param {Connection} connection
 * @param {ServiceRequest} request
 * @return {any}
 */
function callService_(connection, request) {
  const attempts = request.attempts || MAX_ATTEMPTS;
  let pausedMs = 0;
  /** @type {Refusal | undefined} */
  let refusal;
  for (let attempt = 1; attempt <= attempts && timeForFetch_(0); ++attempt) {
    const answer = fetchOnce_(connection, request);
    if (!answer.refusal) return answer.json;
    refusal = answer.refusal;
    const pauseMs = pauseBefore_(attempt, refusal);
    if (!refusal.mayPass || attempt === attempts || pausedMs + pauseMs > MAX_PAUSES_MS || !timeForFetch_(pauseMs)) break;
    if (pauseMs >= NOTICED_PAUSE_MS) toast_(`${refusal.inShort || refusal.sentence} Trying again in ${Math.ceil(pauseMs / 1000)} seconds.`, '', pauseMs / 1000);
    Utilities.sleep(pauseMs);
    pausedMs += pauseMs;
  }
  if (refusal) throw new Trouble_(refusal.sentence, refusal.about);
  throw new Trouble_('There was no time left to ask the service. Click again.');
}

/**
 * Whether a request that takes its full minute still ends in time, after a pause.
 *
 * @param {number} pauseMs
 * @return {boolean}
 */
function timeForFetch_(pauseMs) {
  return Date.now() - EXECUTION_BEGAN_MS + pauseMs + FETCH_LIMIT_MS + CLOSING_MS <= EXECUTION_LIMIT_MS;
}

/**
 * @param {number} attempt  the one that was refused, from 1
 * @param {Refusal} refusal
 * @return {number} milliseconds
 */
function pauseBefore_(attempt, refusal) {
  if (refusal.retryAfterMs !== undefined) return refusal.retryAfterMs;
  // Several people may have clicked when the service went away: they should not come back all at once.
  return Math.round(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
}

/**
 * @param {Connection} connection
 * @param {ServiceRequest} request
 * @return {{json?: any, refusal?: Refusal}}
 */
function fetchOnce_(connection, request) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (connection.secret) headers['X-ROADMAP-AI-SECRET'] = connection.secret;
  if (request.idempotencyKey) headers['Idempotency-Key'] = request.idempotencyKey;
  /** @type {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions} */
  const options = { method: request.method, headers, muteHttpExceptions: true, followRedirects: false };
  if (request.body) {
    options.contentType = 'application/json';
    options.payload = JSON.stringify(request.body);
  }
  try {
    return readAnswer_(connection, UrlFetchApp.fetch(connection.url + request.path, options));
  } catch (error) {
    return { refusal: unreachable_(connection, error) };
  }
}

/**
 * What UrlFetchApp threw; it answers everything else.
 *
 * @param {Connection} connection
 * @param {unknown} error
 * @return {Refusal}
 */
function unreachable_(connection, error) {
  const message = error instanceof Error ? error.message : String(error);
  console.warn(`no answer: ${message}`);
  if (error instanceof Error && isDenied_(error)) {
    return { sentence: deniedSentence_(error, 'script.external_request'), mayPass: false, about: 'permission' };
  }
  if (/too many times|quota|limit exceeded/i.test(message)) {
    return refusal_('Google lets this menu make no more calls today. Click again tomorrow.');
  }
  if (/invalid argument|DNS error|SSL/i.test(message)) {
    const why = /DNS/i.test(message) ? 'no such host is known' : /SSL/i.test(message) ? 'its certificate is not valid' : 'the address is not valid';
    return { inShort: `The service cannot be reached: ${why}.`, sentence: `The service cannot be reached at ${connection.url}: ${why}. Check the address in Set up connection, or ${ASK_OPERATOR}.`, mayPass: /DNS/i.test(message), about: 'address' };
  }
  return {
    inShort: 'The service does not answer.',
    sentence: `The service does not answer at ${connection.url}. Click again in a few minutes, which does no harm even if it got your first click; if it stays, ${ASK_OPERATOR}.`,
    mayPass: true, about: 'address',
  };
}

/**
 * @param {Connection} connection
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} response
 * @return {{json?: any, refusal?: Refusal}}
 */
function readAnswer_(connection, response) {
  const status = response.getResponseCode();
  const text = response.getContentText();
  const json = parsedObject_(text);
  if (status >= 200 && status < 300 && json) return { json };
  console.warn(`answer ${status}: ${text.slice(0, 300)}`);
  const isProblem = json !== undefined && json.status === status && typeof json.detail === 'string';
  const refusal = isProblem ? ownRefusal_(status, json.detail) : foreignRefusal_(connection, status, response, text);
  const retryAfterMs = retryAfterMs_(headerOf_(response, 'retry-after'));
  if (retryAfterMs !== undefined) refusal.retryAfterMs = retryAfterMs;
  return { refusal };
}

/**
 * A refusal in the service's own words, with what a person can do here.
 *
 * @param {number} status
 * @param {string} detail
 * @return {Refusal}
 */
function ownRefusal_(status, detail) {
  if (status === 401) {
    return { sentence: `The service refuses the secret of this menu. Type the current one in Set up connection, or ${ASK_OPERATOR}.`, mayPass: false, about: 'secret' };
  }
  if (status === 413) return refusal_(TOO_MUCH);
  if (status === 422) return refusal_(`The service does not take what this menu asks for: ${inMenuWords_(detail)} The menu and the service may be of different versions; ${ASK_OPERATOR}.`);
  const [inShort] = inMenuWords_(detail).split(/[;.](?:\s|$)/);
  return { inShort: `${inShort}.`, sentence: inMenuWords_(detail), mayPass: status === 408 || status === 429 || status >= 500, about: status === 404 ? 'address' : '' };
}

const TOO_MUCH = 'That is too much for one click. Select fewer rows and click again.';

/**
 * An answer that the service did not write: a proxy's page, a login page, another server's.
 *
 * @param {Connection} connection
 * @param {number} status
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} response
 * @param {string} text
 * @return {Refusal}
 */
function foreignRefusal_(connection, status, response, text) {
  if (status >= 300 && status < 400) {
    const target = headerOf_(response, 'location') || 'another address';
    return { sentence: `${connection.url} sends its visitors on to ${target}. Type the address that it ends at in Set up connection.`, mayPass: false, about: 'address' };
  }
  if (status === 413) return refusal_(TOO_MUCH);
  if (status === 429 || status >= 500) {
    return { inShort: status === 429 ? 'The service is busy.' : 'The service is down or starting.', sentence: `The service is down or starting: what stands in front of it answered ${status}. Click again in a few minutes; if it stays, ${ASK_OPERATOR}.`, mayPass: true, about: '' };
  }
  const isPage = /^\s*</.test(text) || /html/i.test(headerOf_(response, 'content-type') || '');
  if (status >= 200 && status < 300 && !isPage) {
    return { inShort: 'The answer arrived incomplete.', sentence: `The answer from ${connection.url} arrived incomplete, or another program gave it. Click again; if it stays, ${ASK_OPERATOR}.`, mayPass: true, about: 'address' };
  }
  const who = isPage ? 'A web page' : 'Another program';
  const why = status === 401 || status === 403 || isPage && status < 300
    ? 'a proxy in front of it wants a login of its own, or the address is wrong' : 'the address is wrong';
  return { sentence: `${who} answered instead of the service at ${connection.url} (${status}): ${why}. Check it in Set up connection, or ${ASK_OPERATOR}.`, mayPass: false, about: 'address' };
}

/**
 * @param {string} sentence
 * @return {Refusal}
 */
function refusal_(sentence) {
  return { sentence, mayPass: false, about: '' };
}

/**
 * @param {string} text
 * @return {any} undefined for anything but a JSON object
 */
function parsedObject_(text) {
  try {
    const json = JSON.parse(text);
    return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : undefined;
  } catch (error) {
    return undefined;
  }
}

/**
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} response
 * @param {string} name  in lower case
 * @return {string | undefined}
 */
function headerOf_(response, name) {
  const headers = /** @type {Record<string, string>} */ (response.getHeaders());
  const found = Object.keys(headers).find((header) => header.toLowerCase() === name);
  return found && headers[found];
}

/**
 * @param {string | undefined} header  seconds or a date
 * @return {number | undefined}
 */
function retryAfterMs_(header) {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
