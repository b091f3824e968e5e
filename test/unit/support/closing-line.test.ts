import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const REPORTER = fileURLToPath(new URL('../../support/closing-line.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'closing-line-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** All that is written at the end of a run of these files. */
async function closing(files: Readonly<Record<string, string>>) {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const words = ['run', '--root', folder, '--globals', '--no-file-parallelism', '--reporter', REPORTER];
  const runner = spawn(process.execPath, [VITEST, ...words], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [output, [code]] = await Promise.all([text(runner.stdout), once(runner, 'close')]);
  return { code, lines: output.trim().split('\n') };
}

describe('the last lines of a test run', () => {
  it('are the failures, each with its file, its name and the first line of its reason, and the counts', async () => {
    const { code, lines } = await closing({
      'one.test.ts': `
        describe('a suite', () => {
          it('passes', () => {});
          it('fails', () => { throw new Error('for\\u001b[31m this reason\\nand so on'); });
          it.skip('waits', () => {});
        });`,
      'three.test.ts': `describe('of a hook', () => { beforeAll(() => { throw new Error('hook'); }); it('x', () => {}); });`,
      'two.test.ts': `throw new Error('cannot be loaded');`,
    });
    expect(code).toBe(1);
    expect(lines.slice(0, -1).toSorted()).toEqual([
      'FAILED one.test.ts > a suite > fails: for this reason',
      'FAILED three.test.ts > of a hook: hook',
      'FAILED two.test.ts: cannot be loaded',
    ]);
    expect(lines.at(-1)).toBe('1 passed, 3 failed, 2 skipped');
  });

  it('are the counts alone where nothing has failed', async () => {
    const { code, lines } = await closing({ 'one.test.ts': `it('passes', () => {});` });
    expect({ code, lines }).toEqual({ code: 0, lines: ['1 passed, 0 failed, 0 skipped'] });
  });

  it('count one failure where there is no test at all', async () => {
    const { code, lines } = await closing({});
    expect([code, lines.at(-1)]).toEqual([1, '0 passed, 1 failed, 0 skipped']);
  });
});
