import { createRequire } from 'node:module';
import { join } from 'node:path';
import { command } from '../command.ts';
import { root } from './user-project.ts';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const strictly = ['--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'];

/** What a user of all parts of the package has written. */
export const program = join(root, 'test', 'package', 'user', 'program.ts');

/** Compiles programs in the folder of a user, as strictly as can be. */
export const compile = (
  cwd: string,
  words: readonly string[],
  programs: readonly string[],
): Promise<string> => command([process.execPath, tsc, ...words, ...strictly, ...programs], { cwd });
