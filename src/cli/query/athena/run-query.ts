import { setTimeout as sleep } from 'node:timers/promises';
import { literal } from '../../../local/duckdb.js';
import { QueryError } from '../errors.js';
import type { Work } from '../source.js';
import type { Athena } from './client.js';

/** Where Athena runs a query. */
export interface AthenaPlace {
  /** Name of the Glue database. */
  readonly database?: string | undefined;
  /** Name of the workgroup. */
  readonly workgroup?: string | undefined;
  /** Where in S3 the answers go, where the workgroup does not say it. */
  readonly output?: string | undefined;
}

/** Between two looks, milliseconds: soon at first. */
const FIRST_LOOK = 100;
const LONGEST_LOOK = 2_000;
const MEGABYTE = 1e6;

/** Runs a query to its end, and answers its id. Where nobody wants it any more, it is cancelled. */
export async function runQuery(
  athena: Athena,
  { database, workgroup, output }: AthenaPlace,
  [sql, values]: readonly [sql: string, values: readonly string[]],
  { signal, progress }: Work,
): Promise<string> {
  const { sdk } = athena;
  const { QueryExecutionId: id } = await athena.send((client, options) =>
    client.send(
      new sdk.StartQueryExecutionCommand({
        QueryString: sql,
        ...(values.length > 0 && { ExecutionParameters: values.map(literal) }),
        ...(database && { QueryExecutionContext: { Database: database } }),
        ...(workgroup && { WorkGroup: workgroup }),
        ...(output && { ResultConfiguration: { OutputLocation: output } }),
      }),
      options,
    ),
  );
  try {
    // Not given up earlier: nobody could cancel what has no id yet.
    signal.throwIfAborted();
    for (let pause = FIRST_LOOK; ; pause = Math.min(pause * 1.5, LONGEST_LOOK)) {
      const { QueryExecution } = await athena.send(
        (client, options) => client.send(new sdk.GetQueryExecutionCommand({ QueryExecutionId: id }), options),
        signal,
      );
      const { State, StateChangeReason = '' } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return id ?? '';
      if (State === 'FAILED' || State === 'CANCELLED') {
        throw new QueryError(
          `Athena has ${State.toLowerCase()} the query: ${StateChangeReason || 'no reason given'}`,
        );
      }
      const read = (QueryExecution?.Statistics?.DataScannedInBytes ?? 0) / MEGABYTE;
      progress(`Athena: ${String(State).toLowerCase()}, ${read.toFixed(1)} MB read`);
      await sleep(pause, undefined, { signal });
    }
  } catch (error) {
    // It costs money as long as it runs. Nobody waits for more than its own deadline.
    if (!(error instanceof QueryError) || error.retriable) await cancel(athena, id).catch(() => undefined);
    throw error;
  }
}

function cancel(athena: Athena, id: string | undefined): Promise<unknown> {
  return athena.send((client, options) =>
    client.send(new athena.sdk.StopQueryExecutionCommand({ QueryExecutionId: id }), options),
  );
}
