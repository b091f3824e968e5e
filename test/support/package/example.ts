import { spawn } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Program, watchProgram } from '../program.ts';
import { root } from './user-project.ts';

/** The folder of all examples. */
export const examples = join(root, 'examples');

/** An example that runs as in a terminal. */
export interface RunningExample extends Program {
  /** What Ctrl-C does: everything that was started in the terminal hears of it. */
  interrupt(): void;
  /** Ends what is left of it. */
  kill(): void;
}

/** What is in the blocks of shell commands in the README of an example. */
async function blocksOf(name: string): Promise<string[]> {
  const readme = await readFile(join(examples, name, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, block = '']) => block);
}

/** The one command of an example: the first that its README tells. */
export async function commandOf(name: string): Promise<string> {
  const [command = ''] = await blocksOf(name);
  if (command === '' || command.includes('\n')) throw new Error(`README of ${name}: no single command.`);
  return command;
}

/** Copies an example to where the package is installed, and answers its new folder. */
export async function copyExample(name: string, into: string): Promise<string> {
  const folder = join(into, name);
  await cp(join(examples, name), folder, { recursive: true });
  return folder;
}

/** Runs a command in a folder as a terminal would. */
export function runCommand(command: string, cwd: string, env: NodeJS.ProcessEnv = {}): RunningExample {
  const [program = '', ...words] = command.split(/\s+/);
  const child = spawn(program, words, {
    cwd,
    // Where CI is set, Vite paints what is read here.
    env: { ...process.env, NODE_NO_WARNINGS: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      // Everything has ended.
    }
  };
  return {
    ...watchProgram(child),
    interrupt: () => signal('SIGINT'),
    kill: () => signal('SIGKILL'),
  };
}
