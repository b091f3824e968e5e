import { InvalidArgumentError } from '../errors.js';

/** The few words in which Athena (Trino) and DuckDB differ, for one time zone. */
export interface ArchiveDialect {
  /** What clocks show at a naive UTC timestamp. */
  local(utc: string): string;
  /** The naive UTC timestamp at which clocks show a time. */
  utc(local: string): string;
  /** An instant as a naive UTC timestamp. */
  naive(instant: string): string;
  /** A naive UTC timestamp as a value of the column `day`. */
  day(utc: string): string;
  /** The value below which a fraction of all values is. */
  percentile(value: string, fraction: number): string;
}

/** How the days of the archive's folders are written, and what Trino calls that. */
const dayPatterns = { 'yyyy-MM-dd': '%Y-%m-%d', 'yyyy/MM/dd': '%Y/%m/%d' } as const;

/** Both engines read `AT TIME ZONE`, each the opposite of the other, so that it is in neither. */
export function archiveDialect(
  name: 'athena' | 'duckdb',
  timeZone: string,
  dayFormat: keyof typeof dayPatterns,
): ArchiveDialect {
  const zone = `'${zoneOf(timeZone)}'`;
  const pattern = Object.hasOwn(dayPatterns, dayFormat) ? dayPatterns[dayFormat] : undefined;
  if (pattern === undefined) {
    throw new InvalidArgumentError(`dayFormat must be one of ${Object.keys(dayPatterns).join(', ')}.`);
  }
  switch (name) {
    case 'athena':
      return {
        local: (utc) => `CAST(at_timezone(with_timezone(${utc}, 'UTC'), ${zone}) AS timestamp)`,
        utc: (local) => `CAST(at_timezone(with_timezone(${local}, ${zone}), 'UTC') AS timestamp)`,
        naive: (instant) => `CAST(at_timezone(${instant}, 'UTC') AS timestamp)`,
        day: (utc) => `date_format(${utc}, '${pattern}')`,
        percentile: (value, fraction) => `approx_percentile(${value}, ${fraction})`,
      };
    case 'duckdb':
      return {
        local: (utc) => `timezone(${zone}, timezone('UTC', ${utc}))`,
        utc: (local) => `timezone('UTC', timezone(${zone}, ${local}))`,
        naive: (instant) => `timezone('UTC', ${instant})`,
        day: (utc) => `CAST(${utc} AS date)`,
        percentile: (value, fraction) => `quantile_disc(${value}, ${fraction})`,
      };
    default:
      throw new InvalidArgumentError("dialect must be 'athena' or 'duckdb'.");
  }
}

/** The name of a time zone, in the letters that Trino insists on. */
function zoneOf(timeZone: string): string {
  try {
    // An offset is no time zone to DuckDB.
    if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError();
    const known = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    // An alias stays what it is: what it stands for depends on the version of Node.js.
    return known.toLowerCase() === timeZone.toLowerCase() ? known : timeZone;
  } catch {
    throw new InvalidArgumentError("timeZone must be the IANA name of a time zone, such as 'Europe/Berlin'.");
  }
}
