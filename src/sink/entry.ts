import type { HeartRateSample } from '../sample/index.js';

/** An accepted sample, from its acceptance until it settles. */
export interface Entry {
  /** Its number among all that have been accepted, those of earlier processes with the same spool included. */
  readonly number: number;
  readonly sample: HeartRateSample;
  readonly key: string;
  /** The sample in the wire format. */
  readonly line: string;
  /** The size of that in UTF-8. */
  readonly bytes: number;
  /** When it was accepted, or came back from the disk, by `performance.now()`. */
  readonly acceptedAt: number;
  /** How long it had been on the disk by then, milliseconds. */
  readonly storedFor: number;
  inFlight: boolean;
  /** Its neighbours in {@link AgeList}. */
  older: Entry | undefined;
  newer: Entry | undefined;
}

/** Entries by age: any of them can be taken out at no cost, so that the oldest is always known. */
export interface AgeList {
  readonly size: number;
  readonly oldest: Entry | undefined;
  /** Adds one that is newer than all others. */
  add(entry: Entry): void;
  remove(entry: Entry): void;
}

export function ageList(): AgeList {
  let size = 0;
  let oldest: Entry | undefined;
  let newest: Entry | undefined;
  return {
    get size() {
      return size;
    },
    get oldest() {
      return oldest;
    },
    add(entry) {
      entry.older = newest;
      if (newest) newest.newer = entry;
      else oldest = entry;
      newest = entry;
      size++;
    },
    remove(entry) {
      const { older, newer } = entry;
      if (older) older.newer = newer;
      else oldest = newer;
      if (newer) newer.older = older;
      else newest = older;
      size--;
    },
  };
}
