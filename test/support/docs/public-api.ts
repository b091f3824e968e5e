import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/prepare.mjs';

/** Something that users of the package can name, with where it is declared. */
export interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Its declarations, those of this repository alone. */
  readonly declarations: readonly ts.Declaration[];
}

/** Packages of ES modules and of CommonJS find their files in ways of their own. */
const modeOf = (file: ts.SourceFile, name: ts.StringLiteralLike) =>
  ts.getModeForUsageLocation(file, name, options);

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  noLib: true,
  types: [],
};

/** What the modules of a package export, as TypeScript sees it. What they import of other packages is not read. */
export function publicApi(paths: readonly string[]) {
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from, redirected, _, file) =>
    names.map((name) =>
      name.text.startsWith('.')
        ? ts.resolveModuleName(name.text, from, options, host, undefined, redirected, modeOf(file, name))
        : { resolvedModule: undefined },
    );
  const program = ts.createProgram(
    paths.map((path) => join(root, path)),
    options,
    host,
  );
  const checker = program.getTypeChecker();
  const isOurs = (node: ts.Node) => !node.getSourceFile().fileName.includes('/node_modules/');

  function exportsOf(path: string): Exported[] {
    const file = program.getSourceFile(join(root, path));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${path} exports nothing.`);
    return checker.getExportsOfModule(module).map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return {
        name: symbol.name,
        symbol,
        declarations: (symbol.declarations ?? []).filter(isOurs),
      };
    });
  }

  /** The comment above a module, as it stands there. */
  function moduleComment(path: string): string {
    const text = program.getSourceFile(join(root, path))?.text ?? '';
    return /^\/\*\*.*?\*\//s.exec(text)?.[0] ?? '';
  }

  return { checker, exportsOf, moduleComment };
}
