import type { NodeModules } from './node.js';

/** Remembers up to where everything is settled. */
export interface Checkpoint {
  /** What it said when it was opened. */
  readonly found: number;
  /** Notes a number, on the disk soon. */
  move(number: number): void;
  /** Writes what is noted, and lets go of the file. */
  close(): void;
}

/** How often it is written at most, milliseconds. What settles in between comes again after a crash. */
const PAUSE = 100;
const DIGITS = 16;

/**
 * Opens the checkpoint of a folder. It is written in place, within one sector and without new space, so that it works
 * on a full disk; the number stands there twice, and counts only where both are the same.
 */
export function openCheckpoint(
  { fs, path }: NodeModules,
  folder: string,
  onError: (error: unknown) => void,
): Checkpoint {
  const fd = fs.openSync(path.join(folder, 'checkpoint'), fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
  const [, number, again] = /^(\d{16}) (\d{16})\n/.exec(fs.readFileSync(fd, 'latin1')) ?? [];
  const found = number === again && Number.isSafeInteger(Number(number)) ? Number(number) : 0;
  let moved = found;
  let written = found;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    timer = undefined;
    if (written === moved) return;
    const digits = String(moved).padStart(DIGITS, '0');
    try {
      fs.writeSync(fd, `${digits} ${digits}\n`, 0, 'latin1');
      written = moved;
    } catch (error) {
      onError(error);
    }
  }

  return {
    found,
    move(number) {
      moved = number;
      if (moved !== written) timer ??= setTimeout(write, PAUSE);
    },
    close() {
      clearTimeout(timer);
      write();
      fs.closeSync(fd);
    },
  };
}
