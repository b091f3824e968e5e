import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const guide = readFileSync(new URL('../../docs/command.md', import.meta.url), 'utf8');
const program = createProgram();
const commands = program.commands.map((command) => ({ name: command.name(), command }));

/** The section of a command: from its heading to the next. */
const sectionOf = (name: string) =>
  guide.split(/^## /m).find((section) => section.startsWith(`\`${name}\``)) ?? '';
/** The flags that stand at the beginning of a row. */
const rowsOf = (section: string) => [...section.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, flag]) => flag);

describe.each(commands)('docs/command.md on $name', ({ name, command }) => {
  it('has a section', () => expect(sectionOf(name)).not.toBe(''));

  it('has a row for each flag, and for no other', () => {
    const flags = command.options.map(({ long }) => long);
    expect([...rowsOf(sectionOf(name))].sort()).toEqual([...flags].sort());
  });

  it('names what its arguments are', () => {
    for (const argument of command.registeredArguments) expect(sectionOf(name)).toContain(argument.name());
  });
});

it('docs/command.md has no section of a command that does not exist', () => {
  const documented = [...guide.matchAll(/^## `([a-z]+)`/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual(commands.map(({ name }) => name).sort());
});

it('docs/command.md says every exit code that the help says', () => {
  const help: string[] = [];
  program.configureOutput({ writeOut: (text) => void help.push(text) }).outputHelp();
  const codes = [...help.join('').matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(3);
  for (const code of codes) expect(guide).toMatch(new RegExp(`^\\| ${code} `, 'm'));
});
