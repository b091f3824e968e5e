import ts from 'typescript';
import { commentOf } from './comment.ts';
import { faultsOfFunction, type Style } from './faults-of-function.ts';

/** Of a number, its unit, or what it counts. */
const UNIT =
  /milliseconds?|\bseconds?|minutes?|hours?|days?|\btimes?\b|beats per minute|bytes|[KMG]iB|kilojoules|per cent|dBm|USD|samples|records|documents|requests|characters|how (many|often)|numbers?|\bcounts?\b|place|position|copies|shards|nodes?|vCPU|bits|status|port|rate/i;
/** When something optional is not there, or what is then. */
const ABSENCE =
  /\bdefaults?\b|\bwhere\b|\bwithout\b|\babsent\b|\bundefined\b|\bonly\b|\bnot beside\b|\bunless\b|\bif\b/i;
const DEFAULT = /\bdefaults?\b|\bwithout (it|a|one|those)\b|\bnot beside\b|\bby itself\b/i;

/** What is missing in the comments of the members of a type, at any depth. */
export function faultsOfMembers(declaration: ts.Node, name: string, style: Style): string[] {
  if (ts.isClassDeclaration(declaration)) {
    return declaration.members.filter(isPublic).flatMap((member) => faultsOfMember(member, name, style));
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isEnumDeclaration(declaration)) {
    // One sentence may say it of all.
    const all = /\babsent\b/.test(commentOf(declaration).text);
    return declaration.members.flatMap((member) => faultsOfMember(member, name, style, all));
  }
  return ts.isTypeAliasDeclaration(declaration) ? faultsWithin(declaration.type, name, style) : [];
}

/** Of the object types that a type is made of. */
function faultsWithin(type: ts.TypeNode, name: string, style: Style): string[] {
  if (ts.isTypeLiteralNode(type)) {
    return type.members.flatMap((member) => faultsOfMember(member, name, style));
  }
  const faults: string[] = [];
  // What a function takes and gives is told in its own words.
  if (ts.isFunctionTypeNode(type)) return faults;
  ts.forEachChild(type, (child) => {
    if (ts.isTypeNode(child)) faults.push(...faultsWithin(child, name, style));
  });
  return faults;
}

function faultsOfMember(member: ts.Node, owner: string, style: Style, absenceIsKnown = false): string[] {
  const name = `${owner}.${(member as ts.NamedDeclaration).name?.getText() ?? 'constructor'}`;
  if (ts.isConstructorDeclaration(member)) {
    // Of constructs, everybody knows scope, id and props.
    return style === 'jsii' ? [] : faultsOfFunction(member, name, style);
  }
  // What its values are says the type itself.
  if (ts.isIndexSignatureDeclaration(member)) return faultsWithin(member.type, name, style);
  if (
    ts.isMethodSignature(member) ||
    ts.isMethodDeclaration(member) ||
    ts.isCallSignatureDeclaration(member)
  ) {
    return faultsOfFunction(member, name, style);
  }
  const { text, tags } = commentOf(member);
  if (text.trim() === '') return [`${name} has no comment`];
  if (!ts.isPropertySignature(member)) return [];

  const faults: string[] = [];
  const isOption = /(Options|Choice|Props)$/.test(owner.split('.')[0] ?? '');
  if (member.questionToken && !absenceIsKnown) {
    const said = style === 'jsii' ? tags.includes('default') : (isOption ? DEFAULT : ABSENCE).test(text);
    if (!said) faults.push(`${name} does not say what its absence means`);
  }
  if (member.type && isNumber(member.type) && !UNIT.test(text)) faults.push(`${name} has no unit`);
  return [...faults, ...(member.type ? faultsWithin(member.type, name, style) : [])];
}

const isNumber = (type: ts.TypeNode): boolean =>
  type.kind === ts.SyntaxKind.NumberKeyword || (ts.isUnionTypeNode(type) && type.types.some(isNumber));

const isPublic = (member: ts.ClassElement) =>
  !commentOf(member).tags.includes('internal') &&
  !(ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) &&
  !(member.name && ts.isPrivateIdentifier(member.name));
