import { el } from '../dom.js';

/** Says that there is nothing and what to do first; `links` are [text, address]. */
export function emptyNote(text, ...links) {
  return el('div', { class: 'empty' }, el('p', {}, text),
    links.map(([label, href]) => el('a', { class: 'button', href }, label)));
}
