import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import {
  DeliveryFailedError,
  DeliveryRejectedError,
  defineSink,
  type Settlement,
  type SinkLimits,
  type SinkOptions,
} from '../../../src/sink/index.js';
import { memoryService, sequences } from '../../support/memory-service.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(options: SinkOptions = {}, limits: Partial<SinkLimits> = {}) {
  const { service, calls } = memoryService(limits);
  const sink = defineSink(service, options);
  const settled: Settlement[] = [];
  sink.settled$.subscribe((settlement) => settled.push(settlement));
  const accept = (count: number, from = 0) => {
    for (let at = from; at < from + count; at++) sink.accept(sampleOf(at));
  };
  const outcomes = () =>
    settled.map((settlement) => [
      settlement.sample.sequence,
      settlement.outcome === 'dropped' ? settlement.error.code : 'delivered',
    ]);
  return { sink, calls, accept, outcomes };
}

const failed = new DeliveryFailedError('busy');
const rejected = new DeliveryRejectedError('no such stream');

describe('defineSink: batching', () => {
  it('sends after maxLatency, counted from the oldest sample, also while others keep coming', () => {
    const { calls, accept } = open({ maxLatency: 200 });
    accept(1);
    vi.advanceTimersByTime(150);
    accept(1, 1);
    vi.advanceTimersByTime(49);
    expect(calls).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(calls.map(sequences)).toEqual([[0, 1]]);
  });

  it('sends a full batch at once, by records and by bytes', () => {
    const byRecords = open({}, { records: 3 });
    byRecords.accept(3);
    expect(byRecords.calls.map(sequences)).toEqual([[0, 1, 2]]);

    const byBytes = open({}, { bytes: 400 });
    byBytes.accept(3);
    expect(byBytes.calls.map(sequences)).toEqual([[0, 1]]);
  });

  it('has one call in flight at a time, and sends the rest when it is answered', async () => {
    const { calls, accept } = open({}, { records: 2 });
    accept(5);
    expect(calls).toHaveLength(1);
    await calls[0]?.answer();
    expect(calls.map(sequences)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    await calls[1]?.answer();
    vi.advanceTimersByTime(200);
    expect(calls.map(sequences)).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('keys records by session, or as asked', () => {
    const bySession = open({}, { records: 1 });
    bySession.accept(1);
    expect(bySession.calls[0]?.keys).toEqual(['ride']);
    const bySensor = open({ partitionKey: ({ sensor }) => sensor.id }, { records: 1 });
    bySensor.accept(1);
    expect(bySensor.calls[0]?.keys).toEqual(['strap-1']);
  });
});

describe('defineSink: settling', () => {
  it('settles each sample once, in order, when its record is answered', async () => {
    const { calls, accept, outcomes } = open({}, { records: 2 });
    accept(2);
    expect(outcomes()).toEqual([]);
    await calls[0]?.answer();
    expect(outcomes()).toEqual([
      [0, 'delivered'],
      [1, 'delivered'],
    ]);
  });

  it('sends again only what failed, before what came later', async () => {
    const { calls, accept, outcomes } = open({}, { records: 3 });
    accept(4);
    await calls[0]?.answer([undefined, failed, undefined]);
    expect(outcomes()).toEqual([
      [0, 'delivered'],
      [2, 'delivered'],
    ]);
    vi.advanceTimersByTime(100);
    expect(sequences(calls[1])).toEqual([1, 3]);
  });

  it('drops at once, with its payload, what can never be delivered', async () => {
    const { calls, accept, outcomes } = open({}, { records: 2 });
    accept(2);
    await calls[0]?.fail(rejected);
    expect(outcomes()).toEqual([
      [0, 'DELIVERY_REJECTED'],
      [1, 'DELIVERY_REJECTED'],
    ]);
  });

  it('backs off longer and longer, and gives a sample up after retryFor', async () => {
    const { calls, accept, outcomes } = open({ retry: { for: 60_000 } }, { records: 1 });
    accept(1);
    for (let elapsed = 0; outcomes().length === 0 && elapsed < 120_000; elapsed += 1_000) {
      await calls.at(-1)?.fail(new Error('connection reset'));
      vi.advanceTimersByTime(1_000);
    }
    expect(outcomes()).toEqual([[0, 'DELIVERY_FAILED']]);
    expect(calls.length).toBeLessThan(30);
  });

  it('takes an answer for too few records for a failure of all', async () => {
    const { calls, accept, outcomes } = open({}, { records: 2 });
    accept(2);
    await calls[0]?.answer([undefined]);
    expect(outcomes()).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(sequences(calls[1])).toEqual([0, 1]);
  });

  it('gives up a call that is never answered, and sends again', async () => {
    const { calls, accept } = open({}, { records: 1 });
    accept(1);
    await vi.advanceTimersByTimeAsync(30_100);
    expect(calls.map(sequences)).toEqual([[0], [0]]);
  });

  it('drops the oldest that is not in flight where it is full', async () => {
    const { calls, accept, outcomes } = open({ capacity: 3 }, { records: 1 });
    accept(5);
    expect(outcomes()).toEqual([
      [1, 'BUFFER_OVERFLOW'],
      [2, 'BUFFER_OVERFLOW'],
    ]);
    await calls[0]?.answer();
    expect(sequences(calls[1])).toEqual([3]);
  });

  it('drops the new one where everything is in flight', () => {
    const { accept, outcomes } = open({ capacity: 1 });
    accept(2);
    expect(outcomes()).toEqual([[1, 'BUFFER_OVERFLOW']]);
  });

  it('drops a sample whose key or values no service and no reader takes', () => {
    const { sink, outcomes } = open({ partitionKey: ({ sensor }) => sensor.name ?? '' });
    sink.accept(sampleOf(0, { sensor: { id: 'a' } }));
    sink.accept(sampleOf(1, { sensor: { id: 'a', name: 'n'.repeat(257) } }));
    sink.accept(sampleOf(2, { heartRate: Number.NaN }));
    sink.accept(sampleOf(3, { session: 's'.repeat(129) }));
    expect(outcomes()).toEqual([0, 1, 2, 3].map((sequence) => [sequence, 'INVALID_ARGUMENT']));
  });

  it('keeps order where a subscriber hands in a sample while another overflows', async () => {
    const { sink, calls, accept } = open({ capacity: 3 }, { records: 1 });
    sink.settled$.subscribe(({ sample }) => {
      if (sample.sequence === 1) accept(1, 9);
    });
    accept(4);
    await calls[0]?.answer();
    await calls[1]?.answer();
    expect(calls.map(sequences)).toEqual([[0], [3], [9]]);
  });

  it('waits as long as asked, however long', () => {
    const { calls, accept } = open({ maxLatency: Number.POSITIVE_INFINITY });
    accept(1);
    vi.advanceTimersByTime(86_400_000);
    expect(calls).toHaveLength(0);
  });

  it('drops a sample too large for a record, and one that cannot be written', () => {
    const { sink, outcomes } = open({}, { recordBytes: 200 });
    sink.accept(sampleOf(0, { rrIntervals: Array.from({ length: 100 }, () => 812.5) }));
    sink.accept(sampleOf(1, { timestamp: new Date(Number.NaN) }));
    expect(outcomes()).toEqual([
      [0, 'SAMPLE_TOO_LARGE'],
      [1, 'INVALID_ARGUMENT'],
    ]);
  });

  it('takes a sample that a subscriber hands in while others settle', async () => {
    const { sink, calls, accept } = open({}, { records: 2 });
    sink.settled$.subscribe(({ sample }) => {
      if (sample.sequence === 0) accept(1, 9);
    });
    accept(3);
    await calls[0]?.answer([undefined, failed]);
    vi.advanceTimersByTime(200);
    expect(sequences(calls[1])).toEqual([1, 2]);
    await calls[1]?.answer();
    vi.advanceTimersByTime(200);
    expect(sequences(calls[2])).toEqual([9]);
  });

  it.each([{ maxLatency: -1 }, { capacity: 0 }, { retry: { for: Number.NaN } }])('refuses %o', (options) => {
    expect(() => open(options)).toThrow(InvalidArgumentError);
  });
});

describe('defineSink: ending', () => {
  it('flushes what has been accepted without waiting, and resolves when it is settled', async () => {
    const { sink, calls, accept } = open();
    accept(2);
    const done = vi.fn();
    sink.flush().then(done);
    expect(calls.map(sequences)).toEqual([[0, 1]]);
    await Promise.resolve();
    expect(done).not.toHaveBeenCalled();
    await calls[0]?.answer();
    expect(done).toHaveBeenCalledOnce();
  });

  it('flushes at once where nothing is unsettled', async () => {
    await expect(open().sink.flush()).resolves.toBeUndefined();
  });

  it('closes: settles what is left, drops what comes later, and leaves no timer', async () => {
    const { sink, calls, accept, outcomes } = open();
    accept(1);
    const closed = sink.close();
    await calls[0]?.answer();
    await closed;
    expect(outcomes()).toEqual([[0, 'delivered']]);
    accept(1, 1);
    expect(outcomes()).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('settles a sample after closing as dropped', async () => {
    const { sink, accept, outcomes } = open();
    const closed = sink.close();
    accept(1);
    await closed;
    expect(outcomes()).toEqual([[0, 'SINK_CLOSED']]);
  });

  it('tries once more at once when it is closed while it pauses, also without a deadline', async () => {
    const { sink, calls, accept, outcomes } = open({}, { records: 1 });
    accept(1);
    for (let attempt = 0; attempt < 8; attempt++) {
      await calls.at(-1)?.fail(failed);
      if (attempt < 7) await vi.advanceTimersByTimeAsync(20_000);
    }
    const sent = calls.length;
    const closed = sink.close(Number.POSITIVE_INFINITY);
    expect(calls).toHaveLength(sent + 1);
    await calls.at(-1)?.answer();
    await closed;
    expect(outcomes()).toEqual([[0, 'delivered']]);
  });

  it('drops what cannot be delivered before the deadline of close()', async () => {
    const { sink, calls, accept, outcomes } = open();
    accept(2);
    const closed = sink.close(5_000);
    await calls[0]?.fail(failed);
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
    expect(outcomes()).toEqual([
      [0, 'DELIVERY_FAILED'],
      [1, 'DELIVERY_FAILED'],
    ]);
    await calls.at(-1)?.answer();
    expect(outcomes()).toHaveLength(2);
  });
});

describe('defineSink: any failures', () => {
  const answer = fc.constantFrom('delivered', 'failed', 'all failed');

  it('settles every sample exactly once as delivered, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(answer, { minLength: 1 })),
        fc.integer({ min: 1, max: 40 }),
        async (script, count) => {
          const { sink, calls, accept, outcomes } = open({}, { records: 7 });
          const arrived: number[] = [];
          accept(count);
          const done = sink.flush();
          for (let at = 0; outcomes().length < count; at++) {
            const call = calls[at];
            if (!call) throw new Error('Nothing is being sent, though not all is settled.');
            const words = script[at] ?? ['delivered'];
            const results = sequences(call).map((_, index) =>
              words[index % words.length] === 'delivered' ? undefined : failed,
            );
            if (words[0] === 'all failed') await call.fail(failed);
            else {
              arrived.push(...sequences(call).filter((_, index) => results[index] === undefined));
              await call.answer(results);
            }
            await vi.advanceTimersByTimeAsync(20_000);
          }
          await done;
          const all = Array.from({ length: count }, (_, sequence) => sequence);
          expect(arrived.toSorted((a, b) => a - b)).toEqual(all);
          expect(outcomes().toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(
            all.map((sequence) => [sequence, 'delivered']),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
