import { dirname, join } from 'node:path';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  skipLibCheck: true,
  types: [],
};

/**
 * What TypeScript has against a document as a literal of a type, which refuses fields that the type does not know.
 *
 * @param beside - A file next to which the literal stands as far as its imports are concerned.
 */
export function faultsOfLiteral(
  document: unknown,
  { type, from, beside }: { type: string; from: string; beside: string },
): string[] {
  const path = join(dirname(beside), 'literal.mts');
  const text = `${from}\nexport const literal: ${type} = ${JSON.stringify(document)};\n`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.readFile = (name) => (name === path ? text : readFile(name));
  host.getSourceFile = (name, version, ...rest) =>
    name === path
      ? ts.createSourceFile(name, text, version)
      : getSourceFile.call(host, name, version, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
