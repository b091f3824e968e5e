import type { Database } from './duckdb.js';

/** Texts as a parameter, and as what a query makes of it. */
const texts = `SELECT unnest(from_json(?, '["VARCHAR"]'))`;

/**
 * Which session is in which Parquet file, so that a question of one session need not look into all of them. It only
 * repeats what the files say: where it is lost, they are read again.
 */
export class SessionFiles {
  readonly #database: Database;

  /** @param database - Where it is kept. */
  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Learns what it does not know yet of these files, and forgets all others.
   *
   * @param files - As `day=…/name.parquet`.
   * @param source - The SQL that reads files of these, with the column `filename`.
   */
  async update(files: readonly string[], source: (files: readonly string[]) => string): Promise<void> {
    await this.#database.run('CREATE TABLE IF NOT EXISTS session_files (session_id VARCHAR, file VARCHAR)');
    await this.#database.run(`DELETE FROM session_files WHERE file NOT IN (${texts})`, [
      JSON.stringify(files),
    ]);
    const rows = await this.#database.rows('SELECT DISTINCT file FROM session_files');
    const known = new Set(rows.map(({ file }) => file));
    const added = files.filter((file) => !known.has(file));
    if (added.length === 0) return;
    await this.#database.run(
      `INSERT INTO session_files SELECT session_id, array_to_string(parse_path(filename)[-2:], '/')
       FROM (SELECT DISTINCT session_id, filename FROM ${source(added)})`,
    );
  }

  /** The files in which a session is, of those of the last update. */
  async of(session: string): Promise<string[]> {
    const rows = await this.#database.rows('SELECT file FROM session_files WHERE session_id = ?', [session]);
    return rows.map(({ file }) => String(file));
  }
}
