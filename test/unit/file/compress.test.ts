import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileSink } from '../../../src/file/index.js';
import { serializeSample } from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';
import { soon } from '../../support/soon.js';
import { freshRide, openSink, runOnce, sequences, textOf, untilNames } from './folders.js';

const ride = freshRide();
const folder = () => dirname(ride());
const inFolder = (name: string) => join(folder(), name);
const options = () => ({ path: ride(), rotate: { bytes: 1 }, gzip: true });
const lines = (...sequences: number[]) => sequences.map((at) => serializeSample(sampleOf(at))).join('');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T10:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const AWAY = 'ride-2026-11-24T100000Z.jsonl';
const EARLIER = 'ride-2026-11-23T090000Z.jsonl';

describe('compression of what was put away', () => {
  it('leaves every line in one file, and the files to their owner', async () => {
    const samples = Array.from({ length: 20 }, (_, sequence) => sampleOf(sequence));
    await runOnce(options(), ...samples);
    const counts = Array.from({ length: 18 }, (_, at) => `_${String(at + 1).padStart(3, '0')}`);
    const names = ['', ...counts].map((count) => `ride-2026-11-24T100000Z${count}.jsonl.gz`);
    await untilNames(folder(), [...names, 'ride.jsonl']);
    expect(Object.values(await sequences(folder()))).toEqual(samples.map(({ sequence }) => [sequence]));
    for (const name of names) expect((await stat(inFolder(name))).mode & 0o777).toBe(0o600);
  });

  it('takes no name whose compressed file is there, across restarts too', async () => {
    for (const sequence of [0, 1, 2]) {
      await runOnce(options(), sampleOf(sequence));
      await soon(async () =>
        expect((await readdir(folder())).filter((name) => !name.endsWith('.gz'))).toEqual(['ride.jsonl']),
      );
    }
    expect(await sequences(folder())).toEqual({
      [`${AWAY}.gz`]: [0],
      'ride-2026-11-24T100000Z_001.jsonl.gz': [1],
      'ride.jsonl': [2],
    });
  });

  it('makes good what an earlier process was killed at', async () => {
    const half = gzipSync(lines(0, 1)).subarray(0, 30);
    await writeFile(inFolder(EARLIER), lines(0, 1));
    await writeFile(inFolder(`${EARLIER}.gz.0123abcd.tmp`), half);
    // Between the two last steps: both are there, and whole.
    await writeFile(inFolder(AWAY), lines(2));
    await writeFile(inFolder(`${AWAY}.gz`), gzipSync(lines(2)));
    const { close } = openSink(options());
    await untilNames(folder(), [`${AWAY}.gz`, `${EARLIER}.gz`]);
    await close();
    expect(await sequences(folder())).toEqual({ [`${EARLIER}.gz`]: [0, 1], [`${AWAY}.gz`]: [2] });
  });

  it('leaves alone what is not put away from its path', async () => {
    const others = [
      ...['ride-2026.jsonl', 'ride-2026-11-23T090000Z.txt', 'walk-2026-11-23T090000Z.jsonl'],
      ...['x.gz.0123abcd.tmp', 'ride-2026-11-23T090000Z-mine.jsonl'],
    ];
    for (const name of [...others, EARLIER]) await writeFile(inFolder(name), lines(0));
    const { close } = openSink(options());
    await untilNames(folder(), [...others, `${EARLIER}.gz`]);
    await close();
  });

  it('leaves the plain file where it fails, and tries again when the next is put away', async () => {
    await writeFile(inFolder(EARLIER), lines(0));
    await mkdir(join(inFolder(`${EARLIER}.gz`), 'in the way'), { recursive: true });
    await writeFile(inFolder(AWAY), lines(1));
    const { write, close, settled } = openSink(options());
    // The oldest is the first, so it has failed by now.
    await untilNames(folder(), [EARLIER, `${EARLIER}.gz`, `${AWAY}.gz`]);
    expect(await readFile(inFolder(EARLIER), 'utf8')).toBe(lines(0));
    await rm(inFolder(`${EARLIER}.gz`), { recursive: true });
    await write(sampleOf(2), sampleOf(3));
    await untilNames(folder(), [
      ...[`${EARLIER}.gz`, `${AWAY}.gz`],
      ...['ride-2026-11-24T100000Z_001.jsonl.gz', 'ride.jsonl'],
    ]);
    await close();
    expect(settled.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    expect(Object.values(await sequences(folder()))).toEqual([[0], [1], [2], [3]]);
  });

  it('loses nothing where two sinks compress the same files', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `ride-2026-11-23T0900${at + 10}Z.jsonl`);
    for (const name of names) await writeFile(inFolder(name), lines(1, 2, 3));
    const sinks = [openSink(options()), openSink(options()), openSink(options())];
    await soon(async () =>
      expect((await readdir(folder())).every((name) => name.endsWith('.gz'))).toBe(true),
    );
    for (const { close } of sinks) await close();
    expect(await sequences(folder())).toEqual(
      Object.fromEntries(names.map((name) => [`${name}.gz`, [1, 2, 3]])),
    );
  });

  it('does not hold up a delivery', async () => {
    const large = lines(0).repeat(200_000);
    await writeFile(inFolder(EARLIER), large);
    const { write, close } = openSink(options());
    await write(sampleOf(1), sampleOf(2));
    await close();
    expect(await readdir(folder())).toContain(EARLIER);
    await untilNames(folder(), [`${EARLIER}.gz`, `${AWAY}.gz`, 'ride.jsonl']);
    expect(gunzipSync(await readFile(inFolder(`${EARLIER}.gz`))).toString() === large).toBe(true);
    expect(await textOf(inFolder(`${AWAY}.gz`))).toBe(lines(1));
  });

  it('needs a rotation', () => {
    const message = expect.stringMatching(/gzip needs rotate/);
    expect(() => fileSink({ path: ride(), gzip: true })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message }),
    );
    expect(() => fileSink({ path: ride(), gzip: false })).not.toThrow();
  });
});
