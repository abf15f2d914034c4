// Talks to the service. The browser's session cookie says who asks; the CSRF token goes with every change.

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
  const response = await send(path, {
    method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store',
  });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  if (response.status === 401 && path !== '/session') loginNeeded();
  throw new ApiError(response.status, answer);
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, { detail: 'The service does not answer. Is it running?' });
  }
}
