import { type SessionSummary, summaryQuery } from '../sample/index.js';

/** Sums up one session of an archive. */
export async function summarize(
  query: (sql: string, values: readonly string[]) => Promise<Record<string, unknown>[]>,
  session: string,
): Promise<SessionSummary> {
  const [row] = await query(summaryQuery('heart_rate'), [session]);
  return { ...row, samples: Number(row?.samples) } as SessionSummary;
}
