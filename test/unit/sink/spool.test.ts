import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError, type LiveHeartRateError } from '../../../src/errors.js';
import { replay } from '../../../src/recording/index.js';
import {
  DeliveryFailedError,
  DeliveryRejectedError,
  defineSink,
  type Sink,
  type SinkOptions,
  type SinkService,
} from '../../../src/sink/index.js';
import { sampleOf } from '../../support/samples.js';
import { soon } from '../../support/soon.js';

let directory: string;
const open: Sink[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(async () => {
  for (const sink of open.splice(0)) await sink.close(0);
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});

/** A service that can be away, and tells what has arrived. */
function world() {
  const state = { away: true as boolean | LiveHeartRateError, arrived: [] as number[] };
  const service: SinkService = {
    name: 'Kinesis stream rides',
    limits: { records: 100, bytes: 1_000_000, recordBytes: 100_000, recordsPerKey: Infinity },
    async send(records) {
      if (state.away !== false) throw state.away === true ? new DeliveryFailedError('away') : state.away;
      for (const { data } of records)
        state.arrived.push((JSON.parse(new TextDecoder().decode(data)) as { sequence: number }).sequence);
      return records.map(() => undefined);
    },
  };
  function sink(options: SinkOptions = {}) {
    const made = defineSink(service, {
      spool: { directory, durability: 'os' },
      maxLatency: 0,
      retry: { delay: 1, maxDelay: 5 },
      ...options,
    });
    open.push(made);
    const errors: LiveHeartRateError[] = [];
    const outcomes: [number, string][] = [];
    made.errors$.subscribe((error) => errors.push(error));
    made.settled$.subscribe((settlement) =>
      outcomes.push([
        settlement.sample.sequence,
        settlement.outcome === 'dropped' ? settlement.error.code : 'delivered',
      ]),
    );
    return { sink: made, errors, outcomes };
  }
  return { state, sink };
}

const accept = async (sink: Sink, from: number, to: number) => {
  for (let at = from; at < to; at++) await sink.accept(sampleOf(at));
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const folder = () => {
  const [name = ''] = readdirSync(directory);
  return join(directory, name);
};
const segments = (ending = '.jsonl') =>
  readdirSync(folder())
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder(), name));

describe('the spool', () => {
  it('is a folder of JSON lines for each service, for its owner alone, that replay() reads', async () => {
    const { sink } = world().sink();
    await accept(sink, 0, 3);
    expect(folder()).toMatch(/kinesis-stream-rides-[0-9a-f]{8}$/);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    const [segment = ''] = segments();
    expect(statSync(segment).mode & 0o777).toBe(0o600);
    const replayed$ = replay(segment, { speed: Number.POSITIVE_INFINITY });
    expect(await lastValueFrom(replayed$.pipe(toArray()))).toEqual([0, 1, 2].map((at) => sampleOf(at)));
    expect(sink.stats()).toMatchObject({ unsettled: 3, spoolBytes: statSync(segment).size });
  });

  it('keeps what is not delivered, and sends it first after a restart', async () => {
    const { state, sink } = world();
    const first = sink();
    await accept(first.sink, 0, 250);
    await first.sink.close(10);
    expect(first.outcomes).toEqual([]);

    state.away = false;
    const second = sink();
    expect(second.sink.stats()).toMatchObject({ accepted: 250, unsettled: 250 });
    await accept(second.sink, 250, 260);
    await second.sink.flush();
    expect(state.arrived).toEqual(range(0, 260));
    expect(second.outcomes).toEqual(range(0, 260).map((at) => [at, 'delivered']));
    await second.sink.close();
    expect(readdirSync(folder())).toEqual(['checkpoint', 'lock-4']);
  });

  it('sends nothing again that was settled before', async () => {
    const { state, sink } = world();
    state.away = false;
    const first = sink().sink;
    await accept(first, 0, 20);
    await first.flush();
    state.away = true;
    await accept(first, 20, 30);
    await first.close(10);
    state.away = false;
    await sink().sink.close();
    expect(state.arrived).toEqual(range(0, 30));
  });

  it('holds no more in memory than its capacity, and brings the rest from the disk in order', async () => {
    const { state, sink } = world();
    const { sink: small, outcomes } = sink({ capacity: 10 });
    await accept(small, 0, 500);
    expect(small.stats()).toMatchObject({ unsettled: 500, dropped: 0 });
    state.away = false;
    await small.flush();
    expect(state.arrived).toEqual(range(0, 500));
    expect(outcomes).toHaveLength(500);
    await accept(small, 500, 510);
    await small.flush();
    expect(state.arrived).toEqual(range(0, 510));
  });

  it('brings them without being handed another, also while they are being written', async () => {
    const { state, sink } = world();
    state.away = false;
    const { sink: small } = sink({ capacity: 2 });
    for (let at = 0; at < 10; at++) small.accept(sampleOf(at));
    await soon(() => expect(small.stats()).toMatchObject({ delivered: 10, unsettled: 0 }));
    expect(state.arrived).toEqual(range(0, 10));
  });

  it('goes on where bursts begin new segments while the disk is slow', async () => {
    const fs = process.getBuiltinModule('node:fs');
    const { fdatasync } = fs;
    vi.spyOn(fs, 'fdatasync').mockImplementation(((fd: number, then: () => void) => {
      setTimeout(() => fdatasync(fd, then), 5);
    }) as typeof fdatasync);
    const { state, sink } = world();
    state.away = false;
    const { sink: made, errors } = sink({ spool: { directory, maxBytes: 8_000_000 } });
    const rrIntervals = Array.from({ length: 300 }, () => 812.5);
    for (let burst = 0; burst < 6; burst++) {
      for (let at = 0; at < 600; at++) made.accept(sampleOf(burst * 600 + at, { rrIntervals }));
      await made.flush(20_000);
    }
    expect(errors).toEqual([]);
    expect(state.arrived).toEqual(range(0, 3_600));
    await made.close();
    expect(errors).toEqual([]);
  });

  it('keeps samples where the service refuses everything, says so at once, and sends them when it is mended', async () => {
    const { state, sink } = world();
    const refusal = new DeliveryRejectedError('no such stream');
    state.away = refusal;
    const { sink: refused, errors, outcomes } = sink();
    await accept(refused, 0, 3);
    await soon(() => expect(errors[0]).toBe(refusal));
    expect(outcomes).toEqual([]);
    state.away = false;
    await refused.flush();
    expect(outcomes).toEqual(range(0, 3).map((at) => [at, 'delivered']));
  });

  it('has one owner at a time', async () => {
    const { sink } = world();
    const first = sink().sink;
    expect(() => sink()).toThrow(
      expect.objectContaining({ code: 'SPOOL_FAILED', message: expect.stringContaining('in this process') }),
    );
    await first.close(0);
    await sink().sink.close(0);
  });

  it.each([
    ['whose process is gone', `${2 ** 22 + 1}:1@${hostname()}`],
    ['whose number has another process now', `${process.ppid}:1@${hostname()}`],
    ['that was given back', 'free'],
  ])('takes over a lock %s', async (_, says) => {
    const { sink } = world();
    await sink().sink.close(0);
    symlinkSync(says, join(folder(), 'lock-9'));
    await sink().sink.close(0);
    expect(readdirSync(folder())).toEqual(['checkpoint', 'lock-11']);
  });

  it.each([
    ['a link', (file: string) => symlinkSync('1:2@elsewhere', file), /in use on elsewhere.*in a minute/],
    ['a file', (file: string) => writeFileSync(file, '1:2@elsewhere'), /in use on elsewhere.*in a minute/],
    [
      'an empty file, as a power cut leaves it',
      (file: string) => writeFileSync(file, ''),
      /another host.*in a minute/,
    ],
  ])('believes a lock of another host for a minute: %s', async (_, make, message) => {
    const { sink } = world();
    await sink().sink.close(0);
    make(join(folder(), 'lock-9'));
    expect(() => sink()).toThrow(message);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await sink().sink.close(0);
  });

  it('makes do without links', async () => {
    vi.spyOn(process.getBuiltinModule('node:fs'), 'symlinkSync').mockImplementation(() => {
      throw Object.assign(new Error('no links here'), { code: 'EPERM' });
    });
    const { sink } = world();
    const first = sink().sink;
    expect(() => sink()).toThrow(/already open in this process/);
    await first.close(0);
    await sink().sink.close(0);
  });

  it('cuts off a torn last line', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 3);
    await first.close(0);
    const [segment = ''] = segments();
    writeFileSync(segment, '{"timestamp":"2026-11-2', { flag: 'a' });
    state.away = false;
    const { sink: second, errors } = sink();
    await accept(second, 3, 4);
    await second.flush();
    expect(state.arrived).toEqual(range(0, 4));
    expect(errors).toEqual([]);
  });

  it('sends what is whole in a damaged segment, says so, and keeps the segment', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 5);
    await first.close(0);
    const [segment = ''] = segments();
    const lines = readFileSync(segment, 'utf8').split('\n');
    lines[2] = '\0'.repeat(100);
    writeFileSync(segment, lines.join('\n'));
    state.away = false;
    const { sink: second, errors } = sink();
    await second.flush();
    await second.close();
    expect(state.arrived).toEqual([0, 1, 3, 4]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ['SPOOL_FAILED', expect.stringMatching(/A part of .* is lost.*kept as .*damaged/)],
    ]);
    expect(segments('.damaged')).toHaveLength(1);
  });

  it('sets aside a segment that cannot be read, says so, and sends the others', async () => {
    const { state, sink } = world();
    for (const from of [0, 5]) {
      const made = sink().sink;
      await accept(made, from, from + 5);
      await made.close(0);
    }
    const [oldest = ''] = segments();
    rmSync(oldest);
    mkdirSync(oldest); // Reading a folder fails, for root too.
    state.away = false;
    const { sink: second, errors } = sink();
    await soon(() => expect(second.stats().unsettled).toBe(0));
    expect(state.arrived).toEqual(range(5, 10));
    expect(errors.at(-1)).toMatchObject({
      message: expect.stringMatching(/cannot be read, and is set aside/),
    });
    expect(segments('.damaged')).toHaveLength(1);
  });

  it.each([
    [
      'two that are settled are one',
      (lines: string[]) => lines.splice(1, 2, `${lines[1]}x${lines[2]}`),
      5,
      range(5, 10),
    ],
    [
      'one of them is two',
      (lines: string[]) => lines.splice(3, 1, '{"x":', '1'),
      0,
      [0, 1, 2, 4, 5, 6, 7, 8, 9],
    ],
    [
      'one of them is endless',
      (lines: string[]) => lines.splice(3, 1, 'x'.repeat(17 << 20)),
      0,
      [0, 1, 2, 4, 5, 6, 7, 8, 9],
    ],
  ])('loses no whole line where damage changes how many there are: %s', async (_, damage, settled, whole) => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 10);
    await first.close(0);
    const [segment = ''] = segments();
    const lines = readFileSync(segment, 'utf8').split('\n');
    damage(lines);
    writeFileSync(segment, lines.join('\n'));
    const digits = String(settled).padStart(16, '0');
    writeFileSync(join(folder(), 'checkpoint'), `${digits} ${digits}\n`);
    state.away = false;
    const { sink: second, errors } = sink();
    await second.flush();
    expect(state.arrived).toEqual(expect.arrayContaining(whole));
    expect(errors.map(({ code }) => code)).toEqual(['SPOOL_FAILED']);
  });

  it('loses no line behind the zeros that a power cut leaves in the place of others', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 10);
    await first.close(0);
    const [segment = ''] = segments();
    const lines = readFileSync(segment, 'utf8').split('\n');
    lines.splice(1, 3, `${'\0'.repeat(300)}${lines[3]}`);
    writeFileSync(segment, lines.join('\n'));
    const digits = '5'.padStart(16, '0');
    writeFileSync(join(folder(), 'checkpoint'), `${digits} ${digits}\n`);
    state.away = false;
    await sink().sink.flush();
    expect(state.arrived).toEqual(expect.arrayContaining(range(5, 10)));
  });

  it('goes on in a new segment where somebody has deleted the one it writes to, and says so', async () => {
    const { state, sink } = world();
    const { sink: made, errors } = sink({ capacity: 2 });
    await accept(made, 0, 5);
    for (const segment of segments()) rmSync(segment);
    state.away = false;
    await soon(() => expect(made.stats().unsettled).toBe(0));
    expect(errors.some(({ code }) => code === 'SPOOL_FAILED')).toBe(true);
    state.away = true;
    await accept(made, 5, 15);
    state.away = false;
    await made.flush();
    expect(state.arrived.filter((at) => at >= 5)).toEqual(range(5, 15));
  });

  it('takes a segment for sound where there are no more file descriptors', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 5);
    await first.close(0);
    const { promises } = process.getBuiltinModule('node:fs');
    const open = vi
      .spyOn(promises, 'open')
      .mockRejectedValue(Object.assign(new Error('x'), { code: 'EMFILE' }));
    state.away = false;
    const { sink: second, errors } = sink();
    await soon(() => expect(errors.length).toBeGreaterThan(3));
    open.mockRestore();
    await second.flush();
    expect(state.arrived).toEqual(range(0, 5));
  });

  it('closes, and tells what is lost, where the disk can only be read any more', async () => {
    const fs = process.getBuiltinModule('node:fs');
    const { sink: made, outcomes, errors } = world().sink();
    await accept(made, 0, 1);
    const readOnly = Object.assign(new Error('read-only'), { code: 'EROFS' });
    const fail = () => {
      throw readOnly;
    };
    for (const name of [
      'rmSync',
      'renameSync',
      'writeSync',
      'ftruncateSync',
      'symlinkSync',
      'writeFileSync',
    ] as const)
      vi.spyOn(fs, name).mockImplementation(fail);
    vi.spyOn(fs, 'write').mockImplementation(((...words: unknown[]) =>
      (words.at(-1) as (error: Error) => void)(readOnly)) as typeof fs.write);
    made.accept(sampleOf(1));
    await made.close(50);
    expect(outcomes).toEqual([[1, 'DELIVERY_FAILED']]);
    expect(errors.some(({ message }) => /EROFS.*access/.test(message))).toBe(true);
  });

  it('keeps what stands behind a write that never ends, and says what is lost', async () => {
    const fs = process.getBuiltinModule('node:fs');
    const { sink } = world();
    const { sink: made, outcomes } = sink({ capacity: 10 });
    await accept(made, 0, 1);
    const write = vi.spyOn(fs, 'write').mockImplementation((() => {}) as unknown as typeof fs.write);
    made.accept(sampleOf(1));
    await soon(() => expect(write).toHaveBeenCalled());
    const rrIntervals = Array.from({ length: 2_000 }, () => 812.5);
    for (let at = 2; at < 702; at++) made.accept(sampleOf(at, { rrIntervals }));
    await made.close(0);
    write.mockRestore();
    const { state, sink: again } = world();
    state.away = false;
    const { sink: second } = again();
    await second.flush(20_000);
    const known = [...outcomes.map(([sequence]) => sequence), ...state.arrived].toSorted((a, b) => a - b);
    expect([...new Set(known)]).toEqual(range(0, 702));
    expect(state.arrived.length).toBeGreaterThan(400);
  });

  it('makes room with what is settled while it is being written', async () => {
    const fs = process.getBuiltinModule('node:fs');
    const { write } = fs;
    vi.spyOn(fs, 'write').mockImplementation(((...words: unknown[]) => {
      setTimeout(() => Reflect.apply(write, fs, words), 20);
    }) as typeof write);
    const { state, sink } = world();
    state.away = false;
    const { sink: made } = sink({ spool: { directory, durability: 'os', maxBytes: 20_000 } });
    made.accept(sampleOf(0));
    await soon(() => expect(vi.mocked(fs.write)).toHaveBeenCalled());
    for (let at = 1; at < 200; at++) made.accept(sampleOf(at));
    await made.flush();
    const { dropped } = made.stats();
    await soon(() => expect(made.stats().spoolBytes).toBeLessThan(5_000));
    await accept(made, 200, 205);
    await made.flush();
    expect(made.stats()).toMatchObject({ dropped, unsettled: 0 });
  });

  it('lets in what waits for room where what it held cannot be sent', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 5);
    await first.close(0);
    const [segment = ''] = segments();
    writeFileSync(segment, readFileSync(segment, 'utf8').replaceAll('{', '#'));
    state.away = false;
    const { sink: second } = sink({ capacity: 3, overflow: 'wait' });
    await accept(second, 10, 13);
    await second.flush();
    expect(state.arrived).toEqual(range(10, 13));
  });

  it('takes samples up to the end of a close(), and none behind it', async () => {
    const { state, sink } = world();
    const first = sink();
    await accept(first.sink, 0, 1);
    const closed = first.sink.close(50);
    await accept(first.sink, 1, 2);
    await closed;
    first.sink.accept(sampleOf(2));
    await first.sink.flush();
    expect(first.outcomes).toEqual([]);
    state.away = false;
    await sink().sink.close();
    expect(state.arrived).toEqual([0, 1]);
  });

  it('ends a close() at the shortest time that was asked for', async () => {
    const { sink: made } = world().sink();
    await accept(made, 0, 1);
    const closed = made.close(60_000);
    await made.close(0);
    await closed;
  });

  it('begins at the oldest segment where the checkpoint says nothing', async () => {
    const { state, sink } = world();
    const first = sink().sink;
    await accept(first, 0, 5);
    await first.close(0);
    writeFileSync(join(folder(), 'checkpoint'), '0000000000000004 0000000000000003\n');
    state.away = false;
    await sink().sink.close();
    expect(state.arrived).toEqual(range(0, 5));
  });

  it('drops, with what to do, what is more than maxBytes, and makes room with what is settled', async () => {
    const { state, sink } = world();
    const { sink: small, outcomes } = sink({ spool: { directory, durability: 'os', maxBytes: 10_000 } });
    await accept(small, 0, 100);
    const dropped = outcomes.length;
    expect(dropped).toBeGreaterThan(30);
    expect(new Set(outcomes.map(([, outcome]) => outcome))).toEqual(new Set(['SPOOL_FAILED']));
    expect(small.stats().spoolBytes).toBeLessThanOrEqual(10_000);
    state.away = false;
    await small.flush();
    await accept(small, 100, 101);
    await small.flush();
    expect(state.arrived).toEqual([...range(0, 100 - dropped), 100]);
  });

  it('says when a sample is stored: with disk, not before an fsync', async () => {
    const fs = process.getBuiltinModule('node:fs');
    const sync = vi.spyOn(fs, 'fdatasync');
    const { sink } = world();
    const stored = sink({ spool: { directory, durability: 'disk' } }).sink.accept(sampleOf(0));
    expect(sync).not.toHaveBeenCalled();
    await stored;
    expect(sync).toHaveBeenCalledOnce();
    await open.splice(0)[0]?.close(0);

    await sink({ spool: { directory, durability: 'os' } }).sink.accept(sampleOf(1));
    expect(sync).toHaveBeenCalledOnce();
  });

  it('stores by itself what a source hands in that does not wait', async () => {
    const { state, sink } = world();
    const { sink: made } = sink({ capacity: 100 });
    const large = Array.from({ length: 1_000 }, () => 812.5);
    for (let at = 0; at < 1_000; at++) made.accept(sampleOf(at, { rrIntervals: large }));
    state.away = false;
    await made.flush(20_000);
    expect(state.arrived).toEqual(range(0, 1_000));
  });

  describe('on a disk that is full', () => {
    /** Writes fail as long as `isFull`, the first of them after a part. */
    function fillDisk() {
      const fs = process.getBuiltinModule('node:fs');
      const disk = { isFull: true };
      const { write } = fs;
      vi.spyOn(fs, 'write').mockImplementation(((...words: unknown[]) => {
        const then = words.at(-1) as (error: Error | null) => void;
        if (!disk.isFull) return Reflect.apply(write, fs, words);
        const [fd, data, from, , offset] = words as [number, Buffer, number, number, number];
        fs.writeSync(fd, data, from, Math.min(10, data.length), offset);
        setImmediate(then, Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      }) as typeof write);
      return disk;
    }

    it('delivers from memory meanwhile, says what to do, and stores when there is room', async () => {
      const disk = fillDisk();
      const { state, sink } = world();
      state.away = false;
      const { sink: made, errors } = sink();
      let stored = 0;
      for (let at = 0; at < 3; at++) made.accept(sampleOf(at)).then(() => stored++);
      await made.flush();
      expect(state.arrived).toEqual(range(0, 3));
      await soon(() => expect(errors[0]).toMatchObject({ code: 'SPOOL_FAILED', retriable: true }));
      expect(errors[0]?.message).toMatch(/ENOSPC.*Make room/);
      expect(stored).toBe(0);
      disk.isFull = false;
      await soon(() => expect(stored).toBe(3));
      await made.close();
    });

    it('delivers also what has no room in memory', async () => {
      fillDisk();
      const { state, sink } = world();
      const { sink: made, errors } = sink({ capacity: 2 });
      for (let at = 0; at < 20; at++) made.accept(sampleOf(at));
      await soon(() => expect(errors.some(({ code }) => code === 'SPOOL_FAILED')).toBe(true));
      state.away = false;
      await made.flush();
      expect(state.arrived).toEqual(range(0, 20));
    });

    it('drops, with the reason, what is too much to wait for room in memory', async () => {
      fillDisk();
      const { sink: made, outcomes, errors } = world().sink({ capacity: 10 });
      const large = Array.from({ length: 5_000 }, () => 812.5);
      made.accept(sampleOf(0));
      await soon(() => expect(errors.some(({ code }) => code === 'SPOOL_FAILED')).toBe(true));
      for (let at = 1; at < 50; at++) made.accept(sampleOf(at, { rrIntervals: large }));
      expect(outcomes.length).toBeGreaterThan(5);
      expect(new Set(outcomes.map(([, outcome]) => outcome))).toEqual(new Set(['SPOOL_FAILED']));
      // What is closed now would be lost: every sample is told.
      await made.close(0);
      expect(outcomes.map(([sequence]) => sequence).toSorted((a, b) => a - b)).toEqual(range(0, 50));
    });

    it('leaves nothing torn behind when it is closed', async () => {
      const disk = fillDisk();
      const { state, sink } = world();
      const first = sink();
      first.sink.accept(sampleOf(0));
      await soon(() => expect(first.errors.some(({ code }) => code === 'SPOOL_FAILED')).toBe(true));
      await first.sink.close(0);
      expect(first.outcomes).toEqual([[0, 'DELIVERY_FAILED']]);
      disk.isFull = false;
      state.away = false;
      const second = sink();
      await accept(second.sink, 1, 2);
      await second.sink.flush();
      expect(state.arrived).toEqual([1]);
      expect(second.errors).toEqual([]);
    });
  });

  it('takes ~ for the home of the user', () => {
    vi.spyOn(process.getBuiltinModule('node:os'), 'homedir').mockReturnValue(directory);
    world().sink({ spool: '~/spools' });
    expect(readdirSync(directory)).toEqual(['spools']);
  });

  it('says what is wrong with a folder that cannot be one', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => world().sink({ spool: join(file, 'below') })).toThrow(
      expect.objectContaining({
        code: 'SPOOL_FAILED',
        message: expect.stringMatching(/ENOTDIR.*another folder/),
      }),
    );
  });

  it.each([
    { spool: '' },
    { spool: {} },
    { spool: { directory: 'x', durability: 'memory' } },
    { spool: { directory: 'x', maxBytes: 0 } },
  ])('refuses %o', (options) => {
    expect(() => world().sink(options as unknown as SinkOptions)).toThrow(InvalidArgumentError);
  });

  it('needs Node.js, and says so', () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    vi.stubGlobal('process', undefined);
    try {
      expect(() => world().sink()).toThrow(/needs Node\.js/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
