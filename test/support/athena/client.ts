import { plain } from '../archive/plain.js';

const DEADLINE_MS = 60_000;
const QUERY = 'asked';

/** A page of an answer; the next one is at `nextUri`, as long as there is one. */
interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string };
}

export interface Athena {
  /** The rows of an answer, as the cases write them. */
  ask(sql: string, parameters?: readonly string[]): Promise<Record<string, unknown>[]>;
  /** How a query was carried out. */
  explain(sql: string, parameters: readonly string[]): Promise<string>;
}

/** Asks Trino as Athena does with parameters: each query is a prepared statement. */
export function athenaAt(url: string): Athena {
  async function run(statement: string, prepared: string) {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const headers = {
      ...{ 'X-Trino-User': 'test', 'X-Trino-Catalog': 'hive', 'X-Trino-Schema': 'default' },
      'X-Trino-Prepared-Statement': `${QUERY}=${encodeURIComponent(prepared)}`,
    };
    const read = async (response: Response) => (await response.json()) as Page;
    const rows: Record<string, unknown>[] = [];
    let page = await read(
      await fetch(`${url}/v1/statement`, { method: 'POST', body: statement, headers, signal }),
    );
    for (;;) {
      if (page.error) throw new Error(page.error.message);
      const names = page.columns?.map(({ name }) => name) ?? [];
      for (const row of page.data ?? [])
        rows.push(Object.fromEntries(row.map((value, at) => [names[at], value])));
      if (!page.nextUri) return rows;
      page = await read(await fetch(page.nextUri, { headers, signal }));
    }
  }
  const execute = (parameters: readonly string[]) =>
    parameters.length === 0
      ? `EXECUTE ${QUERY}`
      : `EXECUTE ${QUERY} USING ${parameters.map((value) => `'${value}'`).join(', ')}`;
  return {
    ask: async (sql, parameters = []) => plain(await run(execute(parameters), sql)),
    async explain(sql, parameters) {
      const rows = await run(execute(parameters), `EXPLAIN ANALYZE ${sql}`);
      return rows.flatMap((row) => Object.values(row)).join('\n');
    },
  };
}
