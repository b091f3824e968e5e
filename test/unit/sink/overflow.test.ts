import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { DeliveryFailedError, defineSink, type SinkOptions } from '../../../src/sink/index.js';
import { memoryService, sequences } from '../../support/memory-service.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(options: SinkOptions) {
  const { service, calls } = memoryService({ records: 2 });
  const sink = defineSink(service, { maxLatency: 1_000, ...options });
  const dropped: [number, string][] = [];
  sink.settled$.subscribe((settlement) => {
    if (settlement.outcome === 'dropped') dropped.push([settlement.sample.sequence, settlement.error.code]);
  });
  return { sink, calls, dropped };
}

describe('overflow', () => {
  it('drops the newest where asked, and keeps what it has', async () => {
    const { sink, calls, dropped } = open({ capacity: 3, overflow: 'drop-newest' });
    for (let at = 0; at < 5; at++) sink.accept(sampleOf(at));
    expect(dropped).toEqual([
      [3, 'BUFFER_OVERFLOW'],
      [4, 'BUFFER_OVERFLOW'],
    ]);
    await calls[0]?.answer();
    vi.advanceTimersByTime(1_000);
    expect(calls.map(sequences)).toEqual([[0, 1], [2]]);
  });

  it('drops the oldest first, also of what has failed before', async () => {
    const { sink, calls, dropped } = open({ capacity: 3 });
    sink.accept(sampleOf(0));
    sink.accept(sampleOf(1));
    await calls[0]?.fail(new DeliveryFailedError('away'));
    for (let at = 2; at < 6; at++) sink.accept(sampleOf(at));
    expect(dropped.map(([sequence]) => sequence)).toEqual([0, 1, 2]);
  });

  it('holds those back who wait, in order, and lets them in when there is room', async () => {
    const { sink, calls, dropped } = open({ capacity: 4, overflow: 'wait' });
    const entered: number[] = [];
    for (let at = 0; at < 6; at++) sink.accept(sampleOf(at)).then(() => entered.push(at));
    await vi.advanceTimersByTimeAsync(0);
    expect(entered).toEqual([0, 1, 2, 3]);
    expect(sink.stats()).toMatchObject({ accepted: 6, unsettled: 6 });
    await calls[0]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(entered).toEqual([0, 1, 2, 3, 4, 5]);
    await calls[1]?.answer();
    await calls[2]?.answer();
    expect(calls.map(sequences)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(dropped).toEqual([]);
  });

  it('loses what comes from a source that does not wait, when that is as much again as it holds', () => {
    const { sink, dropped } = open({ capacity: 2, overflow: 'wait' });
    for (let at = 0; at < 6; at++) sink.accept(sampleOf(at));
    expect(dropped).toEqual([
      [4, 'BUFFER_OVERFLOW'],
      [5, 'BUFFER_OVERFLOW'],
    ]);
    expect(sink.stats().unsettled).toBe(4);
  });

  it('flushes what waits for room, too', async () => {
    const { sink, calls } = open({ capacity: 1, overflow: 'wait', maxLatency: 60_000 });
    for (let at = 0; at < 2; at++) sink.accept(sampleOf(at));
    const done = vi.fn();
    sink.flush().then(done);
    await calls[0]?.answer();
    expect(done).not.toHaveBeenCalled();
    await calls[1]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledOnce();
    expect(calls.map(sequences)).toEqual([[0], [1]]);
  });

  it('drops what still waits for room when it is closed in vain, and lets its source go on', async () => {
    const { sink, dropped } = open({ capacity: 1, overflow: 'wait' });
    sink.accept(sampleOf(0));
    const entered = vi.fn();
    sink.accept(sampleOf(1)).then(entered);
    const closed = sink.close(100);
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(dropped).toEqual([
      [0, 'DELIVERY_FAILED'],
      [1, 'DELIVERY_FAILED'],
    ]);
    expect(entered).toHaveBeenCalledOnce();
  });

  it('drops nothing that has been answered already, though nobody has heard of it', async () => {
    const { sink, calls, dropped } = open({ capacity: 4, maxLatency: 0 });
    for (let at = 0; at < 4; at++) sink.accept(sampleOf(at));
    const first = sequences(calls[0]);
    calls[0]?.answer();
    // The next call goes first, and what was answered is told behind it.
    for (let turn = 0; turn < 100 && calls.length < 2; turn++) await Promise.resolve();
    sink.accept(sampleOf(4));
    for (let at = 1; at < 5; at++) {
      await vi.advanceTimersByTimeAsync(10);
      await calls[at]?.answer();
    }
    await vi.advanceTimersByTimeAsync(10);
    const arrived = calls.flatMap(sequences);
    const lost = dropped.map(([sequence]) => sequence);
    expect(lost).not.toContain(first[0]);
    expect([...arrived, ...lost].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(sink.stats()).toMatchObject({ accepted: 5, unsettled: 0 });
  });

  it('keeps nobody waiting for others to come, where it is full', async () => {
    const { sink, calls } = open({
      capacity: 4,
      overflow: 'wait',
      maxLatency: 60_000,
      pack: { delay: 60_000 },
    });
    let entered = 0;
    const source = (async () => {
      for (let at = 0; at < 20; at++) {
        await sink.accept(sampleOf(at));
        entered++;
      }
    })();
    for (let at = 0; entered < 20; at++) {
      await vi.advanceTimersByTimeAsync(1);
      await calls[at]?.answer();
      expect(at).toBeLessThan(100);
    }
    await source;
  });

  it('drops as many as come when it is full, however many', () => {
    const { sink, dropped } = open({ capacity: 50_000, maxLatency: 1e9 });
    for (let at = 0; at < 150_000; at++) sink.accept(sampleOf(at));
    expect(dropped).toHaveLength(100_000);
    expect(sink.stats().unsettled).toBe(50_000);
  });

  it.each([{ overflow: 'spool' }, { overflow: 'drop' }, { overflow: null }])('refuses %o', (options) => {
    expect(() => open(options as SinkOptions)).toThrow(InvalidArgumentError);
  });
});
