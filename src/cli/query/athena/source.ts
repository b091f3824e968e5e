import type { Datum } from '@aws-sdk/client-athena';
import { InvalidArgumentError } from '../../../errors.js';
import type { ArchiveQueryOptions } from '../../../sample/index.js';
import { type Cell, instantOf, numberOf, type Row } from '../answer.js';
import type { Source, Work } from '../source.js';
import { type Athena, athenaClient } from './client.js';
import { type AthenaPlace, runQuery } from './run-query.js';

/** Which archive of Athena is meant. */
export interface AthenaTable extends AthenaPlace {
  /** Name of the table. Default `heart_rate`. */
  readonly table?: string | undefined;
  /** How the table's column `day` is written. */
  readonly dayFormat?: ArchiveQueryOptions['dayFormat'];
}

/** What reads and does nothing else; comments may come before it. */
const SELECT = /^(?:\s|--[^\n]*(?:\n|$)|\/\*.*?\*\/)*(?:select|with|values|table|\()/is;

/** The archive that Athena reads. */
export async function athenaSource(which: AthenaTable, work: Work): Promise<Source> {
  const athena = await athenaClient();
  const { table = 'heart_rate', dayFormat = 'yyyy-MM-dd', ...place } = which;
  return {
    catalogue: { dialect: 'athena', table, dayFormat },
    async ask(sql, values) {
      if (!SELECT.test(sql)) {
        throw new InvalidArgumentError(
          `The question must be one SELECT, such as: SELECT max(heart_rate) FROM ${table}`,
        );
      }
      const pages = readPages(athena, await runQuery(athena, place, [sql, values], work), work.signal);
      // The columns are told with the first rows.
      const { value: first } = await pages.next();
      return { columns: first?.names ?? [], parts: rowsOf(first?.rows ?? [], pages) };
    },
    close: async () => athena.close(),
  };
}

interface Page {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

async function* readPages(athena: Athena, id: string, signal: AbortSignal): AsyncGenerator<Page, undefined> {
  let token: string | undefined;
  do {
    const { ResultSet, NextToken } = await athena.send(
      (client, options) =>
        client.send(
          new athena.sdk.GetQueryResultsCommand({ QueryExecutionId: id, ...(token && { NextToken: token }) }),
          options,
        ),
      signal,
    );
    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    const types = columns.map(({ Type }) => Type ?? '');
    const rows = (ResultSet?.Rows ?? []).map(({ Data = [] }) =>
      types.map((type, at) => cellOf(Data[at], type)),
    );
    // The first row of all repeats the names of the columns.
    yield { names: columns.map(({ Name }) => Name ?? ''), rows: token === undefined ? rows.slice(1) : rows };
    token = NextToken;
  } while (token !== undefined);
}

async function* rowsOf(first: readonly Row[], pages: AsyncIterable<Page>) {
  yield first;
  for await (const { rows } of pages) yield rows;
}

/** Athena writes everything as text; nothing is no text. */
function cellOf(datum: Datum | undefined, type: string): Cell {
  const text = datum?.VarCharValue;
  if (text === undefined) return null;
  if (type === 'boolean') return text === 'true';
  if (type.startsWith('timestamp')) return instantOf(text);
  return /^(tinyint|smallint|integer|int|bigint|double|real|float|decimal.*)$/.test(type)
    ? numberOf(text)
    : text;
}
