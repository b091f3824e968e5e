import { type SessionInIndex, summarize, summarizeSessions } from '../../opensearch/summarize.js';
import { needing, OPENSEARCH } from '../needed.js';
import { note } from '../print.js';
import type { Span } from '../span.js';
import type { Answer } from './answer.js';
import { SESSIONS, SUMMARY } from './questions.js';

/** What OpenSearch is asked. It knows no SQL. */
export interface IndexQuestion {
  readonly endpoint: string;
  readonly index: string;
  readonly span: Span;
  readonly session: string | undefined;
  /** Whether each session is wanted by itself. */
  readonly sessions: boolean;
}

/** Asks OpenSearch. */
export async function askOpenSearch(question: IndexQuestion): Promise<Answer> {
  const { endpoint, index, span, session } = question;
  // Only a question needs the client.
  const { openSearchClient } = await needing(OPENSEARCH, () => import('../../opensearch/client.js'));
  const client = openSearchClient({ endpoint });
  if (!question.sessions) {
    const summary = await summarize(client, { index, ...span, session });
    return { columns: SUMMARY, parts: [[SUMMARY.map((name) => summary[name])]] };
  }
  const { sessions, complete } = await summarizeSessions(client, { index, ...span, session });
  if (!complete) note(`There are more than these ${sessions.length} sessions: ask for a shorter span.`);
  return {
    columns: SESSIONS,
    parts: [sessions.map((each) => SESSIONS.map((name) => each[name as keyof SessionInIndex]))],
  };
}
