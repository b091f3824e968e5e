import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Athena answers of one query. */
export interface Script {
  /** The states, one at each look; the last one stays. */
  readonly states: readonly string[];
  readonly reason?: string;
  /** Pages of rows; the first row of the first one has the names. */
  readonly pages?: readonly (readonly (readonly (string | null)[])[])[];
  readonly columns?: readonly (readonly [name: string, type: string])[];
  /** An error in place of a start. */
  readonly refusal?: { readonly status: number; readonly type: string; readonly message: string };
}

/** The JSON API of Athena as its reference has it, with the answers that are wanted. */
export async function startAthena(script: Script) {
  const calls: { action: string; body: Record<string, unknown> }[] = [];
  let looks = 0;
  let state = '';
  const answers: Record<string, (body: Record<string, unknown>) => object> = {
    StartQueryExecution: () => ({ QueryExecutionId: 'query-1' }),
    GetQueryExecution: () => {
      state =
        state === 'CANCELLED' ? state : (script.states[Math.min(looks++, script.states.length - 1)] ?? '');
      const Status = { State: state, ...(script.reason && { StateChangeReason: script.reason }) };
      return {
        QueryExecution: {
          QueryExecutionId: 'query-1',
          Status,
          Statistics: { DataScannedInBytes: 1_500_000 },
        },
      };
    },
    StopQueryExecution: () => {
      state = 'CANCELLED';
      return {};
    },
    GetQueryResults: ({ NextToken = '0' }) => {
      const at = Number(NextToken);
      const Rows = (script.pages?.[at] ?? []).map((row) => ({
        Data: row.map((cell) => (cell === null ? {} : { VarCharValue: cell })),
      }));
      const ColumnInfo = script.columns?.map(([Name, Type]) => ({ Name, Type }));
      return {
        ResultSet: { Rows, ResultSetMetadata: { ColumnInfo } },
        ...(at + 1 < (script.pages?.length ?? 0) && { NextToken: String(at + 1) }),
      };
    },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const action = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const body = JSON.parse(text) as Record<string, unknown>;
    calls.push({ action, body });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (script.refusal) {
      response.statusCode = script.refusal.status;
      response.end(JSON.stringify({ __type: script.refusal.type, message: script.refusal.message }));
    } else response.end(JSON.stringify(answers[action]?.(body) ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
