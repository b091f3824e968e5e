import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';

/**
 * @typedef {object} Cost
 * @property {number} calls
 * @property {number} records
 * @property {number} units
 */

const SAMPLES = 1_000_000;
const SESSIONS = 1_000;
/** One session takes a second for each sample, and every minute of it is like the others. */
const OF_ONE_SESSION = 100_000;
/** `pack`; the first and the last are compared. */
const PACKS = /** @type {const} */ ([false, { delay: 1_000 }, { delay: 10_000 }, { delay: 60_000 }]);

/** What Kinesis bills for a million samples; time is virtual. */
export async function measureCost() {
  say('What 1,000,000 samples at 1 Hz each session cost …');
  /** @type {[string, Cost][]} */
  const rows = [['one PutRecord for each sample', { calls: SAMPLES, records: SAMPLES, units: SAMPLES }]];
  /** @type {{ one: Cost, many: Cost }[]} */
  const costs = [];
  for (const pack of PACKS) {
    // Nothing of this is a time: two at once.
    const [one, many] = await Promise.all([costOf(OF_ONE_SESSION, 1, pack), costOf(SAMPLES, SESSIONS, pack)]);
    const how = pack ? `packed for ${pack.delay / 1_000} s` : 'not packed';
    rows.push([`the sink, ${how}, 1 session`, one], [`the sink, ${how}, 1,000 sessions`, many]);
    costs.push({ one, many });
  }
  printTable(rows);
  const [plain, packed] = [costs.at(0), costs.at(-1)];
  const ratio = (/** @type {'one' | 'many'} */ kind) =>
    (plain?.[kind].units ?? Number.NaN) / (packed?.[kind].units ?? Number.NaN);
  return { payloadUnitsRatio: Math.min(ratio('one'), ratio('many')) };
}

/**
 * @param {number} samples
 * @param {number} sessions
 * @param {false | { delay: number }} pack
 * @returns {Promise<Cost>} of a million samples
 */
async function costOf(samples, sessions, pack) {
  const { calls, records, units } = await node('sink/cost-run.mjs', [
    `${samples}`,
    `${sessions}`,
    JSON.stringify(pack),
  ]);
  const scaled = (/** @type {number} */ count) => Math.round((count * SAMPLES) / samples);
  return { calls: scaled(calls), records: scaled(records), units: scaled(units) };
}

/** @param {[string, Cost][]} rows */
function printTable(rows) {
  const line = (/** @type {string} */ name, /** @type {string[]} */ cells) =>
    console.log([name.padEnd(44), ...cells.map((cell) => cell.padStart(15))].join(''));
  line('1,000,000 samples at 1 Hz', ['calls', 'records', 'payload units']);
  for (const [name, { calls, records, units }] of rows)
    line(
      name,
      [calls, records, units].map((count) => count.toLocaleString('en')),
    );
  console.log();
}
