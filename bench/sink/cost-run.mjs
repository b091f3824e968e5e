// Counts what samples of so many sessions at 1 Hz take: how many samples, of how many sessions, at which `pack` (JSON).

import { samplesOf } from '../samples.mjs';
import { payloadUnits } from './payload-units.mjs';
import { virtualClock } from './virtual-clock.mjs';

const SECOND = 1_000;

const [samples = 0, sessions = 0] = process.argv.slice(2).map(Number);
const pack = JSON.parse(process.argv[4] ?? 'false');
const clock = virtualClock();
const { sinkOfEverything } = await import('./everything.mjs');

const counts = { calls: 0, records: 0, units: 0 };
// Room for a minute of a thousand sessions.
const sink = sinkOfEverything({ pack, capacity: 200_000 }, (records) => {
  counts.calls++;
  counts.records += records.length;
  for (const record of records) counts.units += payloadUnits(record);
});

let at = 0;
// Straps do not beat together: the samples of a second are spread over it.
for (const sample of samplesOf(samples, sessions)) {
  await clock.goTo((at++ * SECOND) / sessions);
  sink.accept(sample);
}
await sink.flush();
const { delivered } = sink.stats();
if (delivered !== samples) throw new Error(`Only ${delivered} of ${samples} samples were delivered.`);
console.log(JSON.stringify(counts));
