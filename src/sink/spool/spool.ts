import type { HeartRateSample } from '../../sample/index.js';

/** Where accepted samples wait, one line each, numbered in the order in which they came. */
export interface Spool {
  /** The number of the oldest line that was not settled when it was opened. */
  readonly first: number;
  /** The number that the next line gets. */
  readonly next: number;
  /** What it takes on the disk. */
  readonly bytes: number;
  /**
   * Adds a line; throws a `SpoolError` where there is no room.
   *
   * @returns A promise that resolves when it is stored, and never rejects.
   */
  append(line: string, bytes: number): Promise<void>;
  /** What is stored from a number on, as much as there is at hand; waits until it is written. */
  read(from: number, most: number): Promise<StoredSamples>;
  /** Says that everything before a number is settled. */
  settle(before: number): void;
  /** Stores what it can, and lets go of the folder; resolves with what could not be stored. */
  close(before: number): Promise<readonly StoredSample[]>;
}

/** A sample with its place. */
export interface StoredSample {
  readonly number: number;
  readonly line: string;
  readonly sample: HeartRateSample;
  /** About when it was stored, milliseconds since 1970. */
  readonly storedAt: number;
}

/** What was read. */
export interface StoredSamples {
  readonly samples: readonly StoredSample[];
  /** The number behind all that was looked at. */
  readonly next: number;
}

const NOW: Promise<void> = /* @__PURE__ */ Promise.resolve();

/** Numbers alone, for sinks whose samples wait in memory. */
export function noSpool(): Spool {
  let next = 0;
  return {
    first: 0,
    get next() {
      return next;
    },
    bytes: 0,
    append() {
      next++;
      return NOW;
    },
    read: async (from) => ({ samples: [], next: from }),
    settle() {},
    close: async () => [],
  };
}
