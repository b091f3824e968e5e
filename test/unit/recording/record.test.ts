import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import {
  concatWith,
  from,
  lastValueFrom,
  map,
  NEVER,
  type Observable,
  of,
  range,
  Subject,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { record } from '../../../src/recording/index.js';
import { type HeartRateSample, PACKET, parseSamples } from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';
import { soon } from '../../support/soon.js';
import { freshFiles, isOpen, untilClosed } from './files.js';

const fresh = freshFiles();
const samples = [0, 1, 2].map((sequence) => sampleOf(sequence));
const read = async (path: string) => parseSamples(await readFile(path));
const recordingFailed = (message: RegExp, code: string) =>
  expect.objectContaining({
    name: 'RecordingError',
    code: 'RECORDING_FAILED',
    retriable: false,
    message: expect.stringMatching(message),
    cause: expect.objectContaining({ code }),
  });

/** What was emitted, and how it ended. */
function collect(source$: Observable<HeartRateSample>) {
  const emitted: HeartRateSample[] = [];
  return new Promise<{ emitted: HeartRateSample[]; error?: unknown }>((resolve) => {
    source$.subscribe({
      next: (sample) => emitted.push(sample),
      error: (error: unknown) => resolve({ emitted, error }),
      complete: () => resolve({ emitted }),
    });
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('record', () => {
  it('passes the very samples through, and writes them in order', async () => {
    const path = fresh();
    const { emitted } = await collect(from(samples).pipe(record(path)));
    emitted.forEach((sample, at) => {
      expect(sample).toBe(samples[at]);
    });
    expect(emitted).toHaveLength(3);
    expect(await read(path)).toEqual({ samples, rejected: [] });
  });

  it('writes the wire format and the packet in hexadecimal, where there is one', async () => {
    const path = fresh();
    const withPacket = sampleOf(0, { [PACKET]: new Uint8Array([0x10, 60, 0x40, 0x03]) });
    await lastValueFrom(of(withPacket, sampleOf(1)).pipe(record(path)));
    const [first, second] = (await readFile(path, 'utf8')).split('\n');
    expect(first).toBe(
      '{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":60,"rr_intervals":[812.5],"sensor_id":"strap-1",' +
        '"sensor_name":"Strap 1","session_id":"ride","sequence":0,"packet":"103c4003"}',
    );
    expect(second).not.toContain('packet');
  });

  it('makes a file for its owner alone, even where nothing is recorded', async () => {
    const path = fresh();
    await lastValueFrom(of<HeartRateSample>().pipe(record(path), toArray()));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('appends, with each subscription anew, and does nothing before', async () => {
    const path = fresh();
    const recorded$ = from(samples).pipe(record(path));
    await expect(access(path)).rejects.toThrow('ENOENT');
    for (const count of [3, 6]) {
      await lastValueFrom(recorded$);
      expect((await read(path)).samples).toHaveLength(count);
    }
  });

  it('loses no line to a torn one that was there before', async () => {
    const path = fresh();
    await writeFile(path, '{"timestamp":"2026-11-');
    await lastValueFrom(from(samples).pipe(record(path)));
    const { samples: found, rejected } = await read(path);
    expect(found).toEqual(samples);
    expect(rejected).toHaveLength(1);
  });

  it('writes each sample as it comes, while the source goes on', async () => {
    const path = fresh();
    const source$ = new Subject<HeartRateSample>();
    const subscription = source$.pipe(record(path)).subscribe();
    for (const [at, sample] of samples.entries()) {
      source$.next(sample);
      await soon(async () => expect((await read(path)).samples).toHaveLength(at + 1));
    }
    subscription.unsubscribe();
  });

  it.each([
    ['completes', of<HeartRateSample>(), undefined],
    ['errors', throwError(() => 'link lost'), 'link lost'],
  ])('has the file closed when the source %s, and goes on with that', async (_, end$, expected) => {
    const path = fresh();
    const { emitted, error } = await collect(from(samples).pipe(concatWith(end$), record(path)));
    expect(await isOpen(path)).toBe(false);
    expect(await read(path)).toEqual({ samples: emitted, rejected: [] });
    expect([emitted, error]).toEqual([samples, expected]);
  });

  it('writes what is left and closes the file when it is unsubscribed', async () => {
    const path = fresh();
    const source$ = new Subject<HeartRateSample>();
    const subscription = source$.pipe(record(path)).subscribe();
    for (const sample of samples) source$.next(sample);
    subscription.unsubscribe();
    expect(source$.observed).toBe(false);
    await soon(async () => expect((await read(path)).samples).toEqual(samples));
    await untilClosed(path);
  });

  it('is ended by whoever has enough, even of a source that does not pause', async () => {
    const path = fresh();
    const endless$ = range(0, Number.POSITIVE_INFINITY).pipe(map((sequence) => sampleOf(sequence)));
    expect(await lastValueFrom(endless$.pipe(record(path), take(2), toArray()))).toHaveLength(2);
    await soon(async () => expect((await read(path)).samples).toHaveLength(2));
  });

  it('errors where the file cannot be opened, whatever the source does', async () => {
    const folder = fresh();
    await mkdir(folder);
    const error = recordingFailed(/cannot be written \(ENOENT\).*folder exists/, 'ENOENT');
    const missing = `${folder}/no/such/file`;
    expect(await collect(NEVER.pipe(record(missing)))).toEqual({ emitted: [], error });
    expect(await collect(from(samples).pipe(record(missing)))).toEqual({ emitted: samples, error });
    expect(await collect(from(samples).pipe(concatWith(NEVER), record(folder)))).toEqual({
      emitted: samples,
      error: recordingFailed(/EISDIR.*name a file/, 'EISDIR'),
    });
  });

  it.skipIf(process.platform !== 'linux')('errors where the disk is full', async () => {
    // Only Linux has a device that is always full.
    const source$ = new Subject<HeartRateSample>();
    const ended = collect(source$.pipe(record('/dev/full')));
    source$.next(sampleOf(0));
    expect(await ended).toEqual({
      emitted: [sampleOf(0)],
      error: recordingFailed(/ENOSPC.*room/, 'ENOSPC'),
    });
    expect(source$.observed).toBe(false);
  });

  it('warns of a file that fails when nobody is subscribed any more', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const subscription = from(samples)
      .pipe(record(`${fresh()}/nowhere`))
      .subscribe();
    subscription.unsubscribe();
    await soon(() => expect(warn).toHaveBeenCalledOnce());
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^liveheartrate: RECORDING_FAILED: .*ENOENT/));
  });

  it('errors rather than keep more and more for a disk that is too slow', async () => {
    const path = fresh();
    // Nothing is written before a source that does not pause has ended.
    const endless$ = range(0, Number.POSITIVE_INFINITY).pipe(map((sequence) => sampleOf(sequence)));
    const { error } = await collect(endless$.pipe(record(path)));
    expect(error).toMatchObject({ code: 'RECORDING_FAILED', message: expect.stringContaining('too slow') });
    // What it has kept so far is written all the same.
    await soon(async () => expect((await stat(path)).size).toBeGreaterThan(15 * 2 ** 20));
    expect((await stat(path)).size).toBeLessThanOrEqual(16 * 2 ** 20);
  });

  it('errors at a sample that the wire format cannot hold, and keeps those before it', async () => {
    const path = fresh();
    const source$ = of(sampleOf(0), sampleOf(1, { heartRate: -1 }), sampleOf(2));
    const { emitted, error } = await collect(source$.pipe(record(path)));
    expect(emitted).toEqual([sampleOf(0)]);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    await soon(async () => expect((await read(path)).samples).toEqual([sampleOf(0)]));
  });

  it('refuses to start without a path', () => {
    for (const path of ['', undefined]) {
      expect(() => record(path as string)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
  });
});
