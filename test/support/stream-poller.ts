import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Handler } from './event-source-mapping/invocation.ts';
import { EventSourceMapping } from './event-source-mapping/mapping.ts';
import { kinesisRecord } from './kinesis-event.ts';
import { kinesisShards } from './kinesis-reader.ts';

/** How long to wait before a stream is read again, milliseconds. */
const PAUSE = 100;
/** How often an event may fail. */
const RETRIES = 3;

/**
 * Reads a stream from its beginning and gives it to a handler by an event source mapping.
 *
 * @returns A function that ends the polling, and rejects where the handler has failed again and again.
 */
export function pollStream(client: KinesisClient, streamName: string, handler: Handler): () => Promise<void> {
  const mapping = new EventSourceMapping(handler, {
    batchSize: 1_000,
    reportBatchItemFailures: true,
    maximumRetryAttempts: RETRIES,
    timeout: 60_000,
    backoff: () => PAUSE,
  });
  let ended = false;
  const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

  async function run(): Promise<void> {
    const shards = await kinesisShards(client, streamName);
    while (!ended) {
      for (const { id: shardId, read } of shards) {
        for (const { SequenceNumber: sequenceNumber = '', ...record } of await read()) {
          const { Data: data = '', PartitionKey: partitionKey = '', ApproximateArrivalTimestamp } = record;
          const arrival = ApproximateArrivalTimestamp?.getTime() ?? Date.now();
          mapping.put(kinesisRecord({ data, sequenceNumber, partitionKey, shardId, arrival }));
        }
      }
      // Whoever reads on meanwhile keeps the stand-in for the API so busy that nobody can write.
      await mapping.drained();
      await pause();
    }
  }

  const running = run();
  // Whoever ends it hears of a failure; until then it must not end the process.
  running.catch(() => undefined);
  return async () => {
    ended = true;
    await mapping.stop();
    await running;
    if (mapping.discarded.length > 0) throw new Error('The handler has failed again and again.');
  };
}
