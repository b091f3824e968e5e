import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { library } from '../../tsup.config.ts';

const paths = Object.values(library);
const program = ts.createProgram(paths, { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();

/** What a file exports, with its own comment. */
function exportsOf(path: string): ts.Symbol[] {
  const file = program.getSourceFile(path);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${path} exports nothing.`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

const isType = ({ flags }: ts.Symbol) =>
  (flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
const isError = ({ name, flags }: ts.Symbol) =>
  (flags & ts.SymbolFlags.Class) !== 0 && name.endsWith('Error');

describe.each(paths)('%s', (path) => {
  const all = exportsOf(path).map((symbol) => ({ name: symbol.name, symbol }));

  it.each(all)('documents $name', ({ symbol }) => {
    const [summary] = symbol.getDocumentationComment(checker);
    expect(summary?.text).toMatch(/\S/);
    const tags = symbol.getJsDocTags(checker).map(({ name }) => name);
    if (!isType(symbol) && !isError(symbol)) expect(tags).toContain('example');
  });
});
