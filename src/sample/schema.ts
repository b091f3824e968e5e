/** The types a column can have, and what each is called in the index, the catalogue and the local archive. */
const columnTypes = {
  timestamp: { index: 'date', glue: 'timestamp', duckdb: 'TIMESTAMP' },
  integer: { index: 'integer', glue: 'int', duckdb: 'INTEGER' },
  long: { index: 'long', glue: 'bigint', duckdb: 'BIGINT' },
  boolean: { index: 'boolean', glue: 'boolean', duckdb: 'BOOLEAN' },
  string: { index: 'keyword', glue: 'string', duckdb: 'VARCHAR' },
  // Every multiple of 1/1024 s that 16 bits can hold is exact in an IEEE single, so the index needs no double.
  intervals: { index: 'float', glue: 'array<double>', duckdb: 'DOUBLE[]' },
} as const;

/** One field of the wire format, and so one column of every store. */
export interface SampleField {
  /** Its name on the wire and in every store. */
  readonly name: string;
  /** What it holds. */
  readonly type: keyof typeof columnTypes;
  /** Meaning and unit, for catalogues. */
  readonly description: string;
}

/**
 * The one schema: index mapping, table columns and queries derive from it.
 *
 * @example
 * ```ts
 * import { sampleSchema } from 'liveheartrate';
 *
 * sampleSchema.slice(0, 2).map((field) => field.name); // => ['timestamp', 'heart_rate']
 * ```
 */
export const sampleSchema: readonly SampleField[] = [
  { name: 'timestamp', type: 'timestamp', description: 'arrival of the measurement, UTC' },
  { name: 'heart_rate', type: 'integer', description: 'beats per minute; 0 where no beat is detected' },
  { name: 'rr_intervals', type: 'intervals', description: 'RR intervals, milliseconds, oldest first' },
  { name: 'energy_expended', type: 'integer', description: 'kilojoules since the last reset' },
  { name: 'sensor_contact', type: 'boolean', description: 'whether the sensor touches skin' },
  { name: 'sensor_id', type: 'string', description: 'id of the sensor' },
  { name: 'sensor_name', type: 'string', description: 'advertised name of the sensor' },
  { name: 'session_id', type: 'string', description: 'one recording of one sensor' },
  { name: 'sequence', type: 'long', description: 'number within the session, from 0' },
];

/** What an indexer adds to the schema: the milliseconds from the time of a sample until it was sent to the index. */
export const INDEX_LATENCY = 'index_latency';

/** The body of `mappings` of an index. */
export interface IndexMapping {
  /** Fields that are not in the mapping are kept, but not indexed. */
  readonly dynamic: false;
  /** The type of each field. */
  readonly properties: {
    readonly [field: string]: {
      /** Its type. */
      readonly type: string;
    };
  };
}

/**
 * The OpenSearch mapping of a sample.
 *
 * @returns The body of `mappings`: exact types, and no field beside those of the schema.
 *
 * @example
 * ```ts
 * import { indexMapping } from 'liveheartrate';
 *
 * indexMapping().properties['rr_intervals']; // => { type: 'float' }
 * ```
 */
export function indexMapping(): IndexMapping {
  return {
    dynamic: false,
    properties: Object.fromEntries(
      sampleSchema.map(({ name, type }) => [name, { type: columnTypes[type].index }]),
    ),
  };
}

/** A column of a table. */
export interface TableColumn {
  /** Name of the column. */
  readonly name: string;
  /** Type in the words of the catalogue. */
  readonly type: string;
  /** Meaning and unit. */
  readonly comment: string;
}

/**
 * The columns of a sample in a table.
 *
 * @param dialect - Whose type names: those of Glue (and Athena's DDL), or of DuckDB. Default `'glue'`.
 * @returns One column for each field, in the order of the schema.
 *
 * @example
 * ```ts
 * import { tableColumns } from 'liveheartrate';
 *
 * tableColumns()[2]?.type; // => 'array<double>'
 * ```
 */
export function tableColumns(dialect: 'glue' | 'duckdb' = 'glue'): TableColumn[] {
  return sampleSchema.map(({ name, type, description }) => ({
    name,
    type: columnTypes[type][dialect],
    comment: description,
  }));
}
