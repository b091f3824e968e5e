// `fill` and a folder leaves a million samples in a spool; `empty` and the folder tells how long it takes to send them.

import { samplesOf } from '../samples.mjs';
import { acceptAll } from './accept-all.mjs';
import { sinkOfEverything } from './everything.mjs';

const SAMPLES = 1_000_000;
const SESSIONS = 1_000;

const [task, directory = ''] = process.argv.slice(2);
const spool = { directory, durability: /** @type {const} */ ('os') };

if (task === 'fill') {
  const sink = sinkOfEverything({ spool }, () => {
    throw new Error('The service is away.');
  });
  await acceptAll(sink, samplesOf(SAMPLES, SESSIONS));
  console.log(JSON.stringify(sink.stats()));
  process.exit();
}

const start = performance.now();
const sink = sinkOfEverything({ spool });
let delivered = 0;
sink.settled$.subscribe(({ outcome }) => {
  if (outcome !== 'delivered') throw new Error('A sample was dropped.');
  if (++delivered < SAMPLES) return;
  console.log(JSON.stringify({ delivered, seconds: (performance.now() - start) / 1_000 }));
  process.exit();
});
