import {
  type BulkClient,
  type BulkDocument,
  type BulkItem,
  createDocuments,
  isIndexed,
  isRetriable,
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
    const lowest = Math.min(...unsettled.map(({ record }) => record));
    const record = event.Records[lowest];
    return { batchItemFailures: record ? [{ itemIdentifier: record.kinesis.sequenceNumber }] : [] };
  };

  /** Indexes what can be indexed and keeps what never can; answers what has to be delivered again. */
  async function settle(documents: readonly StreamDocument[]): Promise<readonly StreamDocument[]> {
    try {
      const items = await send(documents);
      const again = documents.filter((_, at) => isRetriable(items[at] as BulkItem));
      const refused = documents.filter((_, at) => isRefused(items[at] as BulkItem));
      const reasons = items.filter(isRefused);
      const kept = await send(refused.map((document, at) => rejected(document, reasons[at] as BulkItem)));
      const lost = refused.filter((_, at) => !isIndexed(kept[at] as BulkItem));
      if (again.length + refused.length > 0)
        report({ handedBack: again.length + lost.length, rejected: refused.length });
      return [...again, ...lost];
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      report({ handedBack: documents.length, code: error.code, reason: error.message });
      return documents;
    }
  }

  async function send(documents: readonly BulkDocument[]): Promise<readonly BulkItem[]> {
    return documents.length === 0 ? [] : createDocuments(client, documents);
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

const isRefused = (item: BulkItem) => !isIndexed(item) && !isRetriable(item);
