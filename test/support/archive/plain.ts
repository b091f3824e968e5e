/** Rows as the cases write them, whichever engine they come from: numbers, and times without zeros at their end. */
export function plain(rows: readonly object[]): Record<string, unknown>[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, read(value)])),
  );
}

function read(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  // DuckDB writes 64-bit integers as text.
  if (/^-?\d+$/.test(value)) return Number(value);
  return value.replace(
    /(:\d\d)(\.\d*?)0*$/,
    (_, seconds: string, part: string) => `${seconds}${part === '.' ? '' : part}`,
  );
}
