import type { NodeModules } from './node.js';
import type { SegmentCare } from './segment-care.js';
import { segmentReader } from './segment-reader.js';
import type { SegmentWriter } from './segment-writer.js';
import type { Segment } from './segments.js';
import type { StoredSample, StoredSamples } from './spool.js';
import { toSpoolError } from './spool-error.js';
import { readStoredSample } from './stored-sample.js';

/** Finds samples by their numbers, wherever they are. */
export interface SpoolReader {
  /** What is stored from a number on; waits until it is written. */
  read(from: number, most: number): Promise<StoredSamples>;
  /** What is not stored from a number on. */
  waiting(from: number): StoredSample[];
}

/** How often in a row a segment may fail to be read until it is set aside. */
const ATTEMPTS = 3;
/** Errors of the file system that say nothing of the file. */
const PASSING = new Set(['EAGAIN', 'EBUSY', 'EINTR', 'EMFILE', 'ENFILE', 'ENOMEM']);

export function spoolReader(
  node: NodeModules,
  segments: Segment[],
  writer: SegmentWriter,
  care: SegmentCare,
): SpoolReader {
  const reader = segmentReader(node);
  let failures = 0;

  async function read(from: number, most: number): Promise<StoredSamples> {
    while (from >= writer.readable && from < writer.next) {
      // A full disk is no reason not to deliver: that may well make room.
      if (writer.failure !== undefined) return { samples: waiting(from), next: writer.next };
      await writer.attempted();
    }
    const at = segments.findLastIndex(({ base }) => base <= from);
    const segment = segments[at];
    const end = segments[at + 1]?.base ?? writer.readable;
    if (segment === undefined) return { samples: [], next: segments[0]?.base ?? end };
    try {
      const found = await readSegment(segment, from, end, most);
      failures = 0;
      return found;
    } catch (error) {
      if (PASSING.has((error as NodeJS.ErrnoException).code ?? '') || ++failures < ATTEMPTS)
        throw toSpoolError(error, segment.path, 'read');
      failures = 0;
      segments.splice(segments.indexOf(segment), 1);
      care.setAside(segment, error);
      return { samples: [], next: end };
    }
  }

  async function readSegment(
    segment: Segment,
    from: number,
    end: number,
    most: number,
  ): Promise<StoredSamples> {
    const growing = segment === writer.current;
    const { lines, next, short } = await reader.read({ segment, from, end, most, growing });
    if (short) care.damage(segment, 'there are fewer lines than were written');
    const samples = parse(lines, segment.storedAt, (reason) => care.damage(segment, reason));
    // With damage there can be more lines than there are numbers.
    return {
      samples: samples.map((each) => ({ ...each, number: Math.min(from + each.number, end - 1) })),
      next,
    };
  }

  function waiting(from: number): StoredSample[] {
    return writer.waitingLines().flatMap(({ first, text }) =>
      parse(text.trimEnd().split('\n'), Date.now(), () => {})
        .map((each) => ({ ...each, number: first + each.number }))
        .filter(({ number }) => number >= from),
    );
  }

  return { read, waiting };
}

/** The samples of lines, numbered from 0. */
function parse(
  lines: readonly string[],
  storedAt: number,
  onDamage: (reason: string) => void,
): StoredSample[] {
  const samples: StoredSample[] = [];
  lines.forEach((found, number) => {
    // A power cut leaves zeros in the place of what was not written; the line behind them is whole.
    const line = found.replace(/^\0+/, '');
    const sample = readStoredSample(line);
    if (typeof sample === 'string') onDamage(sample);
    else samples.push({ number, line: `${line}\n`, sample, storedAt });
  });
  return samples;
}
