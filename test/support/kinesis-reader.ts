import {
  type _Record,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';

/** One shard, read from its beginning. */
export interface ShardReader {
  readonly id: string;
  /** The next records; none where there are no more now. */
  read(): Promise<_Record[]>;
}

/** The shards of a stream. */
export async function kinesisShards(client: KinesisClient, StreamName: string): Promise<ShardReader[]> {
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  return Promise.all(
    Shards.map(async ({ ShardId = '' }) => {
      const start = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      let { ShardIterator } = await client.send(start);
      return {
        id: ShardId,
        async read() {
          const { Records = [], NextShardIterator } = await client.send(
            new GetRecordsCommand({ ShardIterator, Limit: 1_000 }),
          );
          ShardIterator = NextShardIterator;
          return Records;
        },
      };
    }),
  );
}
