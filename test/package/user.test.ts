import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { compile, program } from '../support/package/compile.ts';

const full = inject('full');
const node = process.execPath;
const names = Object.keys(packageJson.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => subpath.replace('.', 'liveheartrate'));

describe('a user', () => {
  const [esm, cjs] = [join(full, 'esm'), join(full, 'cjs')];
  beforeAll(async () => {
    await Promise.all([mkdir(esm), mkdir(cjs)]);
    await writeFile(join(esm, 'package.json'), '{ "type": "module" }');
    await writeFile(join(cjs, 'package.json'), '{ "type": "commonjs" }');
  });

  it.each(names)('imports %s', async (name) => {
    const program = `import * as all from '${name}'; console.log(Object.keys(all).length);`;
    await writeFile(join(esm, 'load.js'), program);
    expect(Number(await command([node, 'load.js'], { cwd: esm }))).toBeGreaterThan(0);
  });

  it.each(names)('requires %s', async (name) => {
    await writeFile(join(cjs, 'load.js'), `console.log(Object.keys(require('${name}')).length);`);
    expect(Number(await command([node, 'load.js'], { cwd: cjs }))).toBeGreaterThan(0);
  });

  it('reads the version', async () => {
    await writeFile(join(cjs, 'load.js'), `console.log(require('liveheartrate/package.json').version);`);
    expect(await command([node, 'load.js'], { cwd: cjs })).toBe(`${packageJson.version}\n`);
  });
});

describe('a user with TypeScript', () => {
  // In one go, since most of the time goes into what both import.
  let compiling: Promise<string>;
  beforeAll(async () => {
    const programs = ['program.mts', 'program.cts'];
    await Promise.all(programs.map((name) => copyFile(program, join(full, name))));
    compiling = compile(full, ['--module', 'nodenext'], programs);
    compiling.catch(() => undefined); // the tests hear of it
  });

  it.each(['mts', 'cts'] as const)('compiles a .%s file, which runs', async (extension) => {
    await compiling;
    const output = await command([node, `program.${extension.replace('ts', 'js')}`], { cwd: full });
    expect(JSON.parse(output)).toEqual({
      samples: 20,
      code: 'INVALID_ARGUMENT',
      answer: { batchItemFailures: [] },
      centrals: 2,
      sinks: 4,
      identity: true,
    });
  });
});

describe('the command', () => {
  it('shows a session and sums it up', async () => {
    const words = ['demo', '--seconds', '3', '--speed', '20'];
    const output = await command(['npx', '--no', 'liveheartrate', ...words], { cwd: full });
    expect(output).toMatch(/^ {2}samples {4}\d+$/m);
    expect(output).toMatch(/^ {2}maximum {4}\d+ bpm$/m);
  });
});
