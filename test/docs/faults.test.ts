import ts from 'typescript';
import { expect, it } from 'vitest';
import { faultsOfFunction, type Style } from '../support/docs/faults-of-function.ts';
import { faultsOfMembers } from '../support/docs/faults-of-members.ts';

/** What is missing in the comments of this source. */
function faultsIn(source: string, style: Style = 'tsdoc'): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((statement) => {
    const name = (statement as unknown as { name: ts.Identifier }).name.text;
    return ts.isFunctionDeclaration(statement)
      ? faultsOfFunction(statement, name, style)
      : faultsOfMembers(statement, name, style);
  });
}

it('finds what the comment of a function lacks', () => {
  expect(faultsIn('export function f(a: string): string { throw new RangeError(); }')).toEqual([
    'f has no summary',
    'f has no @param a',
    'f has no @returns',
    'f has no @throws',
  ]);
  expect(faultsIn('/** It. */ export function f(): void { checkAll(); }')).toEqual(['f has no @throws']);
  expect(
    faultsIn(`
      /**
       * It.
       * @param a - What.
       * @param b - What else.
       * @returns That.
       */
      export function f(a: string, { c }: { c: string }): () => string { return () => { throw new Error(); }; }`),
  ).toEqual([]);
});

it('finds what the comments of an interface lack', () => {
  expect(
    faultsIn(`
      export interface SinkOptions {
        a: string;
        /** How long. */
        b: number;
        /** How long, milliseconds. */
        c?: number;
        /** Where. */
        d: {
          e: string;
          /** Who. */
          f?: string;
        };
        /** Does it. */
        g(h: string): string;
      }`),
  ).toEqual([
    'SinkOptions.a has no comment',
    'SinkOptions.b has no unit',
    'SinkOptions.c does not say what its absence means',
    'SinkOptions.d.e has no comment',
    'SinkOptions.d.f does not say what its absence means',
    'SinkOptions.g has no @param h',
    'SinkOptions.g has no @returns',
  ]);
  expect(
    faultsIn(`
      export interface SinkOptions {
        /** How long, milliseconds. Default 5. */
        a?: number;
        /** Whose. */
        b: {
          /** Who. */
          c: string;
        };
      }`),
  ).toEqual([]);
  expect(
    faultsIn(`
      /** What it lacks is absent. */
      export interface Seen {
        /** Its name. */
        a?: string;
      }`),
  ).toEqual([]);
});

it('asks constructs for the tags of jsii', () => {
  const props = (comment: string) => `export interface LayerProps {\n${comment}\nreadonly a?: string }`;
  expect(faultsIn(props('/** Default: none. */'), 'jsii')).toEqual([
    'LayerProps.a does not say what its absence means',
  ]);
  expect(faultsIn(props('/**\n * It.\n * @default - none\n */'), 'jsii')).toEqual([]);
});
