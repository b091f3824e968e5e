import type { NodeModules } from './node.js';

/** A file of the spool. Its name is the number of its first line, so that nothing has to be counted but the last one. */
export interface Segment {
  readonly base: number;
  readonly path: string;
  /** When something was written to it, milliseconds since 1970. */
  readonly storedAt: number;
  /** How long it is, bytes. */
  bytes: number;
  /** Whether something in it could not be read: it is set aside in place of being deleted. */
  damaged: boolean;
}

const NAME = /^(\d{16})\.jsonl$/;
const NEWLINE = 0x0a;
const CHUNK = 1 << 20;
/** How far the numbers go on behind a last segment of which nobody knows how many lines it has. */
const UNKNOWN = 1e9;

export const segmentPath = ({ path }: NodeModules, folder: string, base: number) =>
  path.join(folder, `${String(base).padStart(16, '0')}.jsonl`);

/** What earlier processes left, oldest first, and the number behind it; the last line is cut off where it is torn. */
export function findSegments(
  node: NodeModules,
  folder: string,
  onUnreadable: (segment: Segment, error: unknown) => void,
): { segments: Segment[]; next: number } {
  const { fs, path } = node;
  const segments: Segment[] = fs
    .readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const [, base] = NAME.exec(name) ?? [];
      if (base === undefined) return [];
      const file = path.join(folder, name);
      const { size, mtimeMs } = fs.statSync(file);
      return [{ base: Number(base), path: file, bytes: size, storedAt: mtimeMs, damaged: false }];
    });
  const last = segments.at(-1);
  if (last === undefined) return { segments, next: 0 };
  try {
    const { lines, end } = countLines(node, last.path);
    if (end < last.bytes) fs.truncateSync(last.path, end);
    last.bytes = end;
    // Its name is free for the next one.
    if (end === 0) fs.rmSync((segments.pop() as Segment).path);
    return { segments, next: last.base + lines };
  } catch (error) {
    onUnreadable(last, error);
    return { segments, next: last.base + UNKNOWN };
  }
}

/** How many whole lines a file has, and where the last of them ends. */
function countLines({ fs }: NodeModules, file: string): { lines: number; end: number } {
  const fd = fs.openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let lines = 0;
    let end = 0;
    for (let offset = 0; ; ) {
      const read = fs.readSync(fd, chunk, 0, CHUNK, offset);
      if (read === 0) return { lines, end };
      for (let at = chunk.indexOf(NEWLINE); at !== -1 && at < read; at = chunk.indexOf(NEWLINE, at + 1)) {
        lines++;
        end = offset + at + 1;
      }
      offset += read;
    }
  } finally {
    fs.closeSync(fd);
  }
}
