import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Database, literal } from './duckdb.js';

/** Parquet files in a folder for each day (UTC). A file is there whole or not at all. */
export class ParquetTable {
  readonly #folder: string;
  readonly #temporary: string;

  /**
   * @param folder - Where the days are.
   * @param temporary - A folder on the same disk, for files that are not whole yet.
   */
  constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  /** Writes what a query answers into files of this name, in place of those that have it already. */
  async write(database: Database, query: string, name: string): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
    await database.run(`
      COPY (SELECT *, strftime("timestamp", '%Y-%m-%d') AS day FROM (${query}) ORDER BY session_id, sequence, "timestamp")
      TO ${literal(this.#temporary)} (
        FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), FILENAME_PATTERN ${literal(`${name}-`)}
      )`);
    for (const day of await readdir(this.#temporary)) {
      await mkdir(join(this.#folder, day), { recursive: true, mode: 0o700 });
      for (const file of await readdir(join(this.#temporary, day))) {
        const path = join(this.#temporary, day, file);
        await sync(path);
        await rename(path, join(this.#folder, day, basename(path)));
      }
      await sync(join(this.#folder, day));
    }
    await sync(this.#folder);
    await rm(this.#temporary, { recursive: true });
  }
}

/** Has the operating system write a file, or the names in a folder, onto the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
