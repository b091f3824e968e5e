/** A value of an answer, whoever has given it. An instant is a `Date`; lists and structures are as JSON has them. */
export type Cell = string | number | boolean | null | Date | object;

/** A row, a cell for each column. */
export type Row = readonly Cell[];

/** What a question is answered with. */
export interface Answer {
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** Some rows after the other, so that any number of them can be shown. */
  readonly parts: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

/** Whole numbers that JSON readers take for what they are; greater ones stay text. */
export function numberOf(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : text;
}

/** `2026-11-23 10:00:00.5`, where a time zone may follow. */
const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(?: ?(UTC|[+-]\d\d(?::?\d\d)?))?$/;

/** A time without a zone is UTC, as all times of the archive are. What is no such time stays text. */
export function instantOf(text: string): Date | string {
  const [, day, time, fraction = '', offset = 'UTC'] = TIME.exec(text) ?? [];
  if (day === undefined) return text;
  const zone = offset === 'UTC' ? 'Z' : `${offset}${offset.length === 3 ? ':00' : ''}`;
  const instant = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  return Number.isNaN(instant.getTime()) ? text : instant;
}

/** All rows of an answer, as objects. */
export async function rowsOf({ columns, parts }: Answer): Promise<Record<string, Cell>[]> {
  const rows: Record<string, Cell>[] = [];
  for await (const part of parts) {
    for (const row of part) rows.push(Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])));
  }
  return rows;
}
