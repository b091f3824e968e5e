import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../support/package/user-project.ts';
import { runProgram } from '../support/program.ts';

const full = inject('full');
const DEADLINE = 30_000;

/** Every example: its program, what it has to say, and the signal that ends it where it does not end by itself. */
const examples = [
  ['01-first-beat', 'first-beat.mjs', /^\d+ bpm \[/m, 'SIGINT'],
  ['02-local-archive', 'local-archive.mjs', /^fastest \{.*mean: \d/ms, undefined],
] as const;

describe('the examples', () => {
  it('are all run here', async () => {
    const folders = await readdir(join(root, 'examples'));
    // The app of the CDK is deployed by test/deploy.
    expect(folders.sort()).toEqual([...examples.map(([folder]) => folder), '03-cdk-app']);
  });

  it.each(examples)('%s/%s', async (folder, script, says, signal) => {
    await cp(join(root, 'examples', folder), join(full, folder), { recursive: true });
    const program = runProgram(join(full, folder, script), [], join(full, folder));
    await program.says(says, DEADLINE);
    if (signal) program.process.kill(signal);
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });
});
