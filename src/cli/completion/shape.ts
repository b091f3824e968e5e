import type { Argument, Command, Option } from 'commander';

/** What may stand behind a flag, or without one: a path of either kind, one of a few words, anything, or nothing. */
export type Value = 'file' | 'folder' | 'any' | 'none' | readonly string[];

/** A flag as a shell sees it. */
interface Flag {
  /** Such as `--json`. */
  readonly name: string;
  readonly description: string;
  readonly value: Value;
}

/** A command as a shell sees it. */
export interface Shape {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** What stands without a flag. */
  readonly value: Value;
}

/** All commands of a program, as its help shows them. */
export function shapesOf(program: Command): Shape[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map((command) => command.name());
  return commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: help.visibleOptions(command).map(flagOf),
    value: command.name() === 'help' ? names : argumentOf(command.registeredArguments[0]),
  }));
}

function flagOf(option: Option): Flag {
  const takes = option.required || option.optional;
  return {
    name: option.long ?? option.flags,
    description: option.description,
    value: takes ? meant(option.flags, option.argChoices) : 'none',
  };
}

const argumentOf = (argument: Argument | undefined): Value =>
  argument === undefined ? 'none' : meant(argument.name(), argument.argChoices);

/** By the word for it: `<path>` is a file. */
function meant(word: string, choices: readonly string[] | undefined): Value {
  if (choices) return choices;
  if (/folder|directory/.test(word)) return 'folder';
  return /path|file>/.test(word) ? 'file' : 'any';
}
