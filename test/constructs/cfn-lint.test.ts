import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { constructsPython } from '../support/constructs/packed.ts';
import { synth } from '../support/constructs/synth.ts';
import { everyVariant } from '../support/constructs/variants.ts';

const python = await constructsPython();

// The CDK itself has a function wait for its role, which it names anyway.
const IGNORED = ['W3005'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liveheartrate-lint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// China has no OpenSearch Serverless.
const isServerless = ([name]: readonly [string, unknown]) => name.startsWith('serverless');
const everywhere = everyVariant.filter((variant) => !isServerless(variant));

describe.skipIf('skip' in python)(`cfn-lint${'skip' in python ? ` (skipped: ${python.skip})` : ''}`, () => {
  it.each([
    [['us-east-1', 'cn-north-1', 'us-gov-west-1'], everywhere],
    [['us-east-1', 'us-gov-west-1'], everyVariant.filter(isServerless)],
  ])(
    'finds nothing in any template for %o',
    async (regions, variants) => {
      const files = await Promise.all(
        variants.map(async ([name, build]) => {
          const file = join(folder, `${name}.json`);
          await writeFile(file, JSON.stringify(synth(build).template));
          return file;
        }),
      );
      const program = [
        'python' in python ? python.python : '',
        '-c',
        'from cfnlint.runner import main; main()',
      ];
      const [first = '', ...rest] = [...program, '--regions', ...regions, '--ignore-checks', ...IGNORED];
      // It says what it has found, and ends with what is not zero.
      const found = await command([first, ...rest, '--template', ...files], {
        cwd: folder,
        within: 580_000,
      }).catch(String);
      expect(found).toBe('');
    },
    600_000,
  );
});
