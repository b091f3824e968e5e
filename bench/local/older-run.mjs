// The older system's question, highest and lowest rate between two times, of its files: bytes read, and milliseconds.
import { DuckDBInstance } from '@duckdb/node-api';
import { bytesRead } from './bytes-read.mjs';

/** @type {{ source: string, from: string, to: string }} */
const { source, from, to } = JSON.parse(process.argv[2] ?? '');
const connection = await (await DuckDBInstance.create()).connect();
const before = bytesRead();
const start = performance.now();
// Its times are text, which each question reads as times.
await connection.runAndReadAll(
  `SELECT max(heart_rate), min(heart_rate), max(heart_rate) - min(heart_rate) FROM ${source}
   WHERE strptime("timestamp", '%Y-%m-%dT%H:%M:%S.%f') BETWEEN CAST(? AS TIMESTAMP) AND CAST(? AS TIMESTAMP)`,
  [from, to],
);
console.log(JSON.stringify({ bytes: bytesRead() - before, ms: performance.now() - start }));
