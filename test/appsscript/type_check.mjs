// The TypeScript compiler over the menu code, which knows no .gs: each file is given to it as a script of JavaScript.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

const OPTIONS = {
  allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true, strict: true, noUnusedLocals: true, noImplicitReturns: true,
  target: ts.ScriptTarget.ES2020, lib: ['lib.es2020.d.ts'], module: ts.ModuleKind.None, types: ['google-apps-script'],
};

/** What is wrong with the .gs files in `folder`, one "file:line: message" each. */
export function typeErrors(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.gs'));
  const asScript = new Map(names.map((name) => [path.join(folder, `${name}.js`), path.join(folder, name)]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => asScript.has(file) || fileExists(file);
  host.getSourceFile = (file, languageVersion, ...rest) => (asScript.has(file)
    ? ts.createSourceFile(file, readFileSync(asScript.get(file), 'utf8'), languageVersion, true, ts.ScriptKind.JS)
    : getSourceFile(file, languageVersion, ...rest));
  const program = ts.createProgram([...asScript.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (!file) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${path.basename(file.fileName, '.js')}:${line + 1}: ${message}`;
  });
}
