import type { NodeType } from './prices';

/** What a node of a domain can do. */
export interface Node {
  readonly type: NodeType;
  /** Processors that are there all the time: of a T3 a fifth, after its credits are gone. */
  readonly processors: number;
  /** GiB. */
  readonly memory: number;
  /** The largest volume that is planned with, GiB. */
  readonly volume: number;
  /** So many of them at most, then larger ones. */
  readonly most: number;
}

/**
 * From small to large. Volumes are 64 times the memory, for T3 what they may have at most: the limits of "Amazon OpenSearch
 * Service quotas" are there for light loads, which an index is of which one looks at the last days.
 */
export const NODES: readonly Node[] = [
  { type: 't3.medium.search', processors: 0.4, memory: 4, volume: 200, most: 3 },
  { type: 'r6g.large.search', processors: 2, memory: 16, volume: 1_024, most: 24 },
  { type: 'r6g.xlarge.search', processors: 4, memory: 32, volume: 2_048, most: 24 },
  { type: 'r6g.2xlarge.search', processors: 8, memory: 64, volume: 4_096, most: 24 },
  { type: 'r6g.4xlarge.search', processors: 16, memory: 128, volume: 8_192, most: 24 },
  {
    type: 'r6g.12xlarge.search',
    processors: 48,
    memory: 384,
    volume: 24_576,
    most: Number.POSITIVE_INFINITY,
  },
];

/** Alone it is enough for a family or an experiment; AWS does not recommend it for more. */
export const SMALL_NODE: Node = {
  type: 't3.small.search',
  processors: 0.4,
  memory: 2,
  volume: 100,
  most: 1,
};

/**
 * Documents and copies of documents that a processor indexes each second. In a measurement, two of them indexed 12,000,
 * and made the requests as well; this is a third of that, for merges, refreshes and searches.
 */
export const INDEXED_PER_PROCESSOR = 2_000;

/**
 * Shards that a node can hold: 25 for each GiB of its heap, which is half of its memory and 32 GiB at most, and never more
 * than 1,000 ("Choosing the number of shards").
 */
export const shardLimit = ({ memory }: Node): number => Math.min(1_000, 25 * Math.min(32, memory / 2));

/** The masters for so many nodes and shards ("Dedicated master nodes"). */
export function masterFor(nodes: number, shards: number): NodeType {
  if (nodes <= 10 && shards <= 10_000) return 'm6g.large.search';
  if (nodes <= 30 && shards <= 30_000) return 'c6g.2xlarge.search';
  if (nodes <= 75) return 'c6g.4xlarge.search';
  return nodes <= 125 ? 'r6g.2xlarge.search' : 'r6g.4xlarge.search';
}
