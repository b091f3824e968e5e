import { Deque } from './deque.js';
import type { Entry } from './entry.js';
import type { SinkLimits } from './sink.js';
import type { SinkSettings } from './sink-options.js';
import { sizeOf } from './size-of.js';

/** The samples of one key, in order. */
interface Lane {
  readonly key: string;
  readonly keyBytes: number;
  readonly queue: Deque<Entry>;
  /** How many calls in a row have failed. */
  failures: number;
  /** Nothing of it goes before; 0 where it does not pause. */
  pausedUntil: number;
  /** What of it counts as ready for a call, while it is free and does not pause. */
  records: number;
  bytes: number;
}

/** What goes as one record. */
export interface Parcel {
  readonly lane: Lane;
  readonly entries: readonly Entry[];
}

/** Puts samples into lanes, and takes batches out of them. */
export interface Lanes {
  /** When something has to go, by `performance.now()`; never later than that. */
  readonly due: number;
  /** Whether there is enough for a whole call. */
  readonly full: boolean;
  add(entry: Entry): void;
  /** Takes out the first of its lane that is not in flight. */
  drop(entry: Entry): void;
  /** The next batch, at most so many records: of each free lane what is due now, or soon. */
  take(now: number, records: number): Parcel[];
  /** Gives a lane back whose records have been answered, with what has to go again. */
  release(lane: Lane, again: readonly Entry[]): void;
  /** Samples up to this number go without waiting for more. */
  hurry(number: number): void;
  /** Nothing waits for others to go with it, as long as it is crowded. */
  crowd(isCrowded: boolean): void;
  /** Lets every lane try again now. */
  resume(): void;
}

/** Kinesis bills each record by 25 KB, Firehose by 5 KB: this fills such units, and is small for a shard. */
const PACKED_BYTES = 25_000;

export function createLanes(limits: SinkLimits, settings: SinkSettings): Lanes {
  const { maxLatency, delay, packed } = settings;
  const { recordsPerKey = 1 } = limits;
  const lanes = new Map<string, Lane>();
  /** The lanes with something to send and nothing in flight: first those that wait for their turn longest. */
  const free = new Set<Lane>();
  let due = Infinity;
  let hurryTo = -1;
  let crowded = false;
  /** Of the free lanes, at most: what a call could take. */
  let records = 0;
  let bytes = 0;

  const dueOf = (lane: Lane): number => {
    const { first, length } = lane.queue;
    if (first === undefined) return Infinity;
    // What comes from the disk, or is tried again, has waited already.
    const now =
      crowded ||
      first.number <= hurryTo ||
      first.storedFor > 0 ||
      lane.failures > 0 ||
      (packed && length * first.bytes >= PACKED_BYTES);
    return Math.max(lane.pausedUntil, now ? 0 : first.acceptedAt + delay);
  };

  /** Counts so many records of a lane among those that a call could take, or no more. */
  function count(lane: Lane, change: number, size: number): void {
    lane.records += change;
    lane.bytes += change * (size + lane.keyBytes);
    records += change;
    bytes += change * (size + lane.keyBytes);
  }

  function discount(lane: Lane): void {
    records -= lane.records;
    bytes -= lane.bytes;
    lane.records = 0;
    lane.bytes = 0;
  }

  function add(entry: Entry): void {
    let lane = lanes.get(entry.key);
    if (lane === undefined) {
      lane = {
        key: entry.key,
        keyBytes: sizeOf(entry.key),
        queue: new Deque(),
        ...{ failures: 0, pausedUntil: 0, records: 0, bytes: 0 },
      };
      lanes.set(entry.key, lane);
      free.add(lane);
    }
    const { queue } = lane;
    queue.push(entry);
    if (!free.has(lane)) return;
    if (packed || queue.length === 1) due = Math.min(due, dueOf(lane));
    if (queue.length <= recordsPerKey && lane.pausedUntil === 0) count(lane, 1, entry.bytes);
  }

  function forget(lane: Lane): void {
    discount(lane);
    lanes.delete(lane.key);
    free.delete(lane);
  }

  const isFull = () => !packed && (records >= limits.records || bytes >= limits.bytes);

  function take(now: number, most: number): Parcel[] {
    const batch: Parcel[] = [];
    let left = limits.bytes;
    due = Infinity;
    for (const lane of free) {
      const laneDue = dueOf(lane);
      // What is due within maxLatency goes along: one call for many lanes, not one for each.
      if (batch.length < most && left > 0 && lane.pausedUntil <= now && laneDue <= now + maxLatency) {
        for (let taken = 0; taken < recordsPerKey && batch.length < most; taken++) {
          const entries = nextRecord(lane, Math.min(limits.recordBytes, left) - lane.keyBytes);
          if (entries.length === 0) {
            if (lane.queue.length > 0) left = 0; // Full: what comes later has to wait.
            break;
          }
          left -= entries.reduce((sum, entry) => sum + entry.bytes, lane.keyBytes);
          batch.push({ lane, entries });
          free.delete(lane);
        }
      }
      if (free.has(lane)) due = Math.min(due, laneDue);
      else discount(lane);
      // There is enough for the next call at once: it looks at the others.
      if (batch.length === most && isFull()) {
        due = 0;
        break;
      }
    }
    return batch;
  }

  /** The next samples of a lane that one record holds; without packing, one. */
  function nextRecord({ queue }: Lane, room: number): Entry[] {
    const entries: Entry[] = [];
    let size = 0;
    for (let next = queue.first; next !== undefined; next = queue.first) {
      size += next.bytes;
      // A sample larger than a packed record goes alone.
      if (size > room || (entries.length > 0 && size > PACKED_BYTES)) break;
      entries.push(next);
      queue.shift();
      if (!packed) break;
    }
    return entries;
  }

  return {
    get due() {
      return due;
    },
    get full() {
      return isFull();
    },
    add,
    drop(entry) {
      const lane = lanes.get(entry.key);
      lane?.queue.shift();
      if (lane === undefined || !free.has(lane)) return;
      if (lane.queue.length === 0) forget(lane);
      else if (lane.queue.length < lane.records) count(lane, -1, entry.bytes);
    },
    take,
    release(lane, again) {
      const { queue } = lane;
      if (again.length > 0) queue.unshift(again);
      if (queue.first === undefined) {
        forget(lane);
        return;
      }
      free.add(lane);
      due = Math.min(due, dueOf(lane));
      if (lane.pausedUntil === 0) count(lane, Math.min(queue.length, recordsPerKey), queue.first.bytes);
    },
    hurry(number) {
      hurryTo = Math.max(hurryTo, number);
      due = 0;
    },
    crowd(isCrowded) {
      crowded = isCrowded;
      due = 0;
    },
    resume() {
      for (const lane of lanes.values()) lane.pausedUntil = 0;
      due = 0;
    },
  };
}
