import { randomUUID } from 'node:crypto';
import type { HeartRateSample } from '../../../src/sample/index.js';
import { hasRide, readRide, toPackets } from '../ride.js';

/** Somebody whose heart goes up and down. */
const simulated = () => Array.from({ length: 4_000 }, (_, at) => 600 + 220 * Math.sin(at / 150));

/** The session of the recording, or a simulated one where there is none: a sample a second until now. */
export function sessionUntilNow(): HeartRateSample[] {
  const packets = toPackets(hasRide() ? readRide() : simulated());
  const start = Date.now() - packets.length * 1_000;
  const session = randomUUID();
  return packets.map((packet, sequence) => ({
    ...packet,
    timestamp: new Date(start + sequence * 1_000),
    sensor: { id: 'c8:0a:11:22:33:44', name: 'Polar H10' },
    ...{ session, sequence },
  }));
}
