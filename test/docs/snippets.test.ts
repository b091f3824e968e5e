import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { compileSnippets, withAssertions } from '../support/docs/compile-snippets.ts';
import { findSnippets } from '../support/docs/find-snippets.ts';

const { compiled, remove } = compileSnippets(findSnippets());
afterAll(remove);

describe('the documentation', () => {
  it('is found, with what it asserts', () => {
    expect(compiled.length).toBeGreaterThan(20);
    expect(compiled.filter(({ runs }) => runs).length).toBeGreaterThan(10);
    expect(withAssertions('two(\n  1,\n);\n// => 2\nif (a) b; // => [3]\n', '')).toBe(
      'is(two(\n  1,\n), 2);\n// => 2\nif (a) is(b, [3]); // => [3]\n',
    );
    expect(() => withAssertions('const a = 1; // => 1', 'here')).toThrow('here');
  });

  it.each(compiled.map(({ place, errors }) => [place, errors] as const))('%s compiles', (_, errors) => {
    expect(errors).toEqual([]);
  });
});

describe.concurrent('what is documented', () => {
  const running = compiled.filter(({ runs }) => runs).map(({ place, script }) => [place, script] as const);

  it.for(running)('%s runs, and ends by itself', async ([, script], { onTestFinished }) => {
    const cwd = await mkdtemp(join(tmpdir(), 'liveheartrate-docs-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    // Of a template of the CDK; its validation takes as long as all the rest.
    await command([process.execPath, script], { cwd, env: { CDK_VALIDATION: 'false' }, within: 150_000 });
  });
});
