import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DeliveryFailedError,
  DeliveryThrottledError,
  defineSink,
  type RecordResult,
  type SinkRecord,
  type SinkService,
} from '../../../src/sink/index.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Fate {
  /** For each record of a call in turn: whether it is taken. */
  readonly records: readonly boolean[];
  readonly whole: 'answered' | 'reset before' | 'reset after' | 'throttled';
  readonly after: number;
}

const fate: fc.Arbitrary<Fate> = fc.record({
  records: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
  whole: fc.constantFrom('answered', 'answered', 'reset before', 'reset after', 'throttled'),
  after: fc.integer({ min: 0, max: 300 }),
});

const limits = { records: 6, bytes: 2_000, recordBytes: 1_500 };

/** A service that takes what it likes of a call, answers when it likes, and sees what must never be. */
function moodyService(fates: readonly Fate[]) {
  const arrived: string[] = [];
  const inFlight = new Set<string>();
  /** What went wrong in send(), where an assertion would count as a call that failed. */
  const faults: string[] = [];
  let most = 0;
  let calls = 0;
  const take = ({ key, data }: SinkRecord) => {
    for (const line of new TextDecoder().decode(data).trimEnd().split('\n'))
      arrived.push(`${key}:${(JSON.parse(line) as { sequence: number }).sequence}`);
  };
  const service: SinkService = {
    name: 'moody',
    limits,
    async send(records) {
      const {
        records: moods,
        whole,
        after,
      } = fates[calls] ?? { records: [true], whole: 'answered', after: 1 };
      calls++;
      const keys = records.map(({ key }) => key);
      const size = records.reduce((sum, { key, data }) => sum + key.length + data.length, 0);
      if (records.length > limits.records || size > limits.bytes) faults.push('too large');
      for (const key of keys) {
        if (inFlight.has(key)) faults.push(`${key} is in flight already`);
        inFlight.add(key);
      }
      most = Math.max(most, inFlight.size);
      await new Promise((resolve) => setTimeout(resolve, after));
      for (const key of keys) inFlight.delete(key);
      if (whole === 'reset before') throw new Error('reset');
      if (whole === 'throttled') throw new DeliveryThrottledError('slow down');
      const results: RecordResult[] = records.map((record, at) => {
        if (!moods[at % moods.length]) return new DeliveryFailedError('busy');
        take(record);
        return undefined;
      });
      if (whole === 'reset after') throw new Error('reset');
      return results;
    },
  };
  return { service, arrived, faults, most: () => most };
}

describe('order', () => {
  it.each([{ pack: false }, { pack: { delay: 300 } }])(
    'holds for each key whatever fails, and nothing is lost: %o',
    async (options) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fate, { maxLength: 40 }),
          fc.array(fc.record({ key: fc.nat({ max: 9 }), wait: fc.constantFrom(0, 0, 1, 50, 250) }), {
            minLength: 1,
            maxLength: 120,
          }),
          async (fates, arrivals) => {
            const { service, arrived, faults } = moodyService(fates);
            const sink = defineSink(service, { ...options, retry: { for: Number.POSITIVE_INFINITY } });
            const settled = new Map<string, number>();
            sink.settled$.subscribe(({ sample, outcome }) => {
              expect(outcome).toBe('delivered');
              const identity = `${sample.session}:${sample.sequence}`;
              settled.set(identity, (settled.get(identity) ?? 0) + 1);
            });
            const next = new Map<number, number>();
            for (const { key, wait } of arrivals) {
              const sequence = next.get(key) ?? 0;
              next.set(key, sequence + 1);
              sink.accept(sampleOf(sequence, { session: String(key) }));
              await vi.advanceTimersByTimeAsync(wait);
            }
            const flushed = sink.flush();
            await vi.advanceTimersByTimeAsync(1_200_000);
            await flushed;

            const first = [...new Set(arrived)];
            for (const [key, count] of next) {
              const mine = Array.from({ length: count }, (_, sequence) => `${key}:${sequence}`);
              expect(first.filter((identity) => identity.startsWith(`${key}:`))).toEqual(mine);
              for (const identity of mine) expect(settled.get(identity)).toBe(1);
            }
            expect(settled.size).toBe(arrivals.length);
            expect(faults).toEqual([]);
            await sink.close();
          },
        ),
        { numRuns: 150 },
      );
    },
    60_000,
  );

  it('holds no key up for another: different keys go at the same time', async () => {
    const fates = [{ records: [true], whole: 'answered' as const, after: 20_000 }];
    const { service, arrived, most } = moodyService(fates);
    const sink = defineSink(service, { maxLatency: 0 });
    for (let at = 0; at < 3; at++) sink.accept(sampleOf(at, { session: 'stuck' }));
    for (let at = 0; at < 3; at++) {
      sink.accept(sampleOf(at, { session: 'free' }));
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(arrived).toEqual(['free:0', 'free:1', 'free:2']);
    expect(most()).toBe(2);
    const closed = sink.close();
    await vi.advanceTimersByTimeAsync(21_000);
    await closed;
    expect(arrived).toHaveLength(6);
  });
});
