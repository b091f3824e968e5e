import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { cacheFolder } from '../../../scripts/servers.mjs';
import type { Snippet } from './find-snippets.ts';

/** A snippet as a program. */
export interface Compiled extends Snippet {
  /** What TypeScript has against it, with the lines of the snippet. */
  readonly errors: readonly string[];
  /** Path of the JavaScript. */
  readonly script: string;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ['node'],
};
/** On the first line of the snippet, so that its lines keep their numbers. */
const PREAMBLE =
  "import { deepStrictEqual } from 'node:assert'; " +
  'const is: (actual: unknown, expected: unknown) => void = deepStrictEqual; ';

/** Compiles all snippets in one go, against the package as it is built; `remove` deletes what that writes. */
export function compileSnippets(snippets: readonly Snippet[]): { compiled: Compiled[]; remove: () => void } {
  const texts = snippets.map(({ code, place }) => PREAMBLE + withAssertions(code, place));
  // Inside of the package its own name leads to what is built, for TypeScript and for Node.js.
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'docs-'));
  const paths = texts.map((_, at) => join(folder, `snippet-${at}.mts`));
  paths.forEach((path, at) => {
    writeFileSync(path, texts[at] ?? '');
  });
  const program = ts.createProgram(paths, options);
  program.emit();
  const problems = ts.getPreEmitDiagnostics(program);
  const compiled = snippets.map((snippet, at) => ({
    ...snippet,
    errors: problems.filter(({ file }) => !file || file.fileName === paths[at]).map(words),
    script: join(folder, `snippet-${at}.mjs`),
  }));
  return { compiled, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes an assertion of each `expression; // => value`, the value on the same line or on the next one. */
export function withAssertions(code: string, place: string): string {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022);
  const edits: { start: number; end: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const value = /^[ \t]*\n?[ \t]*\/\/ => (.+)/.exec(code.slice(node.end))?.[1];
    if (value !== undefined && ts.isExpressionStatement(node)) {
      const start = node.getStart(source);
      const expression = code.slice(start, node.expression.end);
      edits.push({ start, end: node.end, text: `is(${expression}, ${value});` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (edits.length !== code.split('// =>').length - 1) {
    throw new Error(`${place}: "// =>" has to follow an expression that is a statement.`);
  }
  return edits.reduceRight(
    (text, { start, end, text: edit }) => text.slice(0, start) + edit + text.slice(end),
    code,
  );
}

function words({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
