import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineSink, type SinkLimits, type SinkOptions } from '../../../src/sink/index.js';
import { memoryService } from '../../support/memory-service.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(options: SinkOptions, limits: Partial<SinkLimits> = {}) {
  const { service, calls } = memoryService({ recordBytes: 1_000_000, ...limits });
  const sink = defineSink(service, options);
  /** Per call and record, the key and how many samples. */
  const packed = () =>
    calls.map(({ keys, lines }) =>
      lines.map((text, at) => `${keys[at]}: ${text.trimEnd().split('\n').length}`),
    );
  return { sink, calls, packed };
}

describe('pack', () => {
  it('puts the samples of a key into one record, which goes after its own delay', () => {
    const { sink, packed } = open({ pack: { delay: 5_000 }, maxLatency: 200 });
    for (let at = 0; at < 10; at++) {
      sink.accept(sampleOf(at, { session: at % 2 === 0 ? 'a' : 'b' }));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(4_899);
    expect(packed()).toEqual([]);
    vi.advanceTimersByTime(1);
    // Both: the other one would be due within maxLatency.
    expect(packed()).toEqual([['a: 5', 'b: 5']]);
  });

  it('waits ten seconds by default', () => {
    const { sink, packed } = open({ pack: true });
    sink.accept(sampleOf(0));
    vi.advanceTimersByTime(9_999);
    expect(packed()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(packed()).toEqual([['ride: 1']]);
  });

  it('fills a payload unit of 25 KB, and sends a record that is full at once', () => {
    const { sink, calls } = open({ pack: { delay: 60_000 } });
    for (let at = 0; calls.length === 0 && at < 1_000; at++) sink.accept(sampleOf(at));
    const [call] = calls;
    const size = call?.lines[0]?.length ?? 0;
    expect(size).toBeGreaterThan(24_500);
    expect(size).toBeLessThanOrEqual(25_000);
  });

  it('sends a sample alone that is larger than that', async () => {
    const { sink, packed, calls } = open({ pack: { delay: 100 } });
    const large = Array.from({ length: 5_000 }, () => 812.5);
    for (const rrIntervals of [[], large, []]) sink.accept(sampleOf(0, { rrIntervals }));
    sink.flush();
    expect(packed()).toEqual([['ride: 1', 'ride: 1', 'ride: 1']]);
    await calls[0]?.answer();
  });

  it('keeps within the bytes of a record and of a call', async () => {
    const { sink, calls } = open({ pack: { delay: 100 } }, { recordBytes: 600, bytes: 1_000, records: 5 });
    for (let at = 0; at < 12; at++) sink.accept(sampleOf(at));
    sink.flush();
    for (let at = 0; at < calls.length; at++) await calls[at]?.answer();
    for (const { lines, keys } of calls) {
      const sizes = lines.map((text, at) => text.length + (keys[at]?.length ?? 0));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(600);
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(1_000);
    }
    expect(sink.stats().delivered).toBe(12);
  });

  it('many keys that become due one after the other share calls', () => {
    const { sink, calls } = open({ pack: { delay: 1_000 }, maxLatency: 200 }, { calls: 4 });
    for (let at = 0; at < 100; at++) {
      sink.accept(sampleOf(0, { session: `ride ${at}` }));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(2_000);
    expect(calls.length).toBeLessThanOrEqual(6);
  });

  it('waits for nothing more when half of what it holds is taken', () => {
    const { sink, packed } = open({ pack: { delay: 60_000 }, capacity: 20 });
    for (let at = 0; at < 9; at++) sink.accept(sampleOf(at));
    expect(packed()).toEqual([]);
    sink.accept(sampleOf(9));
    expect(packed()).toEqual([['ride: 10']]);
  });
});
