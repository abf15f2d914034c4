// The TypeScript compiler over code for Apps Script, as scripts of JavaScript that share their globals.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const OPTIONS = {
  allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true, strict: true, noUnusedLocals: true, noImplicitReturns: true,
  target: ts.ScriptTarget.ES2020, lib: ['lib.es2020.d.ts'], module: ts.ModuleKind.None, types: ['google-apps-script'],
};

/** The .gs files of a folder as {name, text}. */
export function scriptsIn(folder) {
  return readdirSync(folder).filter((name) => name.endsWith('.gs'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

/** What is wrong with these scripts, one "file:line: message" each. The compiler knows no .gs: it is told of .js. */
export function typeErrors(scripts) {
  const textOf = new Map(scripts.map(({ name, text }) => [path.join(repository, `${name}.js`), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  host.getCurrentDirectory = () => repository; // where the types are found
  host.fileExists = (file) => textOf.has(file) || fileExists(file);
  host.getSourceFile = (file, languageVersion, ...rest) => (textOf.has(file)
    ? ts.createSourceFile(file, textOf.get(file), languageVersion, true, ts.ScriptKind.JS)
    : getSourceFile(file, languageVersion, ...rest));
  const program = ts.createProgram([...textOf.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (!file) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${path.basename(file.fileName, '.js')}:${line + 1}: ${message}`;
  });
}
