import { el } from '../dom.js';

/** What went wrong, in the service's own sentence, with each part of the request that is wrong. */
export function problemBox(error) {
  return el('div', { class: 'problem', role: 'alert' },
    el('p', {}, error.message),
    error.errors?.length > 0 && el('ul', {}, error.errors.map(({ pointer, detail }) =>
      el('li', {}, el('code', {}, pointer || '/'), ` ${detail}`))));
}
