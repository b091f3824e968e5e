import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import { parseSamples } from '../../src/sample/index.js';
import { hasRide, RIDE, readRide, toPackets } from '../support/ride.js';
import { needs } from '../support/skip.js';
import { runChain } from './chain.js';

const UNIT = 1000 / 1024;

const { describe, aws, opensearch } = needs('aws', 'opensearch', 'strap');

describe('a real ride', () => {
  it('is in the index and in the archive with every interval of the strap', {
    timeout: 1_500_000,
  }, async (context) => {
    if (!hasRide()) context.skip(`There is no recording at ${RIDE}; set RIDE_CSV to the path of one.`);
    const intervals = readRide();
    const onGrid = intervals.map((interval) => Math.round(interval / UNIT) * UNIT);
    const packets = toPackets(intervals).map((packet) =>
      Buffer.from(encodeHeartRateMeasurement(packet)).toString('hex'),
    );
    const directory = await mkdtemp(join(tmpdir(), 'ride-'));
    const archive = await openArchive(directory);

    const { exit, count, documents } = await runChain({
      fork: '@abandonware/noble',
      aws: aws.url,
      opensearch: opensearch.url,
      packets,
      rate: 500,
      pack: { delay: 1_000 },
      onEvent: async ({ Records }) => {
        const decode = (data: string) => parseSamples(Buffer.from(data, 'base64')).samples;
        await archive.append(Records.flatMap(({ kinesis }) => decode(kinesis.data)));
      },
    });
    expect(exit).toMatchObject({ code: 0 });
    expect(count).toBe(packets.length);

    const indexed = documents.flatMap(({ rr_intervals = [] }) => rr_intervals);
    const rows = await archive.query('SELECT rr_intervals FROM heart_rate ORDER BY sequence');
    const archived = rows.flatMap((row) => (row.rr_intervals as number[] | null) ?? []);
    await archive.close();
    await rm(directory, { recursive: true });

    expect(indexed).toEqual(onGrid);
    expect(archived).toEqual(onGrid);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(indexed)).toBe(sum(onGrid));
    expect(Math.abs(sum(archived) - sum(intervals))).toBeLessThan((intervals.length * UNIT) / 2);
    for (const [at, interval] of intervals.entries()) {
      expect(Math.abs((indexed[at] ?? Number.NaN) - interval)).toBeLessThanOrEqual(UNIT / 2);
    }
    console.log(
      JSON.stringify({
        ride: { packets: packets.length, intervals: intervals.length, sumMs: sum(archived) },
      }),
    );
  });
});
