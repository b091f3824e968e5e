import { say } from '../../scripts/prepare.mjs';
import { withFolder } from '../folder.mjs';
import { node } from '../node.mjs';
import { median } from '../statistics.mjs';
import { bundle } from './bundle.mjs';

/** @typedef {{ imported: number, ready: number }} Start milliseconds */

const WARM_UP = 3;
const PAIRS = 41;

/** What a cold start has to load: how much that is, and how long it takes beside the client alone. */
export async function measureStart() {
  say('Bundles for Lambda, and their import …');
  // What Lambda and the construct set.
  process.env.AWS_REGION = 'eu-central-1';
  process.env.OPENSEARCH_ENDPOINT = 'https://search-rides.eu-central-1.es.amazonaws.com';
  return withFolder(async (folder) => {
    const handler = await bundle('handler.mjs', folder);
    const client = await bundle('client.mjs', folder);
    /** @type {(bundle: { file: string }) => Promise<Start>} */
    const start = ({ file }) => node('lambda/import-run.mjs', [file]);

    /** @type {{ handler: Start, client: Start }[]} */
    const pairs = [];
    for (let pair = -WARM_UP; pair < PAIRS; pair++) {
      // The first of a pair has an advantage, or the second.
      const first = await start(pair % 2 ? handler : client);
      const second = await start(pair % 2 ? client : handler);
      if (pair >= 0)
        pairs.push(pair % 2 ? { handler: first, client: second } : { handler: second, client: first });
    }
    const ms = (/** @type {(pair: { handler: Start, client: Start }) => number} */ of) =>
      `${median(pairs.map(of)).toFixed(1)} ms`;
    say(
      `  the handler: ${kibibytes(handler.bytes).toFixed(0)} KiB, imported after ${ms((pair) => pair.handler.imported)}` +
        `, has handled an empty event after ${ms((pair) => pair.handler.ready)}`,
    );
    say(
      `  the client alone: ${kibibytes(client.bytes).toFixed(0)} KiB, imported after ${ms((pair) => pair.client.imported)}`,
    );
    return {
      bundleKiB: kibibytes(handler.bytes),
      importRatio: median(pairs.map((pair) => pair.handler.imported / pair.client.imported)),
    };
  });
}

const kibibytes = (/** @type {number} */ bytes) => bytes / 2 ** 10;
