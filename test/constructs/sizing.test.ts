import { createRequire } from 'node:module';
import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { type Estimate, estimate, Sizing, type SizingProps } from 'liveheartrate-constructs';
import { NODES, SMALL_NODE, shardLimit } from 'liveheartrate-constructs/lib/sizing/nodes.js';
import { describe, expect, it } from 'vitest';

// The very table that the formulas read, which an import could have twice.
const { PRICES }: typeof import('liveheartrate-constructs/lib/sizing/prices.js') = createRequire(
  import.meta.url,
)('liveheartrate-constructs/lib/sizing/prices.js');

const wearers = fc.integer({ min: 1, max: 1_000_000 });
/** As many small fleets as large ones. */
const fleet = fc.double({ min: 0, max: 6, noNaN: true }).map((power) => Math.round(10 ** power));
const props: fc.Arbitrary<SizingProps> = fc.record(
  {
    wearers: fc.oneof(wearers, fleet),
    samplesPerSecond: fc.double({ min: 0.01, max: 10, noNaN: true }),
    packDelay: fc.integer({ min: 1, max: 120 }).map((seconds) => Duration.seconds(seconds)),
    hoursPerDay: fc.double({ min: 0.1, max: 24, noNaN: true }),
    retention: fc.integer({ min: 1, max: 400 }).map((days) => Duration.days(days)),
    streamRetention: fc.integer({ min: 1, max: 365 }).map((days) => Duration.days(days)),
  },
  { requiredKeys: [] },
);
const nodeOf = ({ size }: Estimate) =>
  [...NODES, SMALL_NODE].find(({ type }) => type === size.dataNodeInstanceType) ?? SMALL_NODE;
const costOf = ({ costs }: Estimate, name: string) =>
  costs.find(({ component }) => component === name)?.monthlyCost ?? Number.NaN;

describe('estimate', () => {
  it('is for one wearer what the older system had', () => {
    const { size, notes } = estimate();

    expect(size).toMatchObject({
      samplesPerSecond: 1,
      dataNodes: 1,
      dataNodeInstanceType: 't3.small.search',
      availabilityZones: 1,
      masterNodes: 0,
      volumeSize: 10,
      indexShards: 1,
      indexReplicas: 0,
    });
    expect(size.shardCount).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('is the same for other languages', () => {
    expect(Sizing.estimate({ wearers: 20 })).toEqual(estimate({ wearers: 20 }));
  });

  it('costs what its parts cost', () => {
    fc.assert(
      fc.property(props, (given) => {
        const { costs, monthlyCost } = estimate(given);
        expect(costs.map(({ monthlyCost }) => monthlyCost).every((cost) => cost > 0)).toBe(true);
        expect(costs.reduce((sum, { monthlyCost }) => sum + monthlyCost, 0)).toBeCloseTo(monthlyCost, 6);
      }),
    );
  });

  it('is never smaller or cheaper for more wearers', () => {
    fc.assert(
      fc.property(props, fc.oneof(wearers, fleet), fc.oneof(wearers, fleet), (given, one, other) => {
        const few = estimate({ ...given, wearers: Math.min(one, other) });
        const many = estimate({ ...given, wearers: Math.max(one, other) });
        const capacity = (of: Estimate, part: 'processors' | 'memory') =>
          of.size.dataNodes * nodeOf(of)[part];

        expect(many.monthlyCost).toBeGreaterThanOrEqual(few.monthlyCost);
        expect(many.size.shardCount).toBeGreaterThanOrEqual(few.size.shardCount ?? 0);
        expect(capacity(many, 'processors')).toBeGreaterThanOrEqual(capacity(few, 'processors'));
        expect(capacity(many, 'memory')).toBeGreaterThanOrEqual(capacity(few, 'memory'));
        expect(many.size.indexReplicas).toBeGreaterThanOrEqual(few.size.indexReplicas);
      }),
      { numRuns: 300 },
    );
  });

  it('never costs less when samples are kept for longer', () => {
    fc.assert(
      fc.property(props, fc.integer({ min: 0, max: 300 }), (given, more) => {
        const days = given.retention?.toDays() ?? 90;
        const longer = { ...given, retention: Duration.days(days + more) };
        expect(estimate(longer).monthlyCost).toBeGreaterThanOrEqual(estimate(given).monthlyCost);
      }),
    );
  });

  it('stays within what each part of AWS can do', () => {
    fc.assert(
      fc.property(props, (given) => {
        const result = estimate(given);
        const { size } = result;
        const node = nodeOf(result);
        const copies = 1 + size.indexReplicas;
        const daysOfIndex = size.rotation === 'day' ? 1 : 31;
        const days = (given.retention?.toDays() ?? 90) + daysOfIndex;
        const shards = Math.ceil(days / daysOfIndex) * size.indexShards * copies;

        // 1,000 records and 1 MB a second for each shard, of which four tenths are left.
        if (size.shardCount !== undefined) {
          expect(size.recordsPerSecond / size.shardCount).toBeLessThanOrEqual(600);
          expect(size.bytesPerSecond / size.shardCount).toBeLessThanOrEqual(600_000);
        }
        expect(size.parallelizationFactor).toBeGreaterThanOrEqual(1);
        expect(size.parallelizationFactor).toBeLessThanOrEqual(10);
        expect(size.batchSize).toBeGreaterThanOrEqual(1);
        expect(size.batchSize).toBeLessThanOrEqual(10_000);
        expect(size.memorySize).toBeLessThanOrEqual(10_240);
        expect(size.batchingWindow.toSeconds()).toBeLessThan(1);
        expect(size.volumeSize).toBeGreaterThanOrEqual(10);
        expect(size.volumeSize).toBeLessThanOrEqual(node.volume);
        expect(shards / size.dataNodes).toBeLessThanOrEqual(shardLimit(node));
        expect(size.indexReplicas).toBeLessThan(size.dataNodes);
        expect(size.dataNodes % size.availabilityZones).toBe(0);
        expect(size.firehoseBufferSize.toMebibytes()).toBeGreaterThanOrEqual(64);
        expect(size.firehoseBufferSize.toMebibytes()).toBeLessThanOrEqual(128);
        expect(size.firehoseBufferInterval.toSeconds()).toBeLessThanOrEqual(900);
      }),
      { numRuns: 300 },
    );
  });

  it('has room for everything that is kept', () => {
    fc.assert(
      fc.property(props, (given) => {
        const { size } = estimate(given);
        const days = (given.retention?.toDays() ?? 90) + (size.rotation === 'day' ? 1 : 31);
        const kept = size.samplesPerSecond * 3_600 * (given.hoursPerDay ?? 24) * days;
        // Each document and each of its copies has 160 bytes.
        const room = (kept * 160 * (1 + size.indexReplicas)) / 2 ** 30 / size.dataNodes;
        // As the metric has it: without what Linux takes, and a fifth, but 20 GiB at most, that the service keeps.
        const free = size.volumeSize * 0.95 - Math.min(20, size.volumeSize * 0.2) - room;
        // Below a quarter the alarm goes off.
        expect(free).toBeGreaterThanOrEqual(size.volumeSize * 0.25 - 1e-6 * size.volumeSize);
      }),
    );
  });

  it('has more than one node where one would not be enough', () => {
    expect(estimate({ wearers: 10 }).size).toMatchObject({ dataNodes: 1, indexReplicas: 0 });
    expect(estimate({ wearers: 11 }).size).toMatchObject({
      dataNodes: 3,
      availabilityZones: 3,
      indexReplicas: 1,
      masterNodes: 0,
    });
    expect(estimate({ wearers: 100_000 }).size).toMatchObject({ availabilityZones: 3, masterNodes: 3 });
  });

  it('costs less where samples are packed, and where they come for some hours only', () => {
    const all = estimate({ wearers: 10_000 });
    const packed = estimate({ wearers: 10_000, packDelay: Duration.seconds(10) });
    const some = estimate({ wearers: 10_000, hoursPerDay: 2 });

    expect(costOf(packed, 'Firehose')).toBeLessThan(costOf(all, 'Firehose') / 5);
    expect(costOf(packed, 'Kinesis stream')).toBeLessThan(costOf(all, 'Kinesis stream') / 3);
    expect(costOf(packed, 'OpenSearch domain')).toBe(costOf(all, 'OpenSearch domain'));
    expect(some.monthlyCost).toBeLessThan(all.monthlyCost / 3);
    expect(some.size.shardCount).toBe(all.size.shardCount);
  });

  it('costs more where the stream keeps its records', () => {
    const days = [1, 2, 7, 8, 365].map((days) => Duration.days(days));
    for (const sized of [{}, { wearers: 1_000 }]) {
      const costs = days.map((streamRetention) => estimate({ ...sized, streamRetention }).monthlyCost);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      expect(costs[4]).toBeGreaterThan((costs[0] ?? 0) + 0.1);
    }
  });

  it('says which quotas are to be raised', () => {
    expect(estimate({ wearers: 999 }).notes).toEqual([]);
    const notes = estimate({ wearers: 1_000_000 }).notes.join('\n');
    expect(notes).toMatch(/1667 shards: raise the quota "Shards per Region"/);
    expect(notes).toMatch(/"Concurrent executions"/);
    expect(notes).toMatch(/"Instances per domain"/);
    expect(notes).toMatch(/packDelay/);
    const packed = estimate({ wearers: 1_000_000, packDelay: Duration.seconds(10) }).notes.join('\n');
    expect(packed).not.toMatch(/packDelay|shards:/);
    expect(estimate({ wearers: 1_000_000, samplesPerSecond: 20 }).notes.join('\n')).toMatch(/1,000 at most/);
  });

  it.each([
    [{ wearers: 0 }, /wearers must be a whole number from 1 to 1,000,000, but is 0/],
    [{ wearers: 1.5 }, /wearers must be a whole number/],
    [{ wearers: 1_000_001 }, /a pipeline for each part/],
    [{ wearers: Number.NaN }, /wearers must be a whole number/],
    [{ samplesPerSecond: 0 }, /samplesPerSecond must be above 0/],
    [{ samplesPerSecond: Number.NaN }, /samplesPerSecond must be above 0/],
    [{ samplesPerSecond: 101 }, /of one wearer/],
    [{ hoursPerDay: 0 }, /hoursPerDay must be above 0/],
    [{ hoursPerDay: 25 }, /hoursPerDay must be above 0 and 24 at most/],
    [{ retention: Duration.hours(36) }, /retention must be whole days/],
    [{ retention: Duration.days(0) }, /retention must be whole days/],
    [{ streamRetention: Duration.hours(1) }, /streamRetention must be 1 to 365 days/],
    [{ streamRetention: Duration.days(366) }, /streamRetention must be 1 to 365 days/],
    [{ packDelay: Duration.hours(2) }, /more than 1 MiB/],
  ] satisfies [SizingProps, RegExp][])('refuses %j', (given, message) => {
    expect(() => estimate(given)).toThrow(message);
  });

  it('uses every price', () => {
    const read = new Set<string>();
    const originals = Object.entries(PRICES);
    for (const [name, value] of originals) {
      Object.defineProperty(PRICES, name, { configurable: true, get: () => read.add(name) && value });
    }
    try {
      estimate({ streamRetention: Duration.days(30) });
      estimate({ wearers: 100, streamRetention: Duration.days(30) });
    } finally {
      for (const [name, value] of originals) Object.defineProperty(PRICES, name, { value });
    }
    expect([...read].sort()).toEqual(originals.map(([name]) => name).sort());
  });

  it('uses every price of a node', () => {
    const used = new Set<string>();
    for (let power = 0; power <= 6; power += 0.02) {
      const { size } = estimate({ wearers: Math.round(10 ** power) });
      used.add(size.dataNodeInstanceType);
      if (size.masterNodes > 0) used.add(size.masterNodeInstanceType);
    }
    expect(Object.keys(PRICES.nodeHour).filter((type) => !used.has(type))).toEqual([]);
  });
});
