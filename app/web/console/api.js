// Talks to the service. The browser's session cookie says who asks; the CSRF token goes with every change.

const ANSWERS_KEPT = 32;

const answered = new Map(); // path → { tag, answer }, the oldest first
let csrfToken = null;
let loginNeeded = () => {};

/** What the service refused, with its own sentence. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The service answered ${status}.`);
    this.status = status;
    this.errors = problem.errors ?? [];
  }
}

/** Calls `listener` when a request found that nobody is logged in any more. */
export function onLoginNeeded(listener) {
  loginNeeded = listener;
}

/** Resolves with whether requests are allowed: somebody is logged in, or no login is needed. */
export async function resumeSession() {
  const session = await request('GET', '/session');
  csrfToken = session.csrf_token;
  return !session.login_required || csrfToken !== null;
}

/** Whether there is a session to end; without a secret nobody logs in. */
export const isLoggedIn = () => csrfToken !== null;

export async function logIn(secret) {
  const session = await request('POST', '/session', { body: { secret } });
  csrfToken = session.csrf_token;
}

export async function logOut() {
  await request('DELETE', '/session');
  answered.clear();
  csrfToken = null;
}

export const get = (path, options) => request('GET', path, options);
export const post = (path, body, options) => request('POST', path, { ...options, body });

/** "/path?a=1", without parameters that are empty. */
export function withQuery(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

async function request(method, path, { body, signal } = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  const known = method === 'GET' && answered.get(path);
  if (known) headers['If-None-Match'] = known.tag;
  const response = await send(path, {
    method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store',
  });
  if (response.status === 204) return null;
  if (response.status === 304 && known) return structuredClone(known.answer);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    if (method === 'GET') remember(path, response.headers.get('ETag'), answer);
    return answer;
  }
  if (response.status === 401 && path !== '/session') loginNeeded();
  throw new ApiError(response.status, answer);
}

/** What a view looks at again and again is sent again only when it has changed. */
function remember(path, tag, answer) {
  answered.delete(path);
  if (!tag) return;
  answered.set(path, { tag, answer: structuredClone(answer) });
  if (answered.size > ANSWERS_KEPT) answered.delete(answered.keys().next().value);
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, { detail: 'The service does not answer. Is it running?' });
  }
}
