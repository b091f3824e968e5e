import { report } from '../report.mjs';
import { measureDecoding } from '../sensor/decoding.mjs';
import { measureLatency } from '../sensor/latency.mjs';
import { measureStraps } from '../sensor/straps.mjs';

/** The sensor side: decoding, a thousand straps, and what lies between noble and a subscriber. */
export async function bench() {
  const decoding = await measureDecoding();
  const straps = await measureStraps();
  const latency = await measureLatency();
  return report({
    decodeVsBleakheart: {
      what: 'times as fast as the decoder of bleakheart (Python)',
      value: decoding.vsBleakheart,
      bound: { least: 20 },
    },
    decodeVsPycycling: {
      what: 'times as fast as the decoder of pycycling (Python)',
      value: decoding.vsPycycling,
      bound: { least: 20 },
    },
    decodeVsTightLoop: {
      what: "of a hand-written DataView loop's time",
      value: decoding.vsTightLoop,
      bound: { most: 1.3 },
    },
    strapsCpu: {
      what: 'of a core for 1,000 straps at 4 Hz',
      value: straps.cpu,
      bound: { below: 0.1 },
    },
    memoryGrowth: {
      what: 'of the resident memory after 100,000 samples, after 1,000,000',
      value: straps.memoryGrowth,
      bound: { most: 1.1 },
    },
    packetToSubscriberP99Ms: {
      what: 'ms from noble receiving a packet to the subscriber, 99th percentile at 200 a second',
      value: latency.p99,
      bound: { below: 2 },
    },
  });
}
