import {
  type BulkClient,
  type BulkDocument,
  type BulkItem,
  createDocuments,
  isIndexed,
  isRefused,
} from './bulk.js';
import { IndexUnavailableError } from './errors.js';
import type { BatchResponse, KinesisEvent } from './event.js';
import { type IndexNames, readRecords, rejectedDocument, type StreamDocument } from './read-records.js';

/** What an indexer does its work with. */
export interface IndexerParts {
  /** Where documents go. */
  readonly client: BulkClient;
  /** Name of the index of samples; what is no sample goes to the index of this name and `-rejected`. */
  readonly index: string;
  /** Called with one line of JSON when documents could not be indexed: no payload, credential or address in it. */
  readonly log: (line: string) => void;
}

/** A Lambda handler for the events of a Kinesis stream. */
export type Indexer = (event: KinesisEvent) => Promise<BatchResponse>;

/** Makes an indexer of its parts. Loads no client by itself. */
export function indexerOf({ client, index, log }: IndexerParts): Indexer {
  const names: IndexNames = { samples: index, rejected: `${index}-rejected` };

  return async (event) => {
    const unsettled = await settle([...readRecords(event, names)]);
    // Documents come in the order of their records, so the first is of the lowest.
    const record = unsettled[0] && event.Records[unsettled[0].record];
    return { batchItemFailures: record ? [{ itemIdentifier: record.kinesis.sequenceNumber }] : [] };
  };

  /** Indexes what can be indexed and keeps what never can; answers, in order, what has to be delivered again. */
  async function settle(documents: readonly StreamDocument[]): Promise<readonly StreamDocument[]> {
    try {
      const items = await createDocuments(client, documents);
      const outcomes = new Map(documents.map((document, at) => [document, items[at] as BulkItem]));
      const refusals = [...outcomes].filter(([, item]) => isRefused(item));
      const kept = await createDocuments(
        client,
        refusals.map(([document, item]) => rejected(document, item)),
      );
      for (const [at, [document]] of refusals.entries()) outcomes.set(document, kept[at] as BulkItem);

      const again = documents.filter((document) => !isIndexed(outcomes.get(document) as BulkItem));
      const reasons = new Set(
        items.filter((item) => !isIndexed(item)).map(({ status, error }) => error?.type ?? status),
      );
      if (reasons.size > 0)
        report({ handedBack: again.length, rejected: refusals.length, reasons: [...reasons] });
      return again;
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      report({ handedBack: documents.length, code: error.code, reason: error.message });
      return documents;
    }
  }

  function rejected({ place, source }: StreamDocument, { status, error }: BulkItem): BulkDocument {
    return rejectedDocument(names, place, {
      code: 'INDEX_REJECTED',
      reason: `${status} ${error?.type ?? 'unknown'}`,
      payload: JSON.stringify(source),
    });
  }

  function report(facts: Record<string, unknown>): void {
    log(JSON.stringify({ level: 'ERROR', message: 'documents not indexed', index, ...facts }));
  }
}
