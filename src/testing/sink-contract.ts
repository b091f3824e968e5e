import { deepStrictEqual as equal, match, ok } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveHeartRateError } from '../errors.js';
import { type HeartRateSample, parseSamples, type StoredSample } from '../sample/index.js';
import type { Settlement, Sink, SinkOptions } from '../sink/index.js';

/** A sink, and a look at what has arrived behind it. */
export interface OpenSink {
  /** The sink. */
  readonly sink: Sink;
  /** Everything that has arrived, in order, in the wire format. */
  readonly arrived: () => Promise<string>;
}

/** A sink that can never deliver. */
export interface NowhereSink {
  /** The sink. */
  readonly sink: Sink;
  /** What its error says. */
  readonly message: RegExp;
}

/** How the contract gets at a sink. */
export interface SinkRig {
  /** Makes a sink for an empty place, with these options. */
  readonly open: (options?: SinkOptions) => Promise<OpenSink>;
  /** Makes a sink for a place that does not exist or may not be written to, where there can be such a place. */
  readonly openNowhere?: () => NowhereSink;
}

/** One sentence of the contract. */
export interface ContractCheck {
  /** What holds. */
  readonly name: string;
  /** Rejects with an `AssertionError` where it does not. */
  readonly run: () => Promise<void>;
}

/** How long something may take that has to happen, milliseconds. */
const DEADLINE = 60_000;

/**
 * What every sink does, sentence by sentence, for any test runner: `for (const { name, run } of sinkContract(rig))
 * it(name, run)`.
 *
 * @param rig - How to open sinks, and to see what has arrived. One of the samples takes 2 MB: `limits.recordBytes` has to
 *   be less.
 * @returns The checks; each opens sinks of its own, and closes them.
 *
 * @example
 * ```ts
 * import { defineSink } from 'liveheartrate';
 * import { sinkContract } from 'liveheartrate/testing';
 *
 * const checks = sinkContract({
 *   async open(options) {
 *     let text = '';
 *     const limits = { records: 100, bytes: 1_000_000, recordBytes: 100_000, recordsPerKey: 100 };
 *     const sink = defineSink({
 *       name: 'page',
 *       limits,
 *       send: async (records) => {
 *         for (const { data } of records) text += new TextDecoder().decode(data);
 *         return records.map(() => undefined);
 *       },
 *     }, options);
 *     return { sink, arrived: async () => text };
 *   },
 * });
 * for (const { run } of checks) await run();
 * checks.map(({ name }) => name).includes('keeps each session in order among others'); // => true
 * ```
 */
export function sinkContract(rig: SinkRig): readonly ContractCheck[] {
  const { open, openNowhere } = rig;
  const checks: ContractCheck[] = [];
  const check = (name: string, run: () => Promise<void>) => checks.push({ name, run: () => inTime(run()) });

  check('delivers every sample once, in order, in the wire format, and settles each', async () => {
    const { sink, arrived } = await open();
    const { settled } = watch(sink);
    const samples = Array.from({ length: 1_234 }, (_, at) => sampleOf(at));
    for (const sample of samples) sink.accept(sample);
    await sink.flush();
    equal(await read(arrived), samples);
    equal(
      settled,
      samples.map((sample) => ({ outcome: 'delivered', sample })),
    );
    const { accepted, delivered, dropped, unsettled } = sink.stats();
    equal([accepted, delivered, dropped, unsettled], [1_234, 1_234, 0, 0]);
    await sink.close();
  });

  check('keeps each session in order among others', async () => {
    const { sink, arrived } = await open();
    const samples = Array.from({ length: 300 }, (_, at) =>
      sampleOf(Math.floor(at / 10), { session: `ride ${at % 10}` }),
    );
    for (const sample of samples) sink.accept(sample);
    await sink.flush();
    const all = await read(arrived);
    for (let ride = 0; ride < 10; ride++) {
      const mine = ({ session }: StoredSample) => session === `ride ${ride}`;
      equal(all.filter(mine), samples.filter(mine));
    }
    await sink.close();
  });

  check('delivers a single sample by itself within its latency', async () => {
    const { sink, arrived } = await open({ maxLatency: 20 });
    sink.accept(sampleOf(0));
    for (const start = performance.now(); (await arrived()) === ''; await sleep(20))
      ok(performance.now() - start < DEADLINE, 'It was accepted, and has not arrived.');
    equal(await read(arrived), [sampleOf(0)]);
    await sink.close();
  });

  check('packs many samples of a session into a record, in order', async () => {
    const { sink, arrived } = await open({ pack: { delay: 60_000 } });
    const samples = Array.from({ length: 500 }, (_, at) => sampleOf(at));
    for (const sample of samples) sink.accept(sample);
    await sink.flush();
    equal(await read(arrived), samples);
    await sink.close();
  });

  check('drops a sample that is too large, and delivers those beside it', async () => {
    const { sink, arrived } = await open();
    const { settled } = watch(sink);
    const large = sampleOf(1, { rrIntervals: Array.from({ length: 200_000 }, () => 615.234375) });
    for (const sample of [sampleOf(0), large, sampleOf(2)]) sink.accept(sample);
    await sink.flush();
    equal(await read(arrived), [sampleOf(0), sampleOf(2)]);
    const dropped = settled.filter(({ outcome }) => outcome === 'dropped');
    equal(dropped.map(codeOf), ['SAMPLE_TOO_LARGE']);
    equal(dropped[0]?.sample, large);
    await sink.close();
  });

  check('holds a source back that waits for it, and loses nothing', async () => {
    const { sink, arrived } = await open({ capacity: 5, overflow: 'wait', maxLatency: 0 });
    const samples = Array.from({ length: 25 }, (_, at) => sampleOf(at));
    for (const sample of samples) await sink.accept(sample);
    await sink.flush();
    equal(await read(arrived), samples);
    await sink.close();
  });

  check('delivers what it has when it is closed, completes, and takes no more', async () => {
    const { sink, arrived } = await open({ maxLatency: 60_000 });
    const { settled, isCompleted } = watch(sink);
    sink.accept(sampleOf(0));
    const closed = sink.close();
    sink.accept(sampleOf(1));
    await Promise.all([closed, sink.close()]);
    equal(await read(arrived), [sampleOf(0)]);
    equal(settled.map(codeOf).sort(), ['SINK_CLOSED', 'delivered']);
    ok(isCompleted(), 'settled$ and errors$ have not completed.');
  });

  if (!openNowhere) return checks;
  check('drops at once, with what to do, what can never be delivered', async () => {
    const { sink, message } = openNowhere();
    const { settled, errors } = watch(sink);
    sink.accept(sampleOf(0));
    await sink.flush();
    equal(settled.map(codeOf), ['DELIVERY_REJECTED']);
    equal(settled[0]?.sample, sampleOf(0));
    equal(
      errors.map(({ code }) => code),
      ['DELIVERY_REJECTED'],
    );
    match(errors[0]?.message ?? '', message);
    await sink.close();
  });
  return checks;
}

/** A sink that never settles something would never end. */
async function inTime(run: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const late = sleep(3 * DEADLINE, true, { signal: timer.signal, ref: false });
  const isLate = await Promise.race([run.then(() => false), late.catch(() => false)]);
  timer.abort();
  ok(!isLate, 'It did not come to an end: some sample has not settled.');
}

const codeOf = (settlement: Settlement) =>
  settlement.outcome === 'dropped' ? settlement.error.code : settlement.outcome;

const read = async (arrived: () => Promise<string>) => parseSamples(await arrived()).samples;

function watch(sink: Sink) {
  const settled: Settlement[] = [];
  const errors: LiveHeartRateError[] = [];
  let completed = 0;
  const complete = () => completed++;
  sink.settled$.subscribe({ next: (settlement) => settled.push(settlement), complete });
  sink.errors$.subscribe({ next: (error) => errors.push(error), complete });
  return { settled, errors, isCompleted: () => completed === 2 };
}

/** A sample of the session `ride`, one second after the one before it. */
function sampleOf(sequence: number, more: Partial<HeartRateSample> = {}): HeartRateSample {
  return {
    timestamp: new Date(Date.UTC(2026, 10, 23, 10) + sequence * 1_000),
    heartRate: 60 + (sequence % 100),
    rrIntervals: [812.5],
    sensor: { id: 'strap-1', name: 'Strap 1' },
    session: 'ride',
    sequence,
    ...more,
  };
}
