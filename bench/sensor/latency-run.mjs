// Times each packet on its way through noble's own code, from its socket to the subscriber of heartRate().
import { heartRate, packetOf } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { loadNoble } from '../../test/support/strap/load-noble.mjs';
import { median, percentile } from '../statistics.mjs';
import { noteArrivals } from './arrivals.mjs';
import { mixedPackets } from './packets.mjs';
import { startStrap } from './strap.mjs';

const RATE = 200;
const COUNT = 2_400;
const fork = /** @type {'@abandonware/noble' | '@stoprocent/noble'} */ (process.argv[2]);

const strap = await startStrap();
const arrivals = noteArrivals();
const noble = loadNoble(fork, strap.port);
const sent = mixedPackets()
  .slice(0, COUNT)
  .map((packet) => Buffer.from(packet).toString('hex'));
/** @type {{ time: number, packet: Uint8Array | undefined }[]} */
const received = [];
heartRate(nobleCentral({ noble })).subscribe((sample) =>
  received.push({ time: performance.now(), packet: packetOf(sample) }),
);
await strap.subscribed();
await strap.play(sent, RATE);
await new Promise((resolve) => setTimeout(resolve, 500));

for (const [at, hex] of sent.entries()) {
  const same = arrivals[at]?.hex === hex && Buffer.from(received[at]?.packet ?? []).toString('hex') === hex;
  if (!same) throw new Error(`Packet ${at} of ${COUNT} was lost: ${received.length} have come.`);
}
const times = received.map(({ time }, at) => time - (arrivals[at]?.time ?? Number.NaN));
console.log(
  JSON.stringify({
    count: times.length,
    p50: median(times),
    p99: percentile(times, 0.99),
    max: Math.max(...times),
  }),
);
strap.stop();
process.exit();
