import type { LiveHeartRateError } from '../errors.js';
import type { HeartRateSample } from '../sample/index.js';
import { ageList, type Entry } from './entry.js';
import type { Prepare, Prepared } from './prepare.js';
import { asError } from './send-batch.js';
import type { Spool, StoredSample } from './spool/spool.js';

/** All unsettled samples in order: the oldest in memory, and what has no room there on the disk. */
export interface Backlog {
  readonly size: number;
  /** The oldest in memory, where all others are younger. */
  readonly oldest: Entry | undefined;
  /** The number below which everything is settled. */
  readonly settledTo: number;
  /** The number of the next sample. */
  readonly next: number;
  /** Adds a sample; throws where the spool has no room. The promise resolves when it is stored. */
  add(prepared: Prepared): Promise<void>;
  /** Takes out the oldest that is not in flight, where there is one. */
  evict(): Entry | undefined;
  /** Takes out what is settled. */
  remove(entries: readonly Entry[]): void;
  /** Ends; resolves with the samples that are lost now, since nothing has stored them. */
  close(): Promise<readonly HeartRateSample[]>;
}

export interface BacklogOptions {
  readonly spool: Spool;
  /** Whether the spool stores anything. */
  readonly stores: boolean;
  /** How many samples there may be in memory. */
  readonly capacity: number;
  readonly prepare: Prepare;
  /** Samples are in memory, ready to be sent. */
  readonly onReady: (entries: readonly Entry[]) => void;
  /** A stored sample cannot be sent. */
  readonly onUnusable: (sample: HeartRateSample, error: LiveHeartRateError) => void;
  /** There may be room where there was none. */
  readonly onRoom: () => void;
  readonly onError: (error: LiveHeartRateError) => void;
}

/** How long to wait before a spool that cannot be read is tried again, milliseconds. */
const READ_PAUSE = 1_000;

export function createBacklog(options: BacklogOptions): Backlog {
  const { spool, stores, capacity, prepare, onReady, onUnusable, onRoom, onError } = options;
  const held = ageList();
  /** The number from which on everything is on the disk alone. */
  let loaded = spool.first;
  let loading = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  /** What was lost at the end. */
  let gone = 0;

  const settledTo = () => held.oldest?.number ?? loaded;

  function add(prepared: Prepared): Promise<void> {
    const number = spool.next;
    const stored = spool.append(prepared.line, prepared.bytes);
    if (loaded === number && held.size < capacity) {
      loaded++;
      onReady([hold(prepared, number, 0)]);
    } else load();
    return stored;
  }

  function hold({ sample, key, line, bytes }: Prepared, number: number, storedFor: number): Entry {
    const entry: Entry = {
      number,
      sample,
      key,
      line,
      bytes,
      acceptedAt: performance.now(),
      storedFor,
      inFlight: false,
      older: undefined,
      newer: undefined,
    };
    held.add(entry);
    return entry;
  }

  /** Brings what waits on the disk into memory, as soon as half of that is free. */
  async function load(): Promise<void> {
    if (loading || ended) return;
    loading = true;
    try {
      while (loaded < spool.next && held.size <= capacity / 2) {
        const { samples, next } = await spool.read(loaded, capacity - held.size);
        if (ended) return;
        const entries = samples.flatMap(restore);
        loaded = Math.max(loaded, next);
        spool.settle(settledTo());
        onReady(entries);
        // What could not be read or sent has made room.
        if (entries.length === 0) onRoom();
      }
      loading = false;
    } catch (error) {
      onError(asError(error));
      pause = setTimeout(() => {
        loading = false;
        load();
      }, READ_PAUSE);
    }
  }

  function restore({ number, line, sample, storedAt }: StoredSample): Entry[] {
    let prepared: Prepared;
    try {
      prepared = prepare(sample, line);
    } catch (error) {
      onUnusable(sample, asError(error));
      return [];
    }
    return [hold(prepared, number, Math.max(0, Date.now() - storedAt))];
  }

  function remove(entries: readonly Entry[]): void {
    for (const entry of entries) held.remove(entry);
    spool.settle(settledTo());
    load();
  }

  async function close(): Promise<readonly HeartRateSample[]> {
    ended = true;
    clearTimeout(pause);
    const lost: HeartRateSample[] = [];
    const unsettled = new Set<number>();
    for (let entry = held.oldest; entry; entry = entry.newer) {
      unsettled.add(entry.number);
      if (!stores) lost.push(entry.sample);
    }
    for (const { sample, number } of await spool.close(settledTo()))
      if (number >= loaded || unsettled.has(number)) lost.push(sample);
    gone = lost.length;
    return lost;
  }

  load();
  return {
    get size() {
      return held.size + spool.next - loaded - gone;
    },
    get oldest() {
      return held.oldest;
    },
    get settledTo() {
      return settledTo();
    },
    get next() {
      return spool.next;
    },
    add,
    evict() {
      let entry = held.oldest;
      while (entry?.inFlight) entry = entry.newer;
      if (entry) remove([entry]);
      return entry;
    },
    remove,
    close,
  };
}
