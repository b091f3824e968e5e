import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { KinesisEvent } from '../../src/lambda/index.js';
import { kinesisShards } from './kinesis-reader.js';

type Handler = (event: KinesisEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

/** How long to wait where a shard has nothing new, milliseconds. */
const PAUSE = 20;

/**
 * Reads a stream from its beginning and gives it to a handler, as an event source mapping does: each shard by
 * itself, in order, and from the lowest returned sequence number on again.
 *
 * @returns A function that ends the polling, and rejects where the handler has thrown.
 */
export function pollStream(client: KinesisClient, streamName: string, handler: Handler): () => Promise<void> {
  let ended = false;
  const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

  async function run(): Promise<void> {
    const shards = await kinesisShards(client, streamName);
    const pending = new Map<string, KinesisEvent['Records'][number][]>();
    while (!ended) {
      for (const shard of shards) {
        const records = (await shard.read()).map(({ SequenceNumber = '', Data = new Uint8Array() }) => ({
          eventID: `${shard.id}:${SequenceNumber}`,
          kinesis: { data: Buffer.from(Data).toString('base64'), sequenceNumber: SequenceNumber },
        }));
        const batch = [...(pending.get(shard.id) ?? []), ...records];
        if (batch.length === 0) continue;
        const [failure] = (await handler({ Records: batch })).batchItemFailures;
        const from = batch.findIndex(({ kinesis }) => kinesis.sequenceNumber === failure?.itemIdentifier);
        pending.set(shard.id, from === -1 ? [] : batch.slice(from));
      }
      await pause();
    }
  }

  const running = run();
  // Whoever ends it hears of a failure; until then it must not end the process.
  running.catch(() => undefined);
  return () => {
    ended = true;
    return running;
  };
}
