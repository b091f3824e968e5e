/** Whose figures are in tables. */
const FLEETS = [1, 100, 10_000, 1_000_000];

/**
 * The tables of `docs/cost-and-scale.md`, by their names.
 * @param {(props: any) => any} estimate
 * @param {any} packDelay
 * @param {readonly import('./fleets.mjs').Simulated[]} simulated
 * @returns {Record<string, string>}
 */
export function tablesOf(estimate, packDelay, simulated) {
  const estimates = FLEETS.map((wearers) => estimate({ wearers }));
  const heads = ['wearers', ...FLEETS.map(grouped)];
  const row = (/** @type {string} */ name, /** @type {(of: any, at: number) => string} */ cell) => [
    name,
    ...estimates.map(cell),
  ];
  const packed = FLEETS.map((wearers) => estimate({ wearers, packDelay }));
  return {
    sizes: table([
      heads,
      row('shards', ({ size }) => grouped(size.shardCount)),
      row('data nodes', ({ size }) => `${size.dataNodes} × \`${size.dataNodeInstanceType}\``),
      row('volume of each', ({ size }) => `${grouped(size.volumeSize)} GiB`),
      row('masters', ({ size }) =>
        size.masterNodes > 0 ? `${size.masterNodes} × \`${size.masterNodeInstanceType}\`` : 'none',
      ),
      row('index', ({ size }) => `of a ${size.rotation}, ${size.indexShards} × ${1 + size.indexReplicas}`),
      row('indexer', ({ size }) => `${size.memorySize} MiB, ${size.batchSize} records`),
    ]),
    costs: table([
      ['USD a month', ...FLEETS.map(grouped)],
      ...estimates[0].costs.map((/** @type {any} */ { component }, /** @type {number} */ at) =>
        row(component, ({ costs }) => money(costs[at].monthlyCost)),
      ),
      row('**all**', ({ monthlyCost }) => `**${money(monthlyCost)}**`),
      row('all, packed for 10 s', (_, at) => money(packed[at].monthlyCost)),
    ]),
    simulated: table([
      ['wearers', 'indexed p50', 'p99', 'searchable p50', 'p99', 'drained', 'busiest shard', 'domain'],
      ...simulated.map((fleet) => [
        grouped(fleet.wearers),
        ...[fleet.indexedP50, fleet.indexedP99, fleet.searchableP50, fleet.searchableP99].map(seconds),
        `${Math.round(fleet.drained)} s`,
        ...[fleet.busiest, fleet.domain].map((part) => `${Math.round(part * 100)} %`),
      ]),
    ]),
  };
}

/**
 * Puts each table between the comment with its name and the next one.
 * @param {string} text
 * @param {Record<string, string>} tables
 */
export const fill = (text, tables) =>
  text.replace(
    /<!-- (\w+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name) => `<!-- ${name} -->\n\n${tables[name]}\n\n<!-- end -->`,
  );

/** @param {readonly (readonly string[])[]} rows */
function table([head = [], ...rows]) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const rule = `|---|${head
    .slice(1)
    .map(() => '--:|')
    .join('')}`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const grouped = (/** @type {number} */ value) => value.toLocaleString('en-US');
const seconds = (/** @type {number} */ value) => `${value.toFixed(2)} s`;
/** @param {number} value */
const money = (value) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: value < 100 ? 2 : 0,
    maximumFractionDigits: value < 100 ? 2 : 0,
  });
