import { domainUsd } from './domain-cost';
import type { DomainSize } from './domain-size';
import { INDEXED_PER_PROCESSOR, masterFor, NODES, type Node, SMALL_NODE, shardLimit } from './nodes';
import { PLANNED } from './stream';
import { roomOf, volumeFor } from './volume';
import type { Workload } from './workload';

/** Bytes of a sample in an index: 153 in a measurement with the real OpenSearch. */
const INDEX_BYTES = 160;
const GIB = 2 ** 30;
/** The larger of the sizes that are recommended for logs is 50 ("Choosing the number of shards"), GiB. */
const SHARD_GIB = 45;
/** The smallest volume, GiB. */
const LEAST_VOLUME = 10;
/** Up to so many samples each second a single node does: what it loses can be had from the archive. */
const SINGLE = 10;
/** From so much memory of all data nodes on, GiB, masters are apart from them: as nine `r6g.large.search` have. */
const MASTERS_FROM = 144;
const ZONES = 3;
/** Shards of rejected documents and of plugins. */
const OWN_SHARDS = 10;
/** Days of samples in an index. */
const DAYS = { day: 1, month: 31 };

/** The cheapest domain that is quick enough, has room, and has no more shards than its nodes can hold. */
export function domainFor(workload: Workload): DomainSize {
  const small = workload.samplesPerSecond <= SINGLE ? fits(workload, SMALL_NODE, 0) : [];
  const [first, ...others] = [...small, ...NODES.flatMap((node) => fits(workload, node, 1))];
  if (first === undefined) {
    throw new Error('No domain is large enough: give fewer wearers, or a shorter retention.');
  }
  return others.reduce((best, other) => (domainUsd(other) < domainUsd(best) ? other : best), first);
}

const fits = (workload: Workload, node: Node, replicas: number): DomainSize[] =>
  (['day', 'month'] as const)
    .map((rotation) => fit(workload, node, replicas, rotation))
    .filter((size) => size !== undefined);

/** With the fewest nodes of a type, where there is a number of them that does. */
function fit(
  workload: Workload,
  node: Node,
  replicas: number,
  rotation: 'day' | 'month',
): DomainSize | undefined {
  const copies = 1 + replicas;
  const zones = replicas > 0 ? ZONES : 1;
  // An index goes when the last sample in it is old enough.
  const days = workload.retentionDays + DAYS[rotation];
  const storage = (workload.samplesPerDay * days * INDEX_BYTES * copies) / GIB;
  const indexGib = (workload.samplesPerDay * DAYS[rotation] * INDEX_BYTES) / GIB;
  const indexed = node.processors * INDEXED_PER_PROCESSOR * PLANNED;
  const primaries = Math.ceil(Math.max(1, indexGib / SHARD_GIB, workload.samplesPerSecond / indexed));
  // Beside them the one that begins.
  const indices = Math.ceil(days / DAYS[rotation]) + 1;

  const least = Math.max(
    zones,
    storage / roomOf(node.volume),
    (workload.samplesPerSecond * copies) / indexed,
  );
  // Twice as many nodes have room for all the shards that a larger number of them can help with.
  for (let nodes = roundUp(least, zones); nodes <= Math.min(node.most, 2 * least + zones); nodes += zones) {
    // Many small indices come to lie evenly by themselves, few large ones do not.
    const alone = primaries === 1 && rotation === 'day';
    const indexShards = alone ? 1 : roundUp(primaries, nodes / greatestCommonDivisor(nodes, copies));
    const shards = indexShards * copies * indices + OWN_SHARDS;
    if (shards > shardLimit(node) * nodes) continue;
    return {
      dataNodes: nodes,
      dataNodeInstanceType: node.type,
      availabilityZones: zones,
      masterNodes: nodes * node.memory >= MASTERS_FROM ? 3 : 0,
      masterNodeInstanceType: masterFor(nodes, shards),
      volumeSize: Math.max(LEAST_VOLUME, Math.ceil(volumeFor(storage / nodes))),
      indexShards,
      indexReplicas: replicas,
      rotation,
      shards,
    };
  }
  return undefined;
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
