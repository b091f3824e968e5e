import { describe, expect, inject, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { installUser } from '../support/package/user-project.ts';

const [packed, full, bare] = [inject('packed'), inject('full'), inject('bare')];
const loads = new URL('../support/package/loads.mjs', import.meta.url).href;
const run = (cwd: string, ...words: string[]) => command([process.execPath, ...words], { cwd });
const importing = (name: string) => ['--input-type=module', '--eval', `await import('${name}')`];
const requiring = (name: string) => ['--input-type=commonjs', '--eval', `require('${name}')`];

const powertools = ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'];

/** What each subpath loads of the packages that package.json names. */
const loaded = {
  liveheartrate: ['rxjs'],
  'liveheartrate/noble': ['rxjs'],
  'liveheartrate/web-bluetooth': ['rxjs'],
  'liveheartrate/simulator': ['rxjs'],
  'liveheartrate/recording': ['rxjs'],
  'liveheartrate/file': ['rxjs'],
  'liveheartrate/local': ['rxjs'],
  'liveheartrate/dashboard': ['prom-client', 'rxjs', 'ws'],
  'liveheartrate/testing': [],
  'liveheartrate/kinesis': ['@aws-sdk/client-kinesis', 'rxjs'],
  'liveheartrate/firehose': ['@aws-sdk/client-firehose', 'rxjs'],
  'liveheartrate/serving': [],
  'liveheartrate/opensearch': ['@opensearch-project/opensearch'],
  'liveheartrate/lambda': [...powertools, '@opensearch-project/opensearch'],
};
const { dependencies, optionalDependencies, peerDependencies } = packageJson;
const ours = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
const needsMore = (names: readonly string[]) => names.some((name) => name !== 'rxjs');
/** What nobody need install beside it comes with it. */
const absent = (names: readonly string[]) =>
  names.filter((name) => name !== 'rxjs' && !Object.hasOwn(dependencies, name));
const needing = Object.entries(loaded).filter(([, names]) => absent(names).length > 0);
const content = Object.keys(loaded).filter((name) => !needing.some(([other]) => other === name));

describe.each(Object.entries(loaded))('%s loads its own packages and no other', (name, expected) => {
  it.each([
    ['imported', importing(name)],
    ['required', requiring(name)],
  ])('%s', async (_, words) => {
    const names = JSON.parse(await run(full, '--import', loads, ...words)) as string[];
    expect(names.filter((other) => ours.includes(other))).toEqual(expected);
    // What needs nothing but rxjs loads nothing else at all.
    if (!needsMore(expected)) expect(names).toEqual(expected);
  });
});

describe('with nothing but rxjs', () => {
  it.each(content)('%s is imported and required', async (name) => {
    await run(bare, ...importing(name));
    await run(bare, ...requiring(name));
  });

  it.each(needing)('%s says what it misses', async (name, names) => {
    const missing = `'(${names.join('|')})'`;
    await expect(run(bare, ...importing(name))).rejects.toThrow(new RegExp(`Cannot find package ${missing}`));
    await expect(run(bare, ...requiring(name))).rejects.toThrow(new RegExp(`Cannot find module ${missing}`));
  });

  it('a local pipeline says how to install DuckDB', async () => {
    const program = `
      import { MissingDependencyError } from 'liveheartrate';
      import { startLocalPipeline } from 'liveheartrate/local';
      const error = await startLocalPipeline({ directory: 'missing' }).catch((error) => error);
      console.log(error instanceof MissingDependencyError, error.message);`;
    const output = await run(bare, '--input-type=module', '--eval', program);
    expect(output).toBe('true The archive needs DuckDB: npm install @duckdb/node-api\n');
  });

  it('the command says the same, and fails', async () => {
    const demo = command(['npx', '--no', 'liveheartrate', 'demo'], { cwd: bare });
    await expect(demo).rejects.toThrow(
      /ended with 1 .*\nMISSING_DEPENDENCY: .* npm install @duckdb\/node-api, or in one go: npx -p liveheartrate -p @duckdb\/node-api liveheartrate demo …\n$/s,
    );
  });

  it('a question says how to install the OpenSearch client', async () => {
    const words = ['query', '--last', '15m', '--opensearch', 'http://127.0.0.1:9'];
    await expect(command(['npx', '--no', 'liveheartrate', ...words], { cwd: bare })).rejects.toThrow(
      /ended with 1 .*\nMISSING_DEPENDENCY: .* npm install @opensearch-project\/opensearch, or in one go: npx -p liveheartrate -p @opensearch-project\/opensearch liveheartrate query --opensearch …\n$/s,
    );
  });

  it('the command streams from a simulated strap', async () => {
    const words = ['stream', '--simulated', '1', '--count', '1', '--json'];
    const output = await command(['npx', '--no', 'liveheartrate', ...words], { cwd: bare });
    expect(JSON.parse(output)).toMatchObject({ sequence: 0, sensor_name: 'Simulated 1' });
  });

  it('the doctor says what is missing, and fails', async () => {
    const doctor = command(['npx', '--no', 'liveheartrate', 'doctor'], { cwd: bare });
    await expect(doctor).rejects.toThrow(
      /ended with 1 .*✘ noble {7}not installed\n {2}→ npm install --ignore-scripts @stoprocent\/noble\n.*– straps {6}needs noble/s,
    );
  });

  it('Bluetooth says which package to install', async () => {
    const program = `
      import { scan } from 'liveheartrate';
      import { nobleCentral } from 'liveheartrate/noble';
      scan(nobleCentral()).subscribe({ error: ({ code, message }) => console.log(code, message) });`;
    const output = await run(bare, '--input-type=module', '--eval', program);
    expect(output).toMatch(/^BLUETOOTH_UNAVAILABLE .*npm install --ignore-scripts @stoprocent\/noble/);
  });

  it('liveheartrate/lambda needs only the OpenSearch client and Powertools beside it', async () => {
    const packages = ['@opensearch-project/opensearch', ...powertools, 'rxjs'];
    await installUser(bare, packed.tarball, packages, ['--omit=optional']);
    await run(bare, ...importing('liveheartrate/lambda'));
    await run(bare, ...requiring('liveheartrate/lambda'));
  });
});
