import type { Command } from 'commander';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { shapesOf } from './shape.js';
import { zshScript } from './zsh.js';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Writes the script of a shell. Made of the commands as they are, it knows every flag there is. */
export function writeScript(shell: keyof typeof scripts, program: Command): void {
  process.stdout.write(scripts[shell](program.name(), shapesOf(program)));
}
