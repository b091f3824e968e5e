import type { Workload } from './workload';

/**
 * Part of what a shard or a node can do that is planned with. The rest is for the wearers that the hash of their sessions
 * puts onto the same shard, and for what comes at once after an outage: a second of it is made up for in two seconds.
 */
export const PLANNED = 0.6;

/** A shard takes so much each second; the two that read it share twice as many bytes ("Quotas and limits" of Kinesis). */
const SHARD = { records: 1_000, bytes: 1_000_000 };

/** As many shards as the rates need, where these are known; a stream on demand finds out by itself. */
export const shardsOf = (workload: Workload): number | undefined =>
  workload.sized
    ? Math.ceil(
        Math.max(workload.recordsPerSecond / SHARD.records, workload.bytesPerSecond / SHARD.bytes) / PLANNED,
      )
    : undefined;
