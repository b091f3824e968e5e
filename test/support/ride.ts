import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A recording of RR intervals, `timestamp,rr,since_start` in milliseconds, which is not part of the project. */
export const RIDE = process.env.RIDE_CSV ?? join(import.meta.dirname, '../../../shared/data/h10-ride-rr.csv');
const PACKET_INTERVAL = 1_000;

export const hasRide = (): boolean => existsSync(RIDE);

/** Its RR intervals, milliseconds. */
export function readRide(): number[] {
  const rows = readFileSync(RIDE, 'utf8').split('\n').slice(1);
  return rows.filter((row) => row !== '').map((row) => Number(row.split(',')[1]));
}

/** What a strap sends in one packet. */
export interface Packet {
  readonly heartRate: number;
  readonly rrIntervals: readonly number[];
}

/** A packet a second with the one to three intervals that ended in it, as the strap sends them. */
export function toPackets(intervals: readonly number[]): Packet[] {
  const packets: number[][] = [[]];
  let time = 0;
  let packetEnd = PACKET_INTERVAL;
  for (const interval of intervals) {
    time += interval;
    if (time > packetEnd || packets.at(-1)?.length === 3) {
      packets.push([]);
      packetEnd = Math.ceil(time / PACKET_INTERVAL) * PACKET_INTERVAL;
    }
    packets.at(-1)?.push(interval);
  }
  return packets
    .filter((rrIntervals) => rrIntervals.length > 0)
    .map((rrIntervals) => {
      const mean = rrIntervals.reduce((sum, interval) => sum + interval, 0) / rrIntervals.length;
      return { heartRate: Math.round(60_000 / mean), rrIntervals };
    });
}
