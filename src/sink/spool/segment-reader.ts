import type { NodeModules } from './node.js';
import type { Segment } from './segments.js';

/** What is looked for. */
interface Search {
  readonly segment: Segment;
  /** The number of the first line. */
  readonly from: number;
  /** The number behind the last line of the segment. */
  readonly end: number;
  /** How many lines at most. */
  readonly most: number;
  /** Whether the segment is still written to. */
  readonly growing: boolean;
}

/** What was found. */
interface Found {
  readonly lines: readonly string[];
  /** The number of the line behind them. */
  readonly next: number;
  /** Whether the segment has fewer lines than numbers. */
  readonly short: boolean;
}

/** Reads lines of a segment from a number on; remembers where it was, since mostly it goes on from there. */
export interface SegmentReader {
  read(search: Search): Promise<Found>;
}

type Place = { readonly path: string; readonly number: number; readonly offset: number };

const CHUNK = 256 * 1024;
/** No line of ours is longer: what is, is damage. */
const LINE_MAX = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

export function segmentReader({ fs }: NodeModules): SegmentReader {
  /** Where the line of a number begins. */
  let place: Place = { path: '', number: 0, offset: 0 };

  async function read({ segment, from, end, most, growing }: Search): Promise<Found> {
    const { path } = segment;
    const file = await fs.promises.open(path);
    try {
      if (place.path !== path || place.number > from) place = { path, number: segment.base, offset: 0 };
      // Those before are settled, or in memory.
      while (place.number < from) {
        const skipped = await readLines(from - place.number);
        // Damage can bring newlines along, or take them. Then nothing is skipped: what comes twice does no harm.
        if (skipped.length === 0 || !skipped.every(isWhole)) place = { path, number: from, offset: 0 };
      }
      const lines = await readLines(growing ? Math.min(most, end - from) : most);
      const over = lines.length === 0 || (!growing && place.offset >= segment.bytes);
      // Where there are more lines than numbers, the last ones share one.
      place = { ...place, number: over ? end : Math.min(from + lines.length, growing ? end : end - 1) };
      return { lines, next: place.number, short: over && from + lines.length < end };
    } finally {
      await file.close();
    }

    async function readLines(count: number): Promise<string[]> {
      for (let size = CHUNK; size <= LINE_MAX; size *= 4) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(size), 0, size, place.offset);
        const lines: string[] = [];
        let start = 0;
        while (lines.length < count) {
          const end = buffer.indexOf(NEWLINE, start);
          if (end === -1 || end >= bytesRead) break;
          lines.push(buffer.toString('utf8', start, end));
          start = end + 1;
        }
        if (lines.length > 0 || bytesRead < size) {
          place = { path, number: place.number + lines.length, offset: place.offset + start };
          return lines;
        }
      }
      // What follows the next newline may be whole again.
      place = { path, number: place.number + 1, offset: place.offset + LINE_MAX };
      return [''];
    }
  }

  return { read };
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
