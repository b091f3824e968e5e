import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tableColumns } from '../sample/index.js';
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

  /**
   * The query that reads all of it.
   *
   * @param without - Name of an export whose files are left out.
   */
  async query(without: string): Promise<string> {
    const files: string[] = [];
    for (const day of (await readdir(this.#folder)).filter((name) => name.startsWith('day='))) {
      const names = await readdir(join(this.#folder, day));
      const whole = names.filter((name) => name.endsWith('.parquet') && !name.startsWith(without));
      files.push(...whole.map((name) => literal(escapeGlob(join(this.#folder, day, name)))));
    }
    // DuckDB cannot read no file at all. The folders on the way may be named anything, also `sequence=7`.
    const columns = tableColumns('duckdb').map(
      ({ name, type }) => `${files.length > 0 ? name : `NULL::${type} AS ${name}`}`,
    );
    const source =
      files.length > 0 ? `FROM read_parquet([${files.join(', ')}], hive_partitioning = false)` : 'LIMIT 0';
    return `SELECT ${columns.join(', ')} ${source}`;
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

/** A path in which DuckDB sees no pattern. */
const escapeGlob = (path: string) => path.replaceAll(/[[*?]/g, '[$&]');
