import { type FileHandle, open } from 'node:fs/promises';

const NEWLINE = Buffer.from('\n');

/** Ends a torn last line, of a process that was killed or a disk that was full, so that it takes no other along. */
export async function endLine(path: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size, atime, mtime } = await file.stat();
    if (size === 0 || (await lastByte(file, size)).equals(NEWLINE)) return;
    await file.appendFile(NEWLINE);
    // When it was last written tells the rotation which period its lines are of. Only its owner may say so.
    await file.utimes(atime, mtime).catch(() => {});
  } finally {
    await file.close();
  }
}

/** Appends lines. Answers how many are in the file: fewer where the disk took no more; throws where it took none. */
export async function appendLines(path: string, lines: readonly Uint8Array[]): Promise<number> {
  const file = await open(path, 'a', 0o600);
  try {
    const data = Buffer.concat(lines);
    let written = 0;
    try {
      while (written < data.length) written += (await file.write(data, written)).bytesWritten;
    } catch (error) {
      // To write them once more would have them twice.
      const whole = data.subarray(0, written).filter((byte) => byte === NEWLINE[0]).length;
      if (whole === 0) throw error;
      return whole;
    }
    return lines.length;
  } finally {
    await file.close();
  }
}

async function lastByte(file: FileHandle, size: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer;
}
