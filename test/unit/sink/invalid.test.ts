import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import type { HeartRateSample } from '../../../src/sample/index.js';
import { defineSink, type Settlement, type SinkOptions, type SinkService } from '../../../src/sink/index.js';
import { sampleOf } from '../../support/samples.js';

const limits = { records: 10, bytes: 10_000, recordBytes: 1_000 };
const service = {
  name: 'x',
  limits,
  send: async (records: readonly unknown[]) => records.map(() => undefined),
};

/** What becomes of a sample. */
async function settle(
  options: object,
  sample: unknown = sampleOf(0),
  by: object = service,
): Promise<Settlement[]> {
  const sink = defineSink(by as SinkService, { retry: { for: 0 }, ...options } as SinkOptions);
  const settled: Settlement[] = [];
  sink.settled$.subscribe((settlement) => settled.push(settlement));
  sink.accept(sample as HeartRateSample);
  await sink.close();
  return settled;
}

describe('what cannot be used says so', () => {
  it.each([
    ...[
      { pack: null },
      { pack: 'yes' },
      { pack: { delay: '1' } },
      { retry: null },
      { retry: 'x' },
      { retry: { delay: -1 } },
    ],
    ...[{ spool: null }, { spool: 4 }, { capacity: Number.NaN }, { capacity: 0 }, { maxLatency: null }],
    ...[{ partitionKey: 'session' }, { partitionKey: null }, { retry: { maxDelay: Number.NaN } }],
  ])('options: %o', (options) => {
    expect(() => defineSink(service, options as unknown as SinkOptions)).toThrow(InvalidArgumentError);
  });

  it('no options at all', () => {
    expect(() => defineSink(service, null as unknown as SinkOptions)).toThrow(InvalidArgumentError);
  });

  it.each([
    null,
    { limits, send: service.send },
    { name: '', limits, send: service.send },
    { name: 'x', limits },
    { name: 'x', send: service.send },
    ...['records', 'bytes', 'recordBytes', 'recordsPerKey', 'calls'].flatMap((limit) =>
      [0, Number.NaN, 'many'].map((value) => ({ ...service, limits: { ...limits, [limit]: value } })),
    ),
  ])('services: %o', (wrong) => {
    expect(() => defineSink(wrong as unknown as SinkService)).toThrow(InvalidArgumentError);
  });

  const { session, sequence, sensor, ...anonymous } = sampleOf(0);
  it.each([
    ...[null, 5, {}, anonymous, { ...anonymous, session, sequence }, { ...anonymous, sensor, session }],
    { ...sampleOf(0), timestamp: 'now' },
  ])('samples: %o', async (sample) => {
    const [settled] = await settle({ partitionKey: () => 'all' }, sample);
    expect(settled).toMatchObject({ outcome: 'dropped', sample, error: { code: 'INVALID_ARGUMENT' } });
  });

  it('a partition key that cannot be told', async () => {
    const partitionKey = () => {
      throw new TypeError('no name');
    };
    const [settled] = await settle({ partitionKey });
    expect(settled).toMatchObject({ outcome: 'dropped', error: { code: 'INVALID_ARGUMENT' } });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['too many', [undefined, undefined]],
    ['text', ['bad']],
    ['an error of another kind', [new Error('x')]],
  ])('answers of a service: %s', async (_, answer) => {
    const [settled] = await settle({}, sampleOf(0), { ...service, send: async () => answer });
    expect(settled).toMatchObject({ outcome: 'dropped', error: { code: 'DELIVERY_FAILED' } });
  });

  it('a service that throws at once', async () => {
    const send = () => {
      throw new TypeError('x');
    };
    const [settled] = await settle({}, sampleOf(0), { ...service, send });
    expect(settled).toMatchObject({ outcome: 'dropped', error: { code: 'DELIVERY_FAILED' } });
  });

  it('goes on where there is no pause at all between many failures', async () => {
    let failures = 0;
    const send = async (records: readonly unknown[]) => {
      if (++failures <= 1_200) throw new Error('away');
      return records.map(() => undefined);
    };
    const [settled] = await settle({ retry: { delay: 0 }, maxLatency: 0 }, sampleOf(0), { ...service, send });
    expect(settled).toMatchObject({ outcome: 'delivered' });
  });
});
