import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from '../support/command.js';
import { runProgram } from '../support/program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOADS = new URL('../support/package/loads.mjs', import.meta.url).href;

let folder: string;
let cli: string;
/** The command as somebody has it who has installed nothing beside it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-loads-'));
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['commander', 'rxjs', 'tslib'])
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  cli = join(folder, 'dist', 'cli.js');
});
afterAll(() => rm(folder, { recursive: true }));

it.each([['--help'], ['stream', '--help'], ['completion', 'bash']])(
  '%s %s loads none of the heavy parts',
  async (...words) => {
    const output = await command([process.execPath, '--import', LOADS, join(ROOT, 'dist/cli.js'), ...words], {
      cwd: folder,
    });
    const loaded = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as string[];
    expect(loaded).toContain('commander');
    expect(loaded.filter((name) => !['commander', 'rxjs', 'tslib'].includes(name))).toEqual([]);
  },
);

it.each([
  ['--kinesis', '@aws-sdk/client-kinesis'],
  ['--firehose', '@aws-sdk/client-firehose'],
])('%s says how to install what it needs', async (flag, name) => {
  const program = runProgram(cli, ['stream', '--simulated', '1', flag, 'rides'], folder);
  const { code, output } = await program.ended(120_000);
  expect(code).toBe(1);
  expect(output).toContain(`MISSING_DEPENDENCY: ${flag} needs ${name}: npm install ${name}, `);
  expect(output).toContain(`npx -p liveheartrate -p ${name} liveheartrate stream ${flag} …`);
});

it('the doctor says which packages are not there, and for what they are', async () => {
  const { output } = await runProgram(cli, ['doctor', '--seconds', '0.1'], folder).ended(120_000);
  expect(output).toMatch(
    /^– Kinesis {5}not installed; for --kinesis: npm install @aws-sdk\/client-kinesis$/m,
  );
});
