import { within } from '../within.js';
import type { NodeModules } from './node.js';
import { type Chunk, type SegmentFilesOptions, segmentFiles } from './segment-files.js';
import type { Segment } from './segments.js';

/** Appends lines to segments: many with one write, and with one fsync where they have to survive a power cut. */
export interface SegmentWriter {
  /** The number that the next line gets. */
  readonly next: number;
  /** Lines before this number can be read from their segments. */
  readonly readable: number;
  /** Bytes that are not in a segment yet, and those of them that have no place in one. */
  readonly waiting: number;
  readonly unplaced: number;
  /** Why the last write has failed; `undefined` again as soon as one succeeds. */
  readonly failure: unknown;
  /** The segment that is written to. */
  readonly current: Segment | undefined;
  /** Takes a line; the promise resolves when it is stored, or cannot be any more, and never rejects. */
  append(line: string, bytes: number): Promise<void>;
  /** What is not in a segment yet. */
  waitingLines(): readonly WaitingLines[];
  /** Resolves when the next attempt to write what waits has succeeded or failed. */
  attempted(): Promise<void>;
  /** Lets the next line begin a new segment, where nothing is being written; answers whether it will. */
  roll(): boolean;
  /** Stores what it can; the rest is still waiting then. */
  close(): Promise<void>;
}

/** Lines that are not in a segment. */
interface WaitingLines {
  readonly first: number;
  readonly text: string;
}

export interface SegmentWriterOptions extends SegmentFilesOptions {
  /** Something has been stored. */
  readonly onStored: () => void;
  readonly onError: (error: unknown) => void;
}

/** A source that does not wait is slowed down, by writing on its own time, from so many bytes on. */
const BURST = 1 << 20;
/** The same, where something is being written already: then it has to be more, since the disk may be slow. */
const BURST_WHILE_WRITING = 8 << 20;
/** How long close() waits for a disk that does not answer, milliseconds. */
const PATIENCE = 5_000;
/** Pauses after failed writes, milliseconds. */
const PAUSE = 500;
const PAUSE_MAX = 10_000;

export function segmentWriter(
  node: NodeModules,
  first: number,
  options: SegmentWriterOptions,
): SegmentWriter {
  const { segmentBytes, onStored, onError } = options;
  const files = segmentFiles(node, options);
  const burst = Math.min(BURST, segmentBytes);
  let next = first;
  let text = '';
  let textBytes = 0;
  let textFirst = first;
  const chunks: Chunk[] = [];
  /** Those who wait until what they have appended is stored. */
  let group = newGroup();
  let awaited = false;
  let attempt = newGroup();
  let writing = false;
  let running: Promise<void> | undefined;
  let failure: unknown;
  let closing = false;
  /** The disk has not answered in time: whatever it still says, nothing more is done. */
  let abandoned = false;
  let endPause = () => {};

  function append(line: string, bytes: number): Promise<void> {
    next++;
    text += line;
    textBytes += bytes;
    awaited = true;
    const { promise } = group;
    // What is being written has its place, so what comes behind it can be written before.
    if (textBytes >= (chunks.length === 0 ? burst : BURST_WHILE_WRITING) && failure === undefined) writeNow();
    running ??= run();
    return promise;
  }

  function takeText(): Chunk {
    const chunk = { first: textFirst, data: Buffer.from(text) };
    text = '';
    textBytes = 0;
    textFirst = next;
    return chunk;
  }

  function writeNow(): void {
    const chunk = takeText();
    try {
      files.writeNow(chunk);
    } catch {
      chunks.push(chunk); // run() tries again, and tells.
    }
  }

  async function run(): Promise<void> {
    await undefined; // What comes in one go is written in one go.
    while (awaited) {
      const { resolve } = group;
      group = newGroup();
      awaited = false;
      const stored = await store();
      resolve();
      if (!stored) break;
      onStored();
    }
    running = undefined;
  }

  /** Writes all there is, however often that takes; answers whether it has come to that. */
  async function store(): Promise<boolean> {
    for (let failures = 0; ; failures++) {
      try {
        writing = true;
        if (text !== '') chunks.push(takeText());
        for (let chunk = chunks[0]; chunk !== undefined; chunk = chunks[0]) {
          await files.write(chunk);
          if (abandoned) return false;
          chunks.shift();
        }
        await files.sync();
        failure = undefined;
        return true;
      } catch (error) {
        failure = error;
        onError(error);
        if (closing) return false;
      } finally {
        writing = false;
        attempt.resolve();
        attempt = newGroup();
      }
      await pause(Math.min(PAUSE * 2 ** failures, PAUSE_MAX));
    }
  }

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  function waitingLines(): readonly WaitingLines[] {
    const lines = chunks.map(({ first: number, data }) => ({ first: number, text: data.toString() }));
    return text === '' ? lines : [...lines, { first: textFirst, text }];
  }

  function roll(): boolean {
    if (writing || chunks.some(files.isFollowed)) return false;
    files.roll();
    for (const chunk of chunks) files.displace(chunk);
    return true;
  }

  async function close(): Promise<void> {
    closing = true;
    endPause();
    if (running) await within(PATIENCE, running);
    abandoned = writing;
    group.resolve();
    // Nothing stays of what will be told as lost.
    for (const chunk of chunks) attemptTo(() => files.undo(chunk));
    if (!writing) attemptTo(() => files.close());
  }

  function attemptTo(work: () => void): void {
    try {
      work();
    } catch (error) {
      onError(error);
    }
  }

  return {
    get next() {
      return next;
    },
    get readable() {
      return chunks[0]?.first ?? textFirst;
    },
    get waiting() {
      return chunks.reduce((sum, { data }) => sum + data.length, textBytes);
    },
    get unplaced() {
      return chunks.reduce((sum, { data, place }) => sum + (place ? 0 : data.length), textBytes);
    },
    get failure() {
      return failure;
    },
    get current() {
      return files.current;
    },
    append,
    waitingLines,
    attempted: () => attempt.promise,
    roll,
    close,
  };
}

function newGroup() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
