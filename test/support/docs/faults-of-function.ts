import ts from 'typescript';
import { commentOf } from './comment.ts';

/** How comments are written: for TypeDoc, or for jsii, which has no `@returns` for what a summary says. */
export type Style = 'tsdoc' | 'jsii';

type AnyFunction =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.MethodSignature
  | ts.CallSignatureDeclaration
  | ts.ConstructorDeclaration;

/** What is missing in the comment of a function: summary, parameters, result, errors. */
export function faultsOfFunction(node: AnyFunction, name: string, style: Style): string[] {
  const { text, tags, params } = commentOf(node);
  const faults: string[] = [];
  // Of an error, the class says what it is.
  if (text.trim() === '' && !ts.isConstructorDeclaration(node)) faults.push(`${name} has no summary`);
  // What every construct has means the same everywhere.
  const known = style === 'jsii' ? ['options'] : [];
  for (const [at, parameter] of node.parameters.entries()) {
    // What is taken apart has the name that its comment gives it.
    const documented = ts.isIdentifier(parameter.name)
      ? params.includes(parameter.name.text) || known.includes(parameter.name.text)
      : params[at] !== undefined;
    if (!documented) faults.push(`${name} has no @param ${parameter.name.getText()}`);
  }
  if (style === 'tsdoc' && returnsSomething(node) && !tags.includes('returns')) {
    faults.push(`${name} has no @returns`);
  }
  if (style === 'tsdoc' && throwsItself(node) && !tags.includes('throws')) {
    faults.push(`${name} has no @throws`);
  }
  return faults;
}

const NOTHING = /^(void|asserts .*|(Promise|PromiseLike)<void>)$/;

const returnsSomething = (node: AnyFunction) =>
  !ts.isConstructorDeclaration(node) && node.type !== undefined && !NOTHING.test(node.type.getText());

/** Whether its own body throws an error, or calls what is named after doing so; what runs later does not count. */
function throwsItself(node: AnyFunction): boolean {
  const body = 'body' in node ? node.body : undefined;
  if (body === undefined) return false;
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression)) found = true;
    if (ts.isCallExpression(node) && /^(check[A-Z]\w*|settingsOf)$/.test(node.expression.getText()))
      found = true;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}
