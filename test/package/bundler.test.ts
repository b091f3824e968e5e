import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, it } from 'vitest';
import { compile, program } from '../support/package/compile.ts';

const full = inject('full');

it('a user with TypeScript compiles for a bundler', async () => {
  await copyFile(program, join(full, 'program.ts'));
  await compile(full, ['--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit'], ['program.ts']);
});
