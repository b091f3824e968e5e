import { setTimeout as sleep } from 'node:timers/promises';
import { callJson } from './aws-call.js';

export interface NamedQuery {
  readonly NamedQueryId: string;
  readonly Name: string;
  readonly Database: string;
  readonly QueryString: string;
}

export type Row = Record<string, string | undefined>;

const WITHIN = 100_000;

/** The workgroup of a deployed archive. */
export function workGroupAt(aws: string, WorkGroup: string) {
  const athena = <Answer>(action: string, body: object) =>
    callJson<Answer>(aws, `AmazonAthena.${action}`, { WorkGroup, ...body });
  return {
    /** Its named queries, by their names. */
    async queries(): Promise<Map<string, NamedQuery>> {
      const { NamedQueryIds } = await athena<{ NamedQueryIds: string[] }>('ListNamedQueries', {});
      const found = await Promise.all(
        NamedQueryIds.map((NamedQueryId) =>
          athena<{ NamedQuery: NamedQuery }>('GetNamedQuery', { NamedQueryId }).then(
            (each) => each.NamedQuery,
          ),
        ),
      );
      return new Map(found.map((query) => [query.Name, query]));
    },

    /** Runs one with its parameters and answers the rows. */
    async run({ QueryString, Database }: NamedQuery, parameters: readonly string[]): Promise<Row[]> {
      const { QueryExecutionId } = await athena<{ QueryExecutionId: string }>('StartQueryExecution', {
        QueryString,
        QueryExecutionContext: { Database },
        ExecutionParameters: parameters.map((parameter) => `'${parameter}'`),
      });
      for (const deadline = Date.now() + WITHIN; ; await sleep(50)) {
        const { QueryExecution } = await athena<{
          QueryExecution: { Status: { State: string; StateChangeReason: string } };
        }>('GetQueryExecution', { QueryExecutionId });
        const { State, StateChangeReason } = QueryExecution.Status;
        if (State === 'SUCCEEDED') break;
        if (State === 'FAILED') throw new Error(`${StateChangeReason} in:\n${QueryString}`);
        if (Date.now() > deadline) throw new Error(`A query is still ${State} after ${WITHIN} ms.`);
      }
      const { ResultSet } = await athena<{
        ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[] };
      }>('GetQueryResults', { QueryExecutionId });
      const [names = [], ...rows] = ResultSet.Rows.map(({ Data }) => Data.map((cell) => cell.VarCharValue));
      return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
    },
  };
}
