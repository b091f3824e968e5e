// Documents a second through our handler and by another way, in pairs one after the other: the URL of OpenSearch, and
// `post-each`, `powertools`, `helpers-bulk` or `raw-bulk`.
import { Client } from '@opensearch-project/opensearch';
import { prepareIndex } from 'liveheartrate/lambda';
import { batchesOf } from './events.mjs';
import { otherWays, throughHandler } from './ways.mjs';

/** @typedef {import('./ways.mjs').Way} Way */

/** A function handles thousands: after a few, what was collected before a round is compiled again. */
const EVENTS = 20;
const WARM_UP = 3;
/** How many events the other way gets, and how many pairs of rounds there are. */
const PLANS = /** @type {Readonly<Record<string, { events: number, rounds: number }>>} */ ({
  'post-each': { events: 2, rounds: 9 },
  powertools: { events: 3, rounds: 11 },
  'helpers-bulk': { events: EVENTS, rounds: 31 },
  'raw-bulk': { events: EVENTS, rounds: 41 },
});

const [url = '', name = ''] = process.argv.slice(2);
const [way, plan] = [otherWays[name], PLANS[name]];
if (!way || !plan) throw new Error(`There is no way ${name}.`);
const client = new Client({ node: url });
// The first one makes the index, which takes as long as many others.
const [first, ...batches] = batchesOf(1 + EVENTS);
if (!first) throw new Error('There are no events.');
const suffix = await suffixOfIndices();

const rounds = [];
for (let round = -WARM_UP; round < plan.rounds; round++) {
  const handler = () => rate(throughHandler, EVENTS, `handler-${process.pid}-${round + WARM_UP}`, '');
  const other = () => rate(way, plan.events, `other-${process.pid}-${round + WARM_UP}`, suffix);
  // The first of a pair has an advantage, or the second.
  const pair = round % 2 ? [await handler(), await other()] : [await other(), await handler()].toReversed();
  if (round >= 0) rounds.push({ handler: pair[0], other: pair[1] });
}
console.log(JSON.stringify(rounds));
process.exit();

/**
 * What the runtime does before it calls a function. Objects of all events at once would be none of either way's, but
 * the collector of garbage would go through them for whichever leaves it something to collect.
 * @param {import('./events.mjs').Batch} batch
 */
function handedOver({ event, body }) {
  return { event: /** @type {import('aws-lambda').KinesisStreamEvent} */ (JSON.parse(event)), body };
}

/** What our handler calls an index beyond its alias: the other way writes to one of such a name, with the same template. */
async function suffixOfIndices() {
  const alias = `trial-${process.pid}`;
  await prepareIndex(client, { index: alias });
  await throughHandler(url, alias)(handedOver(/** @type {import('./events.mjs').Batch} */ (first)));
  const { body } = await client.indices.get({ index: `${alias}*` });
  const [index = ''] = Object.keys(body);
  await client.indices.delete({ index });
  return index.slice(alias.length);
}

/**
 * Documents a second into a fresh index, which is gone afterwards.
 * @param {Way} way
 * @param {number} events
 * @param {string} alias
 * @param {string} suffix
 */
async function rate(way, events, alias, suffix) {
  await prepareIndex(client, { index: alias });
  const write = way(url, `${alias}${suffix}`);
  let documents = await write(handedOver(/** @type {import('./events.mjs').Batch} */ (first)));
  const before = documents;
  globalThis.gc?.();
  let spent = 0;
  for (const each of batches.slice(0, events)) {
    const batch = handedOver(each);
    const start = performance.now();
    documents += await write(batch);
    spent += performance.now() - start;
  }
  const perSecond = ((documents - before) / spent) * 1_000;

  const index = `${alias}*`;
  await client.indices.refresh({ index });
  const { count } = (await client.count({ index })).body;
  if (count !== documents) throw new Error(`${count} of ${documents} documents are in the index.`);
  await client.indices.delete({ index: Object.keys((await client.indices.get({ index })).body) });
  return perSecond;
}
