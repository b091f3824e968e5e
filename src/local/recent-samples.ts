import { type StoredSample, tableColumns, toDocument } from '../sample/index.js';
import { type Database, openDatabase } from './duckdb.js';

const columns = tableColumns('duckdb');
const names = columns.map(({ name }) => name).join(', ');
/** How DuckDB reads the documents of samples out of JSON. */
const structure = JSON.stringify([
  Object.fromEntries(
    columns.map(({ name, type }) => [name, type.endsWith('[]') ? [type.slice(0, -2)] : type]),
  ),
]);
const insert = `INSERT INTO recent SELECT ${names} FROM (SELECT unnest(from_json(?, '${structure}'), recursive := true))`;
/** Within one statement DuckDB takes even two rows without an identity for a conflict, so those are not for it. */
const insertOnce = `${insert} ON CONFLICT DO NOTHING`;

type Document = Record<string, unknown>;
const hasIdentity = ({ session_id, sequence }: Document) =>
  session_id !== undefined && sequence !== undefined;

/** The samples that have come last, in a database file, until they move elsewhere under a name. */
export class RecentSamples {
  readonly #database: Database;
  #count = 0;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Opens the database, which no other process can open meanwhile. */
  static async open(path: string): Promise<RecentSamples> {
    const database = await openDatabase(path);
    const definitions = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    await database.run(`CREATE TABLE IF NOT EXISTS recent (${definitions}, UNIQUE (session_id, sequence))`);
    // The name is kept with the samples: after a crash they move under the same name again.
    await database.run('CREATE TABLE IF NOT EXISTS export AS SELECT uuid()::VARCHAR AS name');
    const recent = new RecentSamples(database);
    const [row] = await database.rows('SELECT count(*) AS n FROM recent');
    recent.#count = Number(row?.n);
    return recent;
  }

  /** The database, in which they are the table `recent`. */
  get database(): Database {
    return this.#database;
  }

  /** How many there are at most: some may have come twice. */
  get count(): number {
    return this.#count;
  }

  /** The name under which they move. */
  async name(): Promise<string> {
    return String((await this.#database.rows('SELECT name FROM export'))[0]?.name);
  }

  /** Adds all samples or none; one whose identity is there already changes nothing. */
  async add(samples: readonly StoredSample[]): Promise<void> {
    const documents = samples.map(toDocument);
    const json = (some: readonly Document[]) => [JSON.stringify(some)];
    await this.#inTransaction(async () => {
      await this.#database.run(insertOnce, json(documents.filter(hasIdentity)));
      await this.#database.run(insert, json(documents.filter((document) => !hasIdentity(document))));
    });
    this.#count += samples.length;
  }

  /** Forgets them, and their name, once they are safe elsewhere. */
  async clear(): Promise<void> {
    await this.#inTransaction(async () => {
      await this.#database.run('DELETE FROM recent');
      await this.#database.run('UPDATE export SET name = uuid()::VARCHAR');
    });
    this.#count = 0;
    await this.#database.run('CHECKPOINT');
  }

  async #inTransaction(work: () => Promise<void>): Promise<void> {
    await this.#database.run('BEGIN');
    try {
      await work();
      await this.#database.run('COMMIT');
    } catch (error) {
      await this.#database.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}
