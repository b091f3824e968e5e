import { createRequire } from 'node:module';
import { report } from '../report.mjs';
import { FLEETS, simulateFleet } from '../sizing/fleets.mjs';
import { loadSizing } from '../sizing/load.mjs';
import { simulate } from '../sizing/simulate.mjs';

const { Duration } = createRequire(import.meta.url)('aws-cdk-lib');

/** The formulas by which a pipeline is sized: whether what they say is enough, and not much more than that. */
export async function bench() {
  const sizing = await loadSizing();
  const fleets = FLEETS.map((wearers) => {
    const simulated = simulateFleet(sizing, wearers);
    console.log(JSON.stringify(simulated));
    return simulated;
  });
  // Where samples are kept for a day, a domain is as large as its work wants it, not as its volumes do.
  const busy = { wearers: 10_000, retention: Duration.days(1) };
  const halfShards = simulate({ sizing, props: { wearers: 10_000 }, shards: 0.5 });
  const halfNodes = simulate({ sizing, props: busy, nodes: 0.5 });
  const wholeNodes = simulate({ sizing, props: busy });
  const packed = simulate({ sizing, props: { wearers: 10_000, packDelay: Duration.seconds(10) } });
  const pushed = simulate({ sizing, props: { wearers: 10_000 }, poll: 0.07 });
  const most = (/** @type {(fleet: import('../sizing/fleets.mjs').Simulated) => number} */ figure) =>
    Math.max(...fleets.map(figure));

  return report({
    growthSeconds: {
      what: 's of their rate by which the queues of 1 to 1,000,000 wearers grow in three minutes, at most',
      value: Math.max(wholeNodes.growth, packed.growth, ...fleets.map(({ growth }) => growth)),
      bound: { below: 0.5 },
    },
    drainedSeconds: {
      what: 's until a tenth of the wearers has sent what ten minutes have left in their spools, at most',
      value: most(({ drained }) => drained),
      bound: { below: 180 },
    },
    indexedP50Ms: {
      what: 'ms from a sample until it is indexed: half are quicker',
      value: 1_000 * most(({ indexedP50 }) => indexedP50),
      bound: { below: 1_000 },
    },
    indexedP99Ms: {
      what: 'ms of the same: 99 of 100 are quicker',
      value: 1_000 * most(({ indexedP99 }) => indexedP99),
      bound: { below: 1_600 },
    },
    searchableP99Ms: {
      what: 'ms from a sample until a search finds it, with a refresh each second: 99 of 100 are quicker',
      value: 1_000 * most(({ searchableP99 }) => searchableP99),
      bound: { below: 2_600 },
    },
    meanwhileP99Ms: {
      what: 'ms of the same while spools are drained',
      value: 1_000 * most(({ meanwhileP99 }) => meanwhileP99),
      bound: { below: 3_000 },
    },
    pushedP99Ms: {
      what: 'ms from a sample until it is indexed where records are pushed to the indexer (enhanced fan-out)',
      value: 1_000 * pushed.indexedP99,
      bound: { below: 500 },
    },
    busiestShard: {
      what: 'of the records that a shard takes, the one with the most wearers',
      value: most(({ busiest }) => busiest),
      bound: { below: 0.9 },
    },
    indexerBusy: {
      what: 'of the time that an indexer of a shard works, at most',
      value: most(({ indexer }) => indexer),
      bound: { below: 0.5 },
    },
    domainBusy: {
      what: 'of what the processors of a domain can index, at most',
      value: Math.max(wholeNodes.used.domain, ...fleets.map(({ domain }) => domain)),
      bound: { below: 0.7 },
    },
    halfShardsGrowthSeconds: {
      what: 's by which the queues of 10,000 wearers grow with half of the shards',
      value: halfShards.growth,
      bound: { least: 10 },
    },
    halfNodesGrowthSeconds: {
      what: 's by which they grow with half of the nodes, where samples are kept for a day',
      value: halfNodes.growth,
      bound: { least: 10 },
    },
  });
}
