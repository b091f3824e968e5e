import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveHeartRateError } from '../../../src/errors.js';
import {
  DeliveryFailedError,
  DeliveryRejectedError,
  DeliveryThrottledError,
  defineSink,
  type SinkLimits,
  type SinkOptions,
} from '../../../src/sink/index.js';
import { memoryService, sequences } from '../../support/memory-service.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function open(options: SinkOptions = {}, limits: Partial<SinkLimits> = {}) {
  const { service, calls } = memoryService(limits);
  const sink = defineSink(service, options);
  const errors: LiveHeartRateError[] = [];
  sink.errors$.subscribe((error) => errors.push(error));
  const accept = (count: number, session = 'ride') => {
    for (let at = 0; at < count; at++) sink.accept(sampleOf(at, { session }));
  };
  return { sink, calls, errors, accept };
}

const failed = new DeliveryFailedError('busy');
const throttled = new DeliveryThrottledError('slow down');

describe('failures', () => {
  it('shows each call that failed, how old the oldest sample is, and how often it has tried', async () => {
    const { sink, calls, errors, accept } = open({}, { records: 2 });
    accept(2);
    await calls[0]?.fail(failed);
    await vi.advanceTimersByTimeAsync(1_000);
    await calls[1]?.answer([undefined, throttled]);
    expect(errors).toEqual([failed, throttled]);
    expect(sink.stats()).toMatchObject({
      ...{ accepted: 2, delivered: 1, dropped: 0, unsettled: 1 },
      ...{ calls: 2, retries: 3, throttles: 1, oldestAge: 1_000, spoolBytes: 0 },
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await calls[2]?.answer();
    expect(sink.stats()).toMatchObject({ delivered: 2, unsettled: 0, oldestAge: undefined });
  });

  it('pauses between none and twice as long each time, up to a bound', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    const { calls, accept } = open({ retry: { delay: 100, maxDelay: 400 } }, { records: 1 });
    accept(1);
    for (const pause of [100, 200, 400, 400]) {
      const before = calls.length;
      await calls.at(-1)?.fail(failed);
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(calls).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(before + 1);
    }
    random.mockReturnValue(0);
    const before = calls.length;
    await calls.at(-1)?.fail(failed);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(before + 1);
  });

  it('lets other keys go on while one that failed pauses', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { calls, accept } = open({ maxLatency: 0 }, { recordsPerKey: 1, calls: 4 });
    accept(1, 'a');
    await vi.advanceTimersByTimeAsync(0);
    await calls[0]?.answer([failed]);
    accept(1, 'b');
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['a']]);
  });

  it('sends less at a time while it is throttled, and more again afterwards', async () => {
    const { sink, calls } = open({ maxLatency: 0, capacity: 100_000 }, { records: 64 });
    for (let at = 0; at < 20_000; at++) sink.accept(sampleOf(at));
    await calls[0]?.answer();
    for (let turn = 0; turn < 5; turn++) {
      await vi.advanceTimersByTimeAsync(20_000);
      const call = calls.at(-1);
      await call?.answer(sequences(call).map((_, at) => (at === 0 ? undefined : throttled)));
    }
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sequences(calls.at(-1))).toHaveLength(2);
    for (let turn = 0; turn < 60; turn++) await calls.at(-1)?.answer();
    expect(sequences(calls.at(-1))).toHaveLength(64);
  });

  it('says at once what refuses everything, and drops it with its payload where there is no spool', async () => {
    const { sink, calls, errors } = open({}, { records: 1 });
    const dropped = vi.fn();
    sink.settled$.subscribe(dropped);
    sink.accept(sampleOf(0));
    const error = new DeliveryRejectedError('no such stream');
    await calls[0]?.fail(error);
    expect(errors).toEqual([error]);
    expect(dropped).toHaveBeenCalledExactlyOnceWith({ outcome: 'dropped', sample: sampleOf(0), error });
  });

  it('drops one record that is refused for good, and delivers those beside it', async () => {
    const { sink, calls } = open({}, { records: 2 });
    const outcomes: string[] = [];
    sink.settled$.subscribe(({ outcome }) => outcomes.push(outcome));
    sink.accept(sampleOf(0));
    sink.accept(sampleOf(1));
    await calls[0]?.answer([new DeliveryRejectedError('not this one'), undefined]);
    expect(outcomes).toEqual(['dropped', 'delivered']);
  });

  it('ends what is under way when it is closed', async () => {
    let aborted = false;
    const sink = defineSink(
      {
        name: 'silent',
        limits: { records: 1, bytes: 1_000, recordBytes: 1_000 },
        send: (_, signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true;
              reject(signal.reason);
            });
          }),
      },
      { maxLatency: 0 },
    );
    sink.accept(sampleOf(0));
    const closed = sink.close(50);
    await vi.advanceTimersByTimeAsync(50);
    await closed;
    expect(aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
