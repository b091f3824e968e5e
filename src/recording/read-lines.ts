import { type FileHandle, open } from 'node:fs/promises';
import { fromFileError } from './errors.js';

/** The longest line that is read, bytes; {@link readLines} gives the beginning of a longer one, which is longer, too. */
export const LINE_MAX = 2 ** 20;
/** How much is read at a time, bytes: some hundred samples, between which other work has its turn. */
const CHUNK = 64 * 2 ** 10;
const NEWLINE = 0x0a;
const NOTHING: Buffer = Buffer.alloc(0);

/**
 * The lines of a file without their newlines, as many at a time as one read brings. Nothing is read before it is asked
 * for, and the file is closed at the end, or when no more is wanted.
 */
export async function* readLines(path: string): AsyncGenerator<readonly Buffer[]> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    let rest = NOTHING;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
      if (bytesRead === 0) break;
      const lines = splitLines(buffer.subarray(0, bytesRead));
      lines[0] = join(rest, lines[0]);
      rest = lines.pop() ?? NOTHING;
      yield lines;
    }
    yield [rest];
  } catch (error) {
    throw fromFileError(error, path, 'read');
  } finally {
    await file?.close();
  }
}

/** What stands between the newlines, which is one more than there are newlines. */
function splitLines(chunk: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (;;) {
    const end = chunk.indexOf(NEWLINE, start);
    if (end === -1) break;
    lines.push(chunk.subarray(start, end));
    start = end + 1;
  }
  lines.push(chunk.subarray(start));
  return lines;
}

/** Puts a line together again, up to where it is too long anyway. */
function join(rest: Buffer, more = NOTHING): Buffer {
  if (rest.length === 0) return more;
  return rest.length > LINE_MAX ? rest : Buffer.concat([rest, more]);
}
