import { gzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import * as profile from '../../src/profile/index.js';
import { bundleByEsbuild, bundleByVite } from '../support/package/bundle.ts';
import { budget } from './size-budget.ts';

const full = inject('full');
const bundlers = { esbuild: bundleByEsbuild, Vite: bundleByVite };

describe('the size', () => {
  it('has a budget for every subpath', () => {
    const subpaths = Object.keys(packageJson.exports).filter((subpath) => subpath !== './package.json');
    const all = subpaths.map((subpath) => `* from '${subpath.replace('.', 'liveheartrate')}'`);
    expect(Object.keys(budget).filter((name) => name.startsWith('*'))).toEqual(all);
  });

  it.each(Object.entries(budget))('of %s is in its budget', async (names, most) => {
    const { length } = gzipSync(await bundleByEsbuild(`export ${names}`, full));
    expect(length).toBeLessThanOrEqual(most);
    // A budget far above what is needed would notice nothing.
    expect(length).toBeGreaterThan(most / 2);
  });

  it('of a page with Web Bluetooth is at most 6 KiB', async () => {
    const program = `
      export { heartRate } from 'liveheartrate';
      export { webBluetoothCentral } from 'liveheartrate/web-bluetooth';`;
    expect(gzipSync(await bundleByEsbuild(program, full)).length).toBeLessThanOrEqual(6 * 1024);
  });
});

/** Something that stays in a bundle as it is, for each part of the core. */
const marks = {
  decoding: 'The flags of the measurement promise',
  wire: 'an ISO-8601 date and time',
  queries: 'FILTER (WHERE',
  sensor: 'did not accept a connection within',
  sink: 'is closed and takes no samples',
  spool: '.jsonl',
};
type Part = keyof typeof marks;
const partsOf = (bundle: string) =>
  (Object.keys(marks) as Part[]).filter((part) => bundle.includes(marks[part]));

describe.each(Object.entries(bundlers))('by %s', (_, bundle) => {
  const of = async (name: string) => partsOf(await bundle(`export { ${name} } from 'liveheartrate'`, full));

  it('everything brings every part', async () => {
    expect(partsOf(await bundle(`export * from 'liveheartrate'`, full))).toEqual(Object.keys(marks));
  });

  it.each<[string, Part[]]>([
    ['decodeHeartRateMeasurement', ['decoding']],
    ['encodeHeartRateMeasurement', []],
    ['serializeSample', ['wire']],
    ['parseSamples', ['wire']],
    ['archiveQueries', ['queries']],
    ['scan', []],
    ['heartRate', ['decoding', 'sensor']],
    ['sendTo', ['sink']],
    ['defineSink', ['wire', 'sink', 'spool']],
    ['LiveHeartRateError', []],
  ])('%s brings %j', async (name, parts) => {
    expect(await of(name)).toEqual(parts);
  });
});

describe('of the profile', () => {
  it.each(Object.keys(profile))('%s brings neither RxJS nor another part', async (name) => {
    const bundle = await bundleByEsbuild(`export { ${name} } from 'liveheartrate'`, full);
    expect(bundle).toContain(name);
    expect(bundle).not.toContain('rxjs');
    expect(partsOf(bundle).filter((part) => part !== 'decoding')).toEqual([]);
  });
});
