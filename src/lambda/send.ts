import { LiveHeartRateError } from '../errors.js';
import { IndexUnavailableError } from '../opensearch/errors.js';
import { type BulkClient, type BulkItem, sendBulk } from './bulk-client.js';
import { type Chunk, chunkOf } from './chunk.js';
import type { Refreshes } from './refreshes.js';
import type { IndexingReport } from './report.js';

/** What an invocation sends its requests with. */
export interface Sending {
  /** Where they go. */
  readonly client: BulkClient;
  /** Until when everything has to be over, milliseconds since 1970. */
  readonly deadline: number;
  /** Counts what happens. */
  readonly report: IndexingReport;
  /** Tells which requests ask for a refresh. */
  readonly refreshes: Refreshes;
  /** Whether OpenSearch is away, so that nothing more is to be tried. */
  stopped: boolean;
}

/** A request takes no longer, milliseconds; a healthy OpenSearch needs a hundredth of it. */
const REQUEST_TIMEOUT = 10_000;
/** It is tried again so many milliseconds later whether OpenSearch is away, or a connection was just stale. */
const QUICK_RETRIES = [0, 200];

/** How many milliseconds are left. */
export const remaining = ({ deadline }: Sending): number => deadline - Date.now();

/** Whether there is any use in a request. */
export const mayGoOn = (sending: Sending): boolean => !sending.stopped && remaining(sending) > 0;

/** Waits. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends documents in one request; in several where OpenSearch finds it too large, or cannot read it.
 *
 * @param isFirst - Whether they are sent for the first time, and not since the server is busy or refuses some.
 * @returns One item for each document, in their order, also where the request as a whole has failed.
 */
export async function send(chunk: Chunk, sending: Sending, isFirst: boolean): Promise<BulkItem[]> {
  const { documents } = chunk;
  for (let attempt = 0; ; attempt++) {
    const answer = await request(chunk, sending, isFirst && attempt === 0);
    if (Array.isArray(answer)) return answer;
    const { status = 503 } = answer;
    if (status === 429) return documents.map(() => ({ status }));
    if (status === 400 || status === 413) return sendHalves(documents, status, sending);

    const delay = QUICK_RETRIES[attempt];
    if (passesSoon(answer) && delay !== undefined && delay < remaining(sending)) {
      await pause(delay);
      if (mayGoOn(sending)) continue;
    }
    sending.stopped = true;
    sending.report.unavailable ??= answer.message;
    return documents.map(() => ({ status, error: { type: 'index_unavailable' } }));
  }
}

/** Sends them once; once more where it may have been the refresh that is not allowed. */
async function request(
  chunk: Chunk,
  sending: Sending,
  isFirst: boolean,
): Promise<BulkItem[] | IndexUnavailableError> {
  const { refreshes } = sending;
  const started = Date.now();
  const asks = isFirst && refreshes.begin(chunk.documents.length, started);
  const answer = await requestOnce(chunk, sending, asks);
  if (!asks) return answer;
  refreshes.end(started, Date.now(), !Array.isArray(answer) && answer.timedOut);
  if (!isRefused(answer) || !mayGoOn(sending)) return answer;
  const plain = await requestOnce(chunk, sending, false);
  if (Array.isArray(plain) && !isRefused(plain)) refreshes.refused();
  return plain;
}

async function requestOnce(
  chunk: Chunk,
  { client, report, deadline }: Sending,
  refresh: boolean,
): Promise<BulkItem[] | IndexUnavailableError> {
  const started = Date.now();
  const timeout = Math.max(1, Math.min(REQUEST_TIMEOUT, deadline - started));
  try {
    return await sendBulk(client, chunk, timeout, refresh);
  } catch (error) {
    if (error instanceof IndexUnavailableError) return error;
    throw error;
  } finally {
    report.bulkTimes.push(Date.now() - started);
  }
}

/** As a whole, or document by document. */
const isRefused = (answer: BulkItem[] | IndexUnavailableError): boolean =>
  Array.isArray(answer)
    ? answer.every(({ status, error }) => status === 403 || REFUSED_REFRESH.test(error?.reason ?? ''))
    : answer.status === 400 || answer.status === 403;

/** What OpenSearch Serverless says. */
const REFUSED_REFRESH = /refresh policy/i;

/** One document among them is what it does not take: it is found by halves, so that the others do not suffer. */
async function sendHalves(
  documents: Chunk['documents'],
  status: number,
  sending: Sending,
): Promise<BulkItem[]> {
  if (documents.length <= 1) return [{ status, error: { type: 'request_refused' } }];
  if (!mayGoOn(sending)) return documents.map(() => ({ status: 503 }));
  const middle = Math.ceil(documents.length / 2);
  const first = await send(chunkOf(documents.slice(0, middle)), sending, false);
  return [...first, ...(await send(chunkOf(documents.slice(middle)), sending, false))];
}

/** Neither lets it in soon who is not allowed to, nor answers soon who has not for seconds. */
const passesSoon = ({ status, timedOut, cause }: IndexUnavailableError) =>
  !timedOut && !(cause instanceof LiveHeartRateError) && (status === undefined || status >= 500);
