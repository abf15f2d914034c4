// Requests as UrlFetchApp makes them, for the hosts' `http`.

const TIMEOUT_MS = 60_000;

/** Answers {status, headers, text}, or {failure, detail}. */
export async function http({ url, method, headers, body, followRedirects }) {
  try {
    const response = await fetch(url, {
      method, headers, body, redirect: followRedirects ? 'follow' : 'manual', signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  } catch (error) {
    return { failure: failureOf(error), detail: `${error.message}: ${error.cause?.message ?? ''}` };
  }
}

function failureOf(error) {
  if (error.name === 'TimeoutError') return 'timeout';
  const code = String(error.cause?.code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return /CERT|SSL|TLS/.test(code) ? 'tls' : 'unreachable';
}
