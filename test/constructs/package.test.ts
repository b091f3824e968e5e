import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { ArchiveLayout, HeartRatePipeline } from 'liveheartrate-constructs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { constructsPython, fileIn, packConstructs, pythonApp } from '../support/constructs/packed.ts';
import { synth } from '../support/constructs/synth.ts';
import { variants } from '../support/constructs/variants.ts';
import { root } from '../support/package/user-project.ts';

const packed = await packConstructs();
const python = await constructsPython();
const tarball = fileIn(join(packed, 'js'), '.tgz');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liveheartrate-constructs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const template = (outdir: string) => JSON.parse(readFileSync(join(outdir, 'Stack.template.json'), 'utf8'));

describe('the tarball for npm', () => {
  it('holds what users need and nothing else', async () => {
    const files = (await command(['tar', '-tzf', tarball], { cwd: root })).trim().split('\n');
    const paths = files.map((file) => file.replace('package/', ''));
    const others = paths.filter((path) => !/^lib\/[\w/-]+\.(js|d\.ts)$/.test(path));
    expect(others.sort()).toEqual([
      '.jsii',
      'LICENSE',
      'README.md',
      'assets/indexer/index.js',
      'assets/normalize/index.js',
      'assets/schema/index.js',
      'assets/setup/index.js',
      'package.json',
    ]);
  });

  it('synthesises the same where it is installed', async () => {
    const modules = join(folder, 'user', 'node_modules');
    const own = join(modules, 'liveheartrate-constructs');
    await mkdir(own, { recursive: true });
    await command(['tar', '-xzf', tarball, '--strip-components', '1', '-C', own], { cwd: folder });
    // Its peers; it has no other dependency.
    for (const name of ['aws-cdk-lib', 'constructs']) {
      await symlink(join(root, 'node_modules', name), join(modules, name), 'dir');
    }
    const outdir = join(folder, 'npm');
    const app = join(folder, 'user', 'app.cjs');
    await writeFile(
      app,
      `const { App, Stack } = require('aws-cdk-lib');
       const { HeartRatePipeline } = require('liveheartrate-constructs');
       const app = new App({ outdir: ${JSON.stringify(outdir)} });
       new HeartRatePipeline(new Stack(app, 'Stack'), 'HeartRate');
       app.synth();`,
    );
    await command([process.execPath, app], { cwd: folder, env: { CDK_VALIDATION: 'false' } });
    expect(template(outdir)).toEqual(synth(variants['one line']).template);
  });
});

describe.skipIf('skip' in python)(`Python${'skip' in python ? ` (skipped: ${python.skip})` : ''}`, () => {
  it('synthesises the same as TypeScript', async () => {
    const program = 'python' in python ? python.python : '';
    const wheel = fileIn(join(packed, 'python'), '.whl');
    const installed = join(folder, 'wheel');
    // All that it depends on is in the environment already.
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-deps'];
    await command([program, ...pip, '--target', installed, wheel], { cwd: folder });
    const env = {
      PYTHONPATH: installed,
      CDK_VALIDATION: 'false',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    };
    await command([program, join(pythonApp, 'app.py'), folder], { cwd: folder, env, within: 300_000 });

    expect(template(join(folder, 'one-line'))).toEqual(synth(variants['one line']).template);
    const everything = (stack: Stack) =>
      new HeartRatePipeline(stack, 'HeartRate', {
        wearers: 2_000,
        alert: { above: 170, email: 'coach@example.org', window: Duration.minutes(5) },
        alarmEmail: 'operator@example.org',
        retention: Duration.days(30),
        layout: ArchiveLayout.SESSION,
        timeZone: 'Europe/Berlin',
        zones: [100, 120, 140],
      });
    expect(template(join(folder, 'everything'))).toEqual(synth(everything).template);
  }, 400_000);
});

it.each([
  ['Java', 'java/src/main/java/io/github/liveheartrate/constructs/HeartRatePipeline.java'],
  ['.NET', 'dotnet/LiveHeartRate.Constructs/LiveHeartRate/Constructs/HeartRatePipeline.cs'],
])('%s has the pipeline too', (_, file) => {
  expect(existsSync(join(packed, file)), file).toBe(true);
});
