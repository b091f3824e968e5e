import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** The types of the columns of a Parquet file, and its rows, with times in milliseconds since 1970. */
export async function readParquet(bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-parquet-'));
  const file = join(folder, 'file.parquet');
  await writeFile(file, bytes);
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  try {
    const columns = await read(`DESCRIBE SELECT * FROM read_parquet('${file}')`);
    const rows = await read(
      `SELECT * REPLACE (epoch_ms("timestamp")::DOUBLE AS "timestamp", sequence::DOUBLE AS sequence)
       FROM read_parquet('${file}')`,
    );
    return {
      types: Object.fromEntries(columns.map(({ column_name, column_type }) => [column_name, column_type])),
      rows: rows as unknown as ParquetRow[],
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}

export interface ParquetRow {
  readonly timestamp: number;
  readonly heart_rate: number;
  readonly rr_intervals: number[] | null;
  readonly session_id: string | null;
  readonly sequence: number | null;
  readonly sensor_id: string | null;
  readonly sensor_name: string | null;
}
