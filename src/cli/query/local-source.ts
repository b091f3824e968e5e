import type { Json } from '../../local/locked-database.js';
import { openReadOnly } from '../../local/read-archive.js';
import { type Cell, instantOf, numberOf } from './answer.js';
import type { Source, Work } from './source.js';

/** How often is looked how far a question is. */
const LOOK_MS = 500;

/** The archive in a folder of this machine. */
export async function localSource(directory: string, { signal, progress }: Work): Promise<Source> {
  const database = await openReadOnly(directory);
  const timer = setInterval(() => {
    const done = database.progress();
    progress(
      done === undefined ? 'reading the archive …' : `reading the archive: ${Math.floor(done * 100)} %`,
    );
  }, LOOK_MS);
  timer.unref();
  return {
    catalogue: { dialect: 'duckdb', table: 'heart_rate', dayFormat: 'yyyy-MM-dd' },
    async ask(sql, values) {
      const { columns, parts } = await database.ask(sql, values, signal);
      const kinds = columns.map(({ type }) => type);
      return { columns: columns.map(({ name }) => name), parts: read(parts, kinds) };
    },
    async close() {
      clearInterval(timer);
      await database.close();
    },
  };
}

async function* read(parts: AsyncIterable<readonly (readonly Json[])[]>, types: readonly string[]) {
  for await (const part of parts) {
    yield part.map((row) => row.map((value, at) => cellOf(value, types[at] ?? '')));
  }
}

/** DuckDB writes times and long numbers as text. */
function cellOf(value: Json, type: string): Cell {
  if (typeof value !== 'string') return value;
  if (type.startsWith('TIMESTAMP')) return instantOf(value);
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE)$/.test(type) ? numberOf(value) : value;
}
