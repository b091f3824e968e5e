import type { LiveHeartRateError } from '../../errors.js';
import { SpoolError } from '../errors.js';
import { openCheckpoint } from './checkpoint.js';
import type { NodeModules } from './node.js';
import { segmentCare } from './segment-care.js';
import { segmentWriter } from './segment-writer.js';
import { findSegments } from './segments.js';
import type { Spool, StoredSample } from './spool.js';
import { toSpoolError } from './spool-error.js';
import { spoolReader } from './spool-reader.js';

const SEGMENT_BYTES = 8 << 20;
/** So many segments at least, so that room becomes free before everything is settled. */
const SEGMENTS_MIN = 8;
/** What may wait in memory for a disk that cannot be written. */
const WAITING_MAX = 1 << 20;

/** What an open spool tells. */
export interface SpoolEvents {
  readonly onError: (error: LiveHeartRateError) => void;
}

interface SpoolSettings extends SpoolEvents {
  readonly durability: 'os' | 'disk';
  readonly maxBytes: number;
  readonly unlock: () => void;
}

/** The spool in a folder that belongs to this process. */
export function spoolIn(node: NodeModules, folder: string, settings: SpoolSettings): Spool {
  const { maxBytes, unlock } = settings;
  // Nobody can have subscribed yet to what is found while it opens.
  const onError = (error: LiveHeartRateError) => queueMicrotask(() => settings.onError(error));
  const tell = (done: string) => (error: unknown) => onError(toSpoolError(error, folder, done));
  const care = segmentCare(node, onError, tell);

  const checkpoint = openCheckpoint(node, folder, tell('written'));
  const found = findSegments(node, folder, care.setAside);
  const { segments } = found;
  const opened = Math.max(found.next, checkpoint.found);
  const first = Math.min(opened, Math.max(checkpoint.found, segments[0]?.base ?? opened));
  const segmentBytes = Math.min(SEGMENT_BYTES, maxBytes / SEGMENTS_MIN);
  const durable = settings.durability === 'disk';
  let settledTo = first;
  const writer = segmentWriter(node, opened, {
    ...{ folder, segments, durable, segmentBytes },
    // Meanwhile all of it may have been settled.
    onStored: () => clear(),
    onError: tell('written'),
  });
  const reader = spoolReader(node, segments, writer, care);
  const bytesNow = () => segments.reduce((sum, { bytes }) => sum + bytes, writer.unplaced);

  function append(line: string, bytes: number): Promise<void> {
    if (bytesNow() + bytes > maxBytes)
      throw new SpoolError(
        `The spool ${folder} has reached its ${maxBytes} bytes. Raise maxBytes, or see why nothing is delivered.`,
      );
    if (writer.failure !== undefined && writer.waiting + bytes > WAITING_MAX)
      throw toSpoolError(writer.failure, folder, 'written');
    return writer.append(line, bytes);
  }

  function settle(before: number): void {
    settledTo = before;
    checkpoint.move(before);
    clear();
  }

  /** Lets go of the segments whose lines are all settled. */
  function clear(): void {
    const { current } = writer;
    // One that is settled need not wait for the line that begins the next, where it is full or its room is needed.
    const settled = current !== undefined && settledTo >= writer.readable;
    if (settled && (current.bytes >= segmentBytes || writer.failure !== undefined)) writer.roll();
    for (let oldest = segments[0]; oldest !== undefined; oldest = segments[0]) {
      const end = segments[1]?.base ?? (oldest === writer.current ? Infinity : writer.readable);
      if (end > settledTo) return;
      segments.shift();
      care.discard(oldest);
    }
  }

  async function close(before: number): Promise<readonly StoredSample[]> {
    await writer.close();
    care.attempt('written', () => {
      settle(before);
      checkpoint.close();
    });
    care.attempt('cleared', unlock);
    return reader.waiting(before);
  }

  return {
    first,
    get next() {
      return writer.next;
    },
    get bytes() {
      return bytesNow();
    },
    append,
    read: reader.read,
    settle,
    close,
  };
}
