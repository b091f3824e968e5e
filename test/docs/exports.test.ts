import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { library } from '../../tsup.config.ts';
import { commentOf } from '../support/docs/comment.ts';
import { faultsOfFunction, type Style } from '../support/docs/faults-of-function.ts';
import { faultsOfMembers } from '../support/docs/faults-of-members.ts';
import { type Exported, publicApi } from '../support/docs/public-api.ts';

/** Each module that is imported, by the name that it is imported with. */
const modules = [
  ...Object.entries(library).map(([name, path]) => ({
    name: name === 'index' ? 'liveheartrate' : `liveheartrate/${name}`,
    path,
    style: 'tsdoc' as const,
  })),
  { name: 'liveheartrate-constructs', path: 'constructs/src/index.ts', style: 'jsii' as const },
];
const api = publicApi(modules.map(({ path }) => path));

const isType = ({ symbol }: Exported) =>
  (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Enum)) !== 0;
const isError = ({ name, symbol }: Exported) =>
  (symbol.flags & ts.SymbolFlags.Class) !== 0 && name.endsWith('Error');

/** What is missing in the comments of an export. */
function faultsOf(exported: Exported, style: Style): string[] {
  const { name, declarations } = exported;
  const faults = declarations.flatMap((declaration) =>
    ts.isFunctionDeclaration(declaration)
      ? faultsOfFunction(declaration, name, style)
      : faultsOfMembers(declaration, name, style),
  );
  const [summary] = exported.symbol.getDocumentationComment(api.checker);
  if (!/\S/.test(summary?.text ?? '')) faults.push(`${name} has no summary`);
  // jsii takes an @example for one that it has to translate.
  const comments = declarations.map((declaration) =>
    commentOf(
      declaration.parent.kind === ts.SyntaxKind.VariableDeclarationList
        ? declaration.parent.parent
        : declaration,
    ),
  );
  const example = comments.some(({ text, tags }) =>
    style === 'jsii' ? /```ts/.test(text) : tags.includes('example'),
  );
  if (!example && !isType(exported) && !isError(exported)) faults.push(`${name} has no example`);
  return faults;
}

describe.each(modules)('$name', ({ name, path, style }) => {
  it('says what it is, and by which name it is imported', () => {
    expect(api.moduleComment(path)).toMatch(
      new RegExp(`^/\\*\\*\\n \\* \\S.*\\n \\* @module ${name}\\n`, 's'),
    );
  });

  it('exports something', () => {
    expect(api.exportsOf(path).length).toBeGreaterThan(0);
  });

  it.each(api.exportsOf(path).map((exported) => [exported.name, exported] as const))(
    'documents %s',
    (_, exported) => {
      expect(exported.declarations).not.toEqual([]);
      expect(faultsOf(exported, style)).toEqual([]);
    },
  );
});
