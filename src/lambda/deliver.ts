import type { BulkItem } from './bulk-client.js';
import { type Chunk, chunkOf } from './chunk.js';
import { outcomeOf, reasonOf } from './outcome.js';
import { rejectedDocument } from './rejected-document.js';
import type { IndexingReport } from './report.js';
import { mayGoOn, pause, remaining, type Sending, send } from './send.js';
import { type StreamDocument, sourceOf } from './stream-document.js';

/** Milliseconds before what is busy is asked again: at first, and at most. In between it doubles. */
const DELAY = { first: 100, most: 5_000 };
/** So many different reasons say enough. */
const REASONS = 10;

/**
 * Delivers documents: what is busy is sent again while there is time, and what is refused for good goes to the other
 * index.
 *
 * @param rejected - The name of that.
 * @returns What has to be delivered again.
 */
export async function deliver(
  chunk: Chunk,
  rejected: string,
  sending: Sending,
): Promise<readonly StreamDocument[]> {
  const unsettled: StreamDocument[] = [];
  let waiting = chunk;
  for (let attempt = 0; waiting.documents.length > 0; attempt++) {
    const items = await send(waiting, sending, attempt === 0);
    const { busy, refused, blocked } = sort(waiting.documents, items, sending.report);
    const kept = refused.map(([document, item]) => rejectionOf(document, item, rejected));
    unsettled.push(...blocked);
    const delay = busy.length > 0 ? delayOf(attempt) : 0;
    if (!mayGoOn(sending) || delay >= remaining(sending)) return [...unsettled, ...busy, ...kept];
    if (delay > 0) await pause(delay);
    sending.report.retried += busy.length;
    waiting = chunkOf([...busy, ...kept]);
  }
  return unsettled;
}

/** Counts what is settled, and sorts what is not. */
function sort(documents: readonly StreamDocument[], items: readonly BulkItem[], report: IndexingReport) {
  const busy: StreamDocument[] = [];
  const blocked: StreamDocument[] = [];
  const refused: [StreamDocument, BulkItem][] = [];
  const now = Date.now();
  for (let at = 0; at < documents.length; at++) {
    const [document, item] = [documents[at] as StreamDocument, items[at] as BulkItem];
    const outcome = outcomeOf(item);
    const isSample = document.measured !== undefined;
    if (outcome === 'created' && document.measured !== undefined) {
      report.indexed++;
      report.latencies.push(now - document.measured);
    } else if (outcome === 'created') {
      report.rejected++;
      tell(report, document.code);
    } else if (outcome === 'duplicate') report.duplicates += Number(isSample);
    else {
      tell(report, reasonOf(item));
      if (outcome === 'busy') busy.push(document);
      // What is refused even where anything is taken has no other place to go.
      else if (outcome === 'refused' && isSample) refused.push([document, item]);
      else blocked.push(document);
    }
  }
  return { busy, refused, blocked };
}

function tell({ reasons }: IndexingReport, reason: string | undefined): void {
  if (reason !== undefined && reasons.size < REASONS) reasons.add(reason);
}

function rejectionOf(document: StreamDocument, item: BulkItem, index: string): StreamDocument {
  const reason = [reasonOf(item), ...(item.error?.reason ? [item.error.reason] : [])].join(': ');
  const rejection = { code: 'INDEX_REJECTED', reason, payload: sourceOf(document) };
  return rejectedDocument(index, document, rejection);
}

/** Spread, so that not all that were turned away together come again together. */
const delayOf = (attempt: number) =>
  Math.min(DELAY.most, DELAY.first * 2 ** attempt) * (0.5 + Math.random() / 2);
