import { draw } from './curves.mjs';

const [BLUE, ORANGE, GREEN, GRAY] = ['#2563eb', '#ea580c', '#059669', '#475569'];
/** So many fleets of each decade. */
const DENSITY = 20;

/**
 * The curves of `docs/cost-and-scale.md`.
 * @param {(props: any) => any} estimate
 * @param {any} packDelay
 * @param {readonly import('./fleets.mjs').Simulated[]} simulated
 */
export function drawCostAndScale(estimate, packDelay, simulated) {
  const fleets = Array.from({ length: 6 * DENSITY + 1 }, (_, at) => Math.round(10 ** (at / DENSITY)));
  const sizes = [...new Set(fleets)].map((wearers) => ({
    wearers,
    ...estimate({ wearers }),
    packed: estimate({ wearers, packDelay }).monthlyCost,
  }));
  const over = (/** @type {(estimated: any) => number} */ value) =>
    sizes.map((size) => /** @type {const} */ ([size.wearers, value(size)]));
  const cost = (/** @type {readonly string[]} */ ...names) =>
    over(({ costs }) =>
      costs.reduce(
        (/** @type {number} */ sum, /** @type {any} */ { component, monthlyCost }) =>
          names.includes(component) ? sum + monthlyCost : sum,
        0,
      ),
    );
  const measured = (/** @type {Exclude<keyof import('./fleets.mjs').Simulated, 'wearers'>} */ key) =>
    simulated.map((fleet) => /** @type {const} */ ([fleet.wearers, fleet[key]]));

  return draw(
    [
      {
        title: 'USD a month',
        logarithmic: true,
        ticks: [0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7],
        label: thousands,
        curves: [
          { name: 'all', color: GRAY, points: over(({ monthlyCost }) => monthlyCost) },
          { name: 'packed 10 s', color: GRAY, dashed: true, points: over(({ packed }) => packed) },
          { name: 'domain', color: BLUE, points: cost('OpenSearch domain') },
          {
            name: 'archive',
            color: ORANGE,
            points: cost('Firehose', 'Lambda normalizer', 'S3 archive', 'Athena'),
          },
          { name: 'stream', color: GREEN, points: cost('Kinesis stream') },
        ],
      },
      {
        title: 'Sizes',
        logarithmic: true,
        ticks: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7],
        label: thousands,
        curves: [
          { name: 'shards', color: GREEN, points: over(({ size }) => size.shardCount) },
          { name: 'data nodes', color: BLUE, points: over(({ size }) => size.dataNodes) },
          {
            name: 'GiB of volumes',
            color: ORANGE,
            points: over(({ size }) => size.dataNodes * size.volumeSize),
          },
        ],
      },
      {
        title: 'Seconds from a sample, simulated',
        ticks: [0, 0.5, 1, 1.5, 2, 2.5, 3],
        label: (value) => `${value}`,
        curves: [
          { name: 'indexed p50', color: BLUE, points: measured('indexedP50') },
          { name: 'p99', color: BLUE, dashed: true, points: measured('indexedP99') },
          { name: 'searchable p50', color: ORANGE, points: measured('searchableP50') },
          { name: 'p99', color: ORANGE, dashed: true, points: measured('searchableP99') },
        ],
      },
      {
        title: 'Part of what each can do, simulated',
        ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
        label: (value) => `${Math.round(value * 100)} %`,
        curves: [
          { name: 'busiest shard', color: GREEN, points: measured('busiest') },
          { name: 'indexer of a shard', color: ORANGE, points: measured('indexer') },
          { name: 'domain', color: BLUE, points: measured('domain') },
        ],
      },
    ],
    'Cost, sizes, latency and load of a pipeline over the number of its wearers',
  );
}

/** @param {number} value */
const thousands = (value) => (value < 1e3 ? `${value}` : value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`);
