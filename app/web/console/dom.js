// Elements made without markup: whatever comes from a cell or a person is text, never HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. In `attributes`, functions are event listeners ("click"), true is an attribute without a value, and
 * false, null and undefined leave the attribute out. Children are nodes, texts, or lists of them.
 */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children));
  return element;
}

function nodes(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** Puts `children` in the place of everything in `parent`. */
export function show(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/** Tells a screen reader what happened. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
