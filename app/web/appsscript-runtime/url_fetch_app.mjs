// UrlFetchApp: one synchronous request, with Google's limits and Google's ways of failing.

import { needScope } from './permissions.mjs';
import { exception, knownOptions, strict } from './strict.mjs';

const OPTIONS = ['method', 'contentType', 'headers', 'payload', 'muteHttpExceptions', 'followRedirects', 'validateHttpsCertificates'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const MAX_URL_CHARS = 2048;
const MAX_BODY_CHARS = 50 * 1024 * 1024;
const SHOWN_OF_A_REFUSAL = 200;

export function makeUrlFetchApp(host) {
  function fetch(url, params = {}) {
    if (host.context.simpleTrigger) {
      throw exception('You do not have permission to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request');
    }
    needScope(host, 'script.external_request', 'UrlFetchApp.fetch');
    knownOptions('UrlFetchApp.fetch', params, OPTIONS);
    const answer = host.http(requestOf(String(url), params));
    if (answer.failure) throw failureOf(answer.failure, url);
    if (answer.status >= 400 && !params.muteHttpExceptions) {
      throw exception(`Request failed for ${url} returned code ${answer.status}. Truncated server response: ` +
        `${answer.text.slice(0, SHOWN_OF_A_REFUSAL)} (use muteHttpExceptions option to examine full response)`);
    }
    return makeResponse(answer);
  }
  return strict('UrlFetchApp', { fetch });
}

function requestOf(url, params) {
  if (!/^https?:\/\/[^/?#\s]+[^\s]*$/i.test(url)) throw exception(`Invalid argument: ${url}`);
  if (url.length > MAX_URL_CHARS) throw exception('Limit Exceeded: URLFetch URL Length.');
  const method = String(params.method ?? 'get').toLowerCase();
  if (!METHODS.includes(method)) throw exception(`Attribute provided with invalid value: method`);
  const body = bodyOf(params.payload);
  if (body !== undefined && body.length > MAX_BODY_CHARS) throw exception('Limit Exceeded: URLFetch POST Size.');
  const headers = {};
  for (const [name, value] of Object.entries(params.headers ?? {})) headers[name] = String(value);
  if (body !== undefined) headers['Content-Type'] = params.contentType ?? 'application/x-www-form-urlencoded';
  return {
    url, method: method.toUpperCase(), headers, ...(body !== undefined && { body }), followRedirects: params.followRedirects ?? true,
  };
}

function bodyOf(payload) {
  if (payload === undefined) return undefined;
  if (typeof payload === 'string') return payload;
  const plain = payload !== null && typeof payload === 'object' && !Array.isArray(payload) && typeof payload.getBytes !== 'function';
  if (!plain) throw new Error('UrlFetchApp.fetch: a payload of bytes or a Blob is not part of the stand-ins');
  return Object.entries(payload).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

function failureOf(failure, url) {
  switch (failure) {
    case 'dns': return exception(`DNS error: ${url}`);
    case 'timeout': return exception(`Timeout: ${url}`);
    case 'tls': return exception(`SSL Error ${url}`);
    default: return exception(`Address unavailable: ${url}`);
  }
}

function makeResponse({ status, headers, text }) {
  const lastOf = (value) => (Array.isArray(value) ? value.at(-1) : value);
  return strict('HTTPResponse', {
    getResponseCode: () => status,
    getHeaders: () => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, lastOf(value)])),
    getAllHeaders: () => ({ ...headers }),
    getContentText(charset = 'UTF-8') {
      if (String(charset).toUpperCase() !== 'UTF-8') throw new Error(`HTTPResponse.getContentText('${charset}') is not part of the stand-ins`);
      return text;
    },
  });
}
