import { randomUUID } from 'node:crypto';
import {
  appendFile,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { parseSamples, serializeSample } from '../sample/index.js';

/** The files that this process is writing to now, whichever journal does. */
const beingWritten = new Set<string>();

/** JSON lines on disk that are not in Parquet yet. A file belongs to the process whose id its name starts with. */
export class Journal {
  readonly #folder: string;
  #file: { readonly name: string; readonly handle: FileHandle; bytes: number } | undefined;

  /** @param folder - Where the files are. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Bytes in the current file. */
  get bytes(): number {
    return this.#file?.bytes ?? 0;
  }

  /** Appends lines, and returns when they are on the disk. */
  async append(lines: Uint8Array): Promise<void> {
    if (this.#file === undefined) {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const name = `${process.pid}-${randomUUID()}.jsonl`;
      this.#file = { name, handle: await open(join(this.#folder, name), 'ax', 0o600), bytes: 0 };
      beingWritten.add(name);
    }
    await this.#file.handle.appendFile(lines);
    await this.#file.handle.datasync();
    this.#file.bytes += lines.length;
  }

  /** Closes the current file and answers every file that is ready to be moved: it, and those that a dead process left. */
  async ready(): Promise<string[]> {
    if (this.#file !== undefined) {
      await this.#file.handle.close();
      beingWritten.delete(this.#file.name);
      this.#file = undefined;
    }
    const names = await readdir(this.#folder).catch(() => []);
    const left = names.filter((name) => name.endsWith('.jsonl') && !isInUse(name));
    for (const name of left) await this.#mend(name);
    return left.map((name) => join(this.#folder, name));
  }

  /** Forgets a file that has been moved. */
  async remove(path: string): Promise<void> {
    await rm(path);
  }

  /** Sets aside what is no sample, such as the last line of a process that was killed. */
  async #mend(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const { samples, rejected } = parseSamples(await readFile(path));
    if (rejected.length === 0) return;
    await appendFile(`${path}.rejected`, rejected.map(({ payload }) => `${payload}\n`).join(''), {
      mode: 0o600,
    });
    await writeFile(`${path}.new`, samples.map(serializeSample).join(''), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}

function isInUse(name: string): boolean {
  const pid = Number.parseInt(name, 10);
  // A process in a container often has the same id as the one before it.
  return pid === process.pid ? beingWritten.has(name) : isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted means that there is such a process, of somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
