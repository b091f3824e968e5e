import { chmod, chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileRotation, fileSink } from '../../../src/file/index.js';
import { parseSamples, serializeSample } from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';
import { freshRide, openSink, runOnce, sequences, textOf } from './folders.js';

const ride = freshRide();
const folder = () => dirname(ride());
const at = (time: string) => vi.setSystemTime(new Date(`2026-11-${time}Z`));
const samplesUpTo = (count: number) => Array.from({ length: count }, (_, sequence) => sampleOf(sequence));
const LINE = serializeSample(sampleOf(0)).length;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  at('24T10:00:00');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('rotation by bytes', () => {
  it('puts the file away when it has reached them, within one batch too', async () => {
    await runOnce({ path: ride(), rotate: { bytes: 2 * LINE } }, ...samplesUpTo(5));
    expect(await sequences(folder())).toEqual({
      'ride-2026-11-24T100000Z.jsonl': [0, 1],
      'ride-2026-11-24T100000Z_001.jsonl': [2, 3],
      'ride.jsonl': [4],
    });
  });

  it('lets the line that reaches them be the last', async () => {
    await runOnce({ path: ride(), rotate: { bytes: LINE + 1 } }, ...samplesUpTo(3));
    expect(Object.values(await sequences(folder()))).toEqual([[0, 1], [2]]);
  });

  it('counts what an earlier process has written', async () => {
    const options = { path: ride(), rotate: { bytes: 2 * LINE } };
    for (const sample of samplesUpTo(5)) await runOnce(options, sample);
    expect(Object.values(await sequences(folder()))).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('writes every sample once, in order of the names, however many files a second has', async () => {
    const settled = await runOnce({ path: ride(), rotate: { bytes: 1 } }, ...samplesUpTo(300));
    expect(settled.every(({ outcome }) => outcome === 'delivered')).toBe(true);
    const files = await sequences(folder());
    expect(Object.values(files)).toEqual(samplesUpTo(300).map(({ sequence }) => [sequence]));
  });

  it('makes every file for its owner alone', async () => {
    await runOnce({ path: ride(), rotate: { bytes: 1 } }, ...samplesUpTo(2));
    for (const name of await readdir(folder())) {
      expect((await stat(join(folder(), name))).mode & 0o777).toBe(0o600);
    }
  });

  it('never overwrites what is there, compressed or not', async () => {
    const taken = ['ride-2026-11-24T100000Z.jsonl', 'ride-2026-11-24T100000Z_001.jsonl.gz'];
    for (const name of taken) await writeFile(join(folder(), name), 'of somebody else');
    await runOnce({ path: ride(), rotate: { bytes: 1 } }, ...samplesUpTo(2));
    for (const name of taken) expect(await readFile(join(folder(), name), 'utf8')).toBe('of somebody else');
    expect((await readdir(folder())).sort()).toEqual(
      [...taken, 'ride-2026-11-24T100000Z_002.jsonl', 'ride.jsonl'].sort(),
    );
  });

  it('puts the time at the end of a name without an extension', async () => {
    await runOnce({ path: join(folder(), '.ride'), rotate: { bytes: 1 } }, ...samplesUpTo(2));
    expect((await readdir(folder())).sort()).toEqual(['.ride', '.ride-2026-11-24T100000Z']);
  });
});

describe('rotation by time', () => {
  it.each([
    { every: 'hour', same: '24T10:59:59.999', next: '24T11:00:00', away: 'ride-2026-11-24T110000Z.jsonl' },
    { every: 'day', same: '24T23:59:59.999', next: '25T00:00:00', away: 'ride-2026-11-25T000000Z.jsonl' },
  ] as const)('puts the file away in the next $every', async ({ every, same, next, away }) => {
    const { write, close } = openSink({ path: ride(), rotate: { every } });
    await write(sampleOf(0));
    at(same);
    await write(sampleOf(1));
    at(next);
    await write(sampleOf(2));
    await write(sampleOf(3));
    await close();
    expect(await sequences(folder())).toEqual({ [away]: [0, 1], 'ride.jsonl': [2, 3] });
  });

  it.each([
    { written: '24T10:00:00', files: { 'ride.jsonl': [0, 1] } },
    { written: '24T09:59:59', files: { 'ride-2026-11-24T103000Z.jsonl': [0], 'ride.jsonl': [1] } },
    { written: '23T10:30:00', files: { 'ride-2026-11-24T103000Z.jsonl': [0], 'ride.jsonl': [1] } },
  ])('knows after a restart that the file was written at $written', async ({ written, files }) => {
    const options = { path: ride(), rotate: { every: 'hour' } } as const;
    await runOnce(options, sampleOf(0));
    const time = new Date(`2026-11-${written}Z`);
    await utimes(ride(), time, time);
    at('24T10:30:00');
    await runOnce(options, sampleOf(1));
    expect(await sequences(folder())).toEqual(files);
  });

  it('goes by whichever comes first of size and time', async () => {
    const { write, close } = openSink({ path: ride(), rotate: { every: 'hour', bytes: 2 * LINE } });
    await write(...samplesUpTo(3));
    at('24T11:00:00');
    await write(sampleOf(3));
    await close();
    expect(Object.values(await sequences(folder()))).toEqual([[0, 1], [2], [3]]);
  });

  it('puts no empty file away', async () => {
    await writeFile(ride(), '');
    await utimes(ride(), 0, 0);
    await runOnce({ path: ride(), rotate: { every: 'hour' } }, sampleOf(0));
    expect(await sequences(folder())).toEqual({ 'ride.jsonl': [0] });
  });

  it('ends a torn line before the file is put away, and takes it for no younger', async () => {
    vi.useRealTimers(); // The file system goes by no other clock.
    await writeFile(ride(), `${serializeSample(sampleOf(0))}{"timestamp":"2026-`);
    await utimes(ride(), 0, 0);
    await runOnce({ path: ride(), rotate: { every: 'hour' } }, sampleOf(1));
    const [away, current, ...more] = (await readdir(folder())).sort().map((name) => join(folder(), name));
    expect(more).toEqual([]);
    const { samples, rejected } = parseSamples((await textOf(`${away}`)) + (await textOf(`${current}`)));
    expect(samples).toEqual(samplesUpTo(2));
    expect(rejected).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  it.each([
    { rotate: {}, message: /bytes, every/ },
    { rotate: { bytes: 0 }, message: /rotate.bytes.*whole number from 1.*0/ },
    { rotate: { bytes: 1.5 }, message: /rotate.bytes/ },
    { rotate: { bytes: Number.POSITIVE_INFINITY }, message: /rotate.bytes/ },
    { rotate: { bytes: '1' }, message: /rotate.bytes/ },
    { rotate: { every: 'week' }, message: /rotate.every.*'hour' or 'day'.*week/ },
  ])('refuses $rotate', ({ rotate, message }) => {
    const invalid = { code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) };
    expect(() => fileSink({ path: ride(), rotate: rotate as FileRotation })).toThrow(
      expect.objectContaining(invalid),
    );
  });

  const rejected = (sequence: number, message: RegExp) => ({
    outcome: 'dropped',
    sample: sampleOf(sequence),
    error: expect.objectContaining({
      code: 'DELIVERY_REJECTED',
      message: expect.stringMatching(message),
    }),
  });

  it('tells of each sample of a batch whether it got into a file', async () => {
    // A name that has just no room for a time.
    const path = join(folder(), `${'r'.repeat(240)}.jsonl`);
    const settled = await runOnce({ path, rotate: { bytes: 2 * LINE } }, ...samplesUpTo(3));
    expect(settled).toEqual([
      ...samplesUpTo(2).map((sample) => ({ outcome: 'delivered', sample })),
      rejected(2, /ENAMETOOLONG/),
    ]);
    expect(Object.values(await sequences(folder()))).toEqual([[0, 1]]);
  });

  it('says what to do where the folder is gone', async () => {
    const { write, close, settled } = openSink({ path: ride(), rotate: { bytes: 1 } });
    await write(sampleOf(0));
    await rm(folder(), { recursive: true });
    await write(sampleOf(1));
    await close();
    expect(settled.slice(1)).toEqual([rejected(1, /ENOENT.*folder exists/)]);
    await mkdir(folder());
  });

  // The rights of the superuser end at nothing, so it becomes nobody for a moment.
  it('says what to do where the folder cannot be written to, and goes on once it can', async () => {
    const { write, close, settled } = openSink({ path: ride(), rotate: { bytes: 1 } });
    await write(sampleOf(0));
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) for (const path of [ride(), folder()]) await chown(path, 65_534, 65_534);
    await chmod(folder(), 0o500);
    if (isRoot) process.seteuid?.(65_534);
    try {
      await write(sampleOf(1));
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    await chmod(folder(), 0o700);
    await write(sampleOf(2));
    await close();
    expect(settled[1]).toEqual(rejected(1, /EACCES.*may write to it/));
    expect(Object.values(await sequences(folder()))).toEqual([[0], [2]]);
  });
});
