import { expect, it } from 'vitest';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import { needs } from '../support/skip.js';
import { runChain } from './chain.js';

const { describe, aws, opensearch } = needs('aws', 'opensearch', 'strap');
const COUNT = 500;

const values = Array.from({ length: COUNT }, (_, at) => ({
  heartRate: 40 + (at % 300),
  rrIntervals: Array.from({ length: at % 4 }, (_, beat) => ((at * 7 + beat) * 1000) / 1024),
}));
const packets = values.map((value) => Buffer.from(encodeHeartRateMeasurement(value)).toString('hex'));

describe('from the strap to the search index', () => {
  it.each(['@abandonware/noble', '@stoprocent/noble'] as const)(
    'each of 500 notifications is there exactly once with exact values, and the producer ends by itself (%s)',
    { timeout: 1_500_000 },
    async (fork) => {
      const { exit, count, documents, latencies } = await runChain({
        fork,
        aws: aws.url,
        opensearch: opensearch.url,
        packets,
        rate: 100,
      });
      expect(exit).toEqual({
        code: 0,
        output: expect.stringContaining(`{"received":${COUNT},"closed":true}`),
      });
      expect(count).toBe(COUNT);
      expect(documents.map(({ sequence }) => sequence)).toEqual(values.map((_, at) => at));
      expect(
        documents.map(({ heart_rate, rr_intervals = [] }) => ({
          heartRate: heart_rate,
          rrIntervals: rr_intervals,
        })),
      ).toEqual(values);
      expect(new Set(documents.map(({ session_id }) => session_id)).size).toBe(1);
      expect(documents.map(({ timestamp }) => timestamp)).toEqual(
        documents.map(({ timestamp }) => timestamp).toSorted(),
      );

      const sorted = latencies.toSorted((a, b) => a - b);
      const percentile = (part: number) => Math.round(sorted[Math.ceil(part * COUNT) - 1] ?? Number.NaN);
      console.log(
        JSON.stringify({ fork, searchableP50Ms: percentile(0.5), searchableP99Ms: percentile(0.99) }),
      );
    },
  );
});
