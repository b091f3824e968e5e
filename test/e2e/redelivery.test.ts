import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { expect, it } from 'vitest';
import { createIndexer, prepareIndex } from '../../src/lambda/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { kinesisEvent } from '../support/kinesis-event.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const SECONDS = 24 * 3_600;
/** For what never ends, milliseconds. */
const DEADLINE = 1_500_000;
/** What is handed back, since the machine is busy, is not told. */
const quiet = { debug() {}, warn() {}, error() {} };

const inGroups = <Value>(values: readonly Value[], length: number) =>
  Array.from({ length: Math.ceil(values.length / length) }, (_, at) =>
    values.slice(at * length, (at + 1) * length),
  );

describe('the indexer on the real OpenSearch', () => {
  it('changes nothing by the redelivery of a whole day, though in other batches and orders', {
    timeout: DEADLINE,
  }, async () => {
    const index = `heart_rate-${randomUUID()}`;
    await prepareIndex(client, { index });
    const indexer = createIndexer({ endpoint: opensearch.url, index, logger: quiet, metrics: false });
    // As long before midnight as after it.
    const begin = Date.UTC(2026, 10, 23) - SECONDS * 500;
    const lines = Array.from({ length: SECONDS }, (_, at) =>
      serializeSample(sampleOf(at, { timestamp: new Date(begin + at * 1_000) })),
    );
    /** As an event source does: one event after the other, and what is handed back comes again. */
    const deliverAll = async (perRecord: number, perEvent: number) => {
      const records = inGroups(lines, perRecord).map((group) => group.join(''));
      for (const event of inGroups(records, perEvent).map(kinesisEvent))
        await expect.poll(() => indexer(event), { timeout: DEADLINE }).toEqual({ batchItemFailures: [] });
      await client.indices.refresh({ index });
      const { body: stats } = await client.indices.stats({ index, metric: ['docs', 'indexing'] });
      return Object.entries(stats.indices ?? {})
        .map(([name, { primaries }]) => [
          name.slice(index.length),
          primaries?.docs?.count,
          primaries?.docs?.deleted,
        ])
        .sort();
    };
    const once = [
      ['-2026.11.22', SECONDS / 2, 0],
      ['-2026.11.23', SECONDS / 2, 0],
    ];
    expect(await deliverAll(60, 100)).toEqual(once);
    lines.reverse();
    expect(await deliverAll(480, 25)).toEqual(once);
  });
});
