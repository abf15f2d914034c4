// HtmlService: pages from files of the project, and templates as far as they print values.

import { exception, strict } from './strict.mjs';

const DEFAULT_WIDTH = 600;
const DEFAULT_HEIGHT = 400;

export function makeHtmlService(host) {
  function textOf(name) {
    const text = host.file(String(name).replace(/\.html$/, ''));
    if (text === undefined) throw exception(`No HTML file named ${name} was found.`);
    return text;
  }
  return strict('HtmlService', {
    createHtmlOutput: (html = '') => makeOutput(String(html)),
    createHtmlOutputFromFile: (name) => makeOutput(textOf(name)),
    createTemplate: (text) => makeTemplate(String(text)),
    createTemplateFromFile: (name) => makeTemplate(textOf(name)),
  });
}

function makeOutput(html) {
  let title = '';
  let width = DEFAULT_WIDTH;
  let height = DEFAULT_HEIGHT;
  const self = strict('HtmlOutput', {
    getContent: () => html,
    getTitle: () => title,
    getWidth: () => width,
    getHeight: () => height,
    setTitle(text) {
      title = String(text);
      return self;
    },
    setWidth(pixels) {
      width = pixels;
      return self;
    },
    setHeight(pixels) {
      height = pixels;
      return self;
    },
  });
  return self;
}

/** Takes whatever is set on it; `evaluate` prints it where the text says `<?= name ?>` or `<?!= name ?>`. */
function makeTemplate(text) {
  const values = Object.create(null);
  return new Proxy({}, {
    get(_target, name) {
      if (name === 'evaluate') return () => makeOutput(print(text, values));
      if (typeof name === 'symbol' || name in values) return values[name];
      throw new Error(`HtmlTemplate.${name} is not part of the stand-ins`);
    },
    set(_target, name, value) {
      values[name] = value;
      return true;
    },
  });
}

// Code in templates would need eval, which a strict Content-Security-Policy forbids: names of values only.
function print(text, values) {
  return text.replace(/<\?([\s\S]*?)\?>/g, (scriptlet, inside) => {
    const match = /^(!?)=\s*([A-Za-z_$][\w$]*)\s*;?\s*$/.exec(inside);
    if (!match) throw new Error(`The scriptlet ${scriptlet} is not part of the stand-ins: only values are printed`);
    const [, raw, name] = match;
    if (!(name in values)) throw new Error(`${name} is not defined`);
    return raw ? String(values[name]) : escapeHtml(String(values[name]));
  });
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
