// Logger and console, both of which end in the host's log.

import { strict } from './strict.mjs';

function textOf(args) {
  return args.map((value) => {
    if (value instanceof Error) return value.stack ?? String(value);
    return typeof value === 'string' ? value : JSON.stringify(value) ?? String(value);
  }).join(' ');
}

export function makeConsole(host) {
  const writer = (level) => (...args) => host.tell({ kind: 'log', level, text: textOf(args) });
  return strict('console', {
    log: writer('log'), info: writer('info'), warn: writer('warn'), error: writer('error'),
  });
}

export function makeLogger(host) {
  const self = strict('Logger', {
    log(...args) {
      host.tell({ kind: 'log', level: 'log', text: textOf(args) });
      return self;
    },
  });
  return self;
}
