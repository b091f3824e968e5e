import { appendFile, writeFile } from 'node:fs/promises';
import { firstValueFrom, lastValueFrom, share, take, tap, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ReplayOptions, replay } from '../../../src/recording/index.js';
import {
  type HeartRateSample,
  type MalformedSampleError,
  packetOf,
  serializeSample,
} from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';
import { soon } from '../../support/soon.js';
import { freshFiles, untilClosed } from './files.js';

const fresh = freshFiles();
const speed = Number.POSITIVE_INFINITY;

async function fileOf(...parts: (string | Uint8Array)[]): Promise<string> {
  const path = fresh();
  await writeFile(path, Buffer.concat(parts.map((part) => Buffer.from(part))));
  return path;
}

const lines = (...samples: HeartRateSample[]) => samples.map(serializeSample).join('');

/** All that a file gives, with what is no sample. */
async function readAll(path: string) {
  const malformed: MalformedSampleError[] = [];
  const onMalformed = (error: MalformedSampleError) => malformed.push(error);
  return { samples: await lastValueFrom(replay(path, { speed, onMalformed }).pipe(toArray())), malformed };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what is replayed', () => {
  it('is what the lines say, whatever stands around them', async () => {
    const [first = '', second = ''] = [0, 1].map((sequence) => serializeSample(sampleOf(sequence)).trimEnd());
    const path = await fileOf('\ufeff', first, '\r\n\r\n\n   \n', second, '\r\n\n');
    expect(await readAll(path)).toStrictEqual({ samples: [sampleOf(0), sampleOf(1)], malformed: [] });
  });

  it('is a whole sample of one session where older producers wrote only time and rate', async () => {
    const path = await fileOf(
      '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n',
      '{"timestamp": "2025-08-05T10:00:01.123456", "heart_rate": 73}\n',
    );
    const { samples } = await readAll(path);
    const session = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const sensor = { id: 'recording' };
    expect(samples).toStrictEqual([
      {
        timestamp: new Date('2025-08-05T10:00:00.123Z'),
        heartRate: 72,
        rrIntervals: [],
        sensor,
        session,
        sequence: 0,
      },
      {
        timestamp: new Date('2025-08-05T10:00:01.123Z'),
        heartRate: 73,
        rrIntervals: [],
        sensor,
        session,
        sequence: 1,
      },
    ]);
    expect(samples[0]?.session).toBe(samples[1]?.session);
    expect((await readAll(path)).samples[0]?.session).not.toBe(samples[0]?.session);
  });

  it('is every sample beside lines that are none, which are reported with their number', async () => {
    const path = await fileOf(
      lines(sampleOf(0)),
      'garbage\n',
      lines(sampleOf(1)),
      new Uint8Array([0xf3, 0x89, 0x0a]),
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":-1}\n',
      lines(sampleOf(2)),
      '{"timestamp":"2026-11-',
    );
    const { samples, malformed } = await readAll(path);
    expect(samples).toStrictEqual([sampleOf(0), sampleOf(1), sampleOf(2)]);
    expect(malformed.map(({ position, reason, payload }) => [position, reason, payload])).toEqual([
      [1, 'not JSON', 'garbage'],
      [3, 'not UTF-8 (payload in base64)', '84k='],
      [
        4,
        'heart_rate is not a whole number from 0 to 65535',
        '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":-1}',
      ],
      [6, 'not JSON', '{"timestamp":"2026-11-'],
    ]);
  });

  it('has no packet where that is not hexadecimal, which is reported', async () => {
    const line = (packet: unknown) =>
      `${JSON.stringify({ timestamp: '2026-11-23T10:00:00Z', heart_rate: 72, packet })}\n`;
    const path = await fileOf(...['0048', '', null, '123', 'xy', 5, {}].map(line));
    const { samples, malformed } = await readAll(path);
    expect(samples.map((sample) => packetOf(sample))).toEqual([
      new Uint8Array([0, 0x48]),
      new Uint8Array(),
      ...Array.from({ length: 5 }, () => undefined),
    ]);
    expect(malformed.map(({ position }) => position)).toEqual([3, 4, 5, 6]);
    expect(malformed[0]?.reason).toBe('packet is not hexadecimal, so the sample comes without it');
  });

  it('is both of two samples on one line, with their packets', async () => {
    const document = (heart_rate: number) =>
      JSON.stringify({ timestamp: '2026-11-23T10:00:00Z', heart_rate, packet: `00${heart_rate}` });
    const { samples } = await readAll(await fileOf(`${document(61)} ${document(62)}\n`));
    expect(samples.map((sample) => [sample.heartRate, packetOf(sample)?.[1]])).toEqual([
      [61, 0x61],
      [62, 0x62],
    ]);
  });

  it('goes past a line that is far too long', async () => {
    const path = await fileOf(lines(sampleOf(0)), `x${'y'.repeat(3 * 2 ** 20)}\n`, lines(sampleOf(1)));
    const { samples, malformed } = await readAll(path);
    expect(samples).toStrictEqual([sampleOf(0), sampleOf(1)]);
    expect(malformed).toHaveLength(1);
    expect(malformed[0]).toMatchObject({
      position: 1,
      reason: expect.stringContaining('longer than 1048576 bytes'),
    });
    expect(malformed[0]?.payload).toMatch(/^xy{200,300}$/);
  });

  it('reads a line of just 1 MiB, and none that is one byte longer', async () => {
    const empty = JSON.stringify({ timestamp: '2026-11-23T10:00:00Z', heart_rate: 72, note: '' });
    const padded = (length: number) => empty.replace('""', `"${'-'.repeat(length - empty.length)}"`);
    const { samples, malformed } = await readAll(
      await fileOf(`${padded(2 ** 20)}\n${padded(2 ** 20 + 1)}\n`),
    );
    expect([samples.length, malformed.length]).toEqual([1, 1]);
  });

  it('is nothing where the file is empty', async () => {
    expect(await readAll(await fileOf(''))).toEqual({ samples: [], malformed: [] });
  });

  it('is read anew by each subscription', async () => {
    const path = await fileOf(lines(sampleOf(0)));
    const replayed$ = replay(path, { speed }).pipe(toArray());
    expect(await lastValueFrom(replayed$)).toHaveLength(1);
    await appendFile(path, lines(sampleOf(1)));
    expect(await lastValueFrom(replayed$)).toHaveLength(2);
  });

  it('warns of what is no sample, without the line, where nobody listens', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await lastValueFrom(replay(await fileOf('secret\n', lines(sampleOf(0))), { speed }));
    expect(warn.mock.calls).toEqual([
      ['liveheartrate: MALFORMED_SAMPLE: Document 0 is not a heart-rate sample: not JSON.'],
    ]);
  });
});

describe('a replay that fails', () => {
  it.each([
    ['is missing', () => fresh(), /cannot be read \(ENOENT\).*path/],
    ['is a folder', async () => process.cwd(), /EISDIR.*folder/],
  ])('says so where the file %s', async (_, path, message) => {
    await expect(lastValueFrom(replay(await path()))).rejects.toMatchObject({
      name: 'RecordingError',
      code: 'RECORDING_FAILED',
      retriable: false,
      message: expect.stringMatching(message),
      cause: expect.any(Error),
    });
  });

  it('ends with what its listener throws', async () => {
    const onMalformed = () => {
      throw new Error('enough');
    };
    const path = await fileOf('garbage\n', lines(sampleOf(0)));
    await expect(lastValueFrom(replay(path, { speed, onMalformed }))).rejects.toThrow('enough');
    await untilClosed(path);
  });

  it.each([0, -1, Number.NaN, '10'])('refuses the speed %s', (wrong) => {
    expect(() => replay('ride.jsonl', { speed: wrong as number })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('speed') }),
    );
  });

  it('refuses an empty path', () => {
    expect(() => replay('')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });
});

describe('the time of a replay', () => {
  beforeEach(() => {
    // Files are read in real time, between the timers.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Starts a replay; once its first sample is there, `at` says which ones are so many milliseconds later. */
  async function start(samples: HeartRateSample[], options: ReplayOptions = {}) {
    const path = await fileOf(lines(...samples));
    const seen: number[] = [];
    const sample$ = replay(path, options).pipe(
      tap(({ sequence }) => seen.push(sequence)),
      share(),
    );
    const first = firstValueFrom(sample$);
    const ended = new Promise<void>((resolve) => sample$.subscribe({ complete: resolve }));
    await first;
    const begin = performance.now();
    const at = async (milliseconds: number) => {
      await vi.advanceTimersByTimeAsync(begin + milliseconds - performance.now());
      return seen.join();
    };
    return { at, ended };
  }
  const at = (sequence: number, milliseconds: number, session = 'ride') =>
    sampleOf(sequence, { timestamp: new Date(Date.UTC(2026, 10, 23) + milliseconds), session });

  it('is that of the recording', async () => {
    const replayed = await start([at(0, 0), at(1, 1_000), at(2, 1_500), at(3, 1_500)]);
    expect(await replayed.at(999)).toBe('0');
    expect(await replayed.at(1_000)).toBe('0,1');
    expect(await replayed.at(1_499)).toBe('0,1');
    expect(await replayed.at(1_500)).toBe('0,1,2,3');
    await replayed.ended;
  });

  it.each([10, 0.5])('is %d times as fast if wanted', async (speed) => {
    const replayed = await start([at(0, 0), at(1, 1_000), at(2, 3_000)], { speed });
    expect(await replayed.at(1_000 / speed - 1)).toBe('0');
    expect(await replayed.at(1_000 / speed)).toBe('0,1');
    expect(await replayed.at(3_000 / speed - 1)).toBe('0,1');
    expect(await replayed.at(3_000 / speed)).toBe('0,1,2');
    await replayed.ended;
  });

  it('does not add up what timers are late', async () => {
    const many = Array.from({ length: 301 }, (_, sequence) => at(sequence, sequence));
    const replayed = await start(many, { speed: 1.5 });
    expect(await replayed.at(199)).not.toMatch(/,300$/);
    expect(await replayed.at(200)).toMatch(/,300$/);
    await replayed.ended;
  });

  it('does not wait at a step back, and goes on from there', async () => {
    const replayed = await start([at(0, 60_000), at(1, 0), at(2, 1_000)]);
    expect(await replayed.at(0)).toBe('0,1');
    expect(await replayed.at(999)).toBe('0,1');
    expect(await replayed.at(1_000)).toBe('0,1,2');
    await replayed.ended;
  });

  it('does not wait for another session, whenever that was', async () => {
    const replayed = await start([
      at(0, 0),
      at(1, 1_000),
      at(2, 86_400_000, 'next'),
      at(3, 86_401_000, 'next'),
    ]);
    expect(await replayed.at(999)).toBe('0');
    expect(await replayed.at(1_000)).toBe('0,1,2');
    expect(await replayed.at(1_999)).toBe('0,1,2');
    expect(await replayed.at(2_000)).toBe('0,1,2,3');
    await replayed.ended;
  });

  it('is that of each session where two were recorded side by side', async () => {
    const replayed = await start([at(0, 0, 'a'), at(1, 500, 'b'), at(2, 1_000, 'a'), at(3, 1_500, 'b')]);
    expect(await replayed.at(999)).toBe('0,1');
    expect(await replayed.at(1_000)).toBe('0,1,2,3');
    await replayed.ended;
  });

  it('may be longer than a timer can take', async () => {
    const days = (count: number) => count * 86_400_000;
    const replayed = await start([at(0, 0), at(1, days(60))]);
    expect(await replayed.at(days(60) - 1)).toBe('0');
    expect(await replayed.at(days(60))).toBe('0,1');
    await replayed.ended;
  });

  it('waits for what takes the samples, one by one', async () => {
    const path = await fileOf(lines(at(0, 0), at(1, 1_000), at(2, 2_000)));
    const seen: string[] = [];
    const replayed$ = replay(path, {
      speed: Number.POSITIVE_INFINITY,
      async hold({ sequence }) {
        seen.push(`${sequence} held`);
        await Promise.resolve();
        seen.push(`${sequence} let go`);
      },
    });
    await lastValueFrom(replayed$.pipe(tap(({ sequence }) => seen.push(`${sequence}`))));
    expect(seen).toEqual([0, 1, 2].flatMap((at) => [`${at}`, `${at} held`, `${at} let go`]));
  });

  it('ends at once when it is unsubscribed, and so does the file', async () => {
    const path = await fileOf(lines(at(0, 0), at(1, 1_000)));
    const sample$ = replay(path).pipe(share());
    const subscription = sample$.subscribe();
    await firstValueFrom(sample$);
    expect(vi.getTimerCount()).toBe(1);
    subscription.unsubscribe();
    expect(vi.getTimerCount()).toBe(0);
    await untilClosed(path);
  });
});

describe('a replay that is unsubscribed', () => {
  it('shows nothing more, and closes the file', async () => {
    const path = await fileOf(lines(...Array.from({ length: 5_000 }, (_, at) => sampleOf(at))));
    for (const count of [1, 2, 3_000, 4_999]) {
      const samples = await lastValueFrom(replay(path, { speed }).pipe(take(count), toArray()));
      expect(samples).toHaveLength(count);
      await untilClosed(path);
    }
  });

  it('reports nothing more', async () => {
    const onMalformed = vi.fn(() => subscription.unsubscribe());
    const path = await fileOf('garbage\n'.repeat(3));
    const subscription = replay(path, { onMalformed }).subscribe();
    await soon(() => expect(onMalformed).toHaveBeenCalled());
    await untilClosed(path);
    expect(onMalformed).toHaveBeenCalledOnce();
  });

  it('closes the file, even while it is opening it', async () => {
    const path = await fileOf(lines(sampleOf(0)));
    const next = vi.fn();
    replay(path, { speed }).subscribe(next).unsubscribe();
    await untilClosed(path);
    expect(next).not.toHaveBeenCalled();
  });
});

describe('a large file', () => {
  it('is read as it is wanted, and lets other work have its turn', async () => {
    const path = await fileOf(lines(...Array.from({ length: 20_000 }, (_, at) => sampleOf(at))));
    let samples = 0;
    let most = 0;
    let before = 0;
    let running = true;
    const turn = () => {
      most = Math.max(most, samples - before);
      before = samples;
      if (running) setImmediate(turn);
    };
    turn();
    await lastValueFrom(replay(path, { speed }).pipe(tap(() => samples++)));
    running = false;
    expect(samples).toBe(20_000);
    expect(most).toBeLessThan(1_000);
  });
});
