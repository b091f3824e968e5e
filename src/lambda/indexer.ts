import type { IndexNames } from '../opensearch/index-names.js';
import type { BulkClient } from './bulk-client.js';
import { chunksOf } from './chunks.js';
import { deliver } from './deliver.js';
import type {
  BatchResponse,
  FirehoseEvent,
  FirehoseResponse,
  InvocationContext,
  KinesisEvent,
  SqsEvent,
} from './event.js';
import { documentReader } from './read-records.js';
import { Refreshes } from './refreshes.js';
import { emptyReport, type IndexingReport } from './report.js';
import { mayGoOn, pause, type Sending } from './send.js';
import { type IndexerEvent, sourceOf } from './sources.js';
import type { StreamDocument } from './stream-document.js';
import type { StreamRecord } from './stream-record.js';
import type { Transform } from './transform.js';

/** What an indexer does its work with. */
export interface IndexerParts {
  /** Where documents go. */
  readonly client: BulkClient;
  /** The indices they go to. */
  readonly names: IndexNames;
  /** Changes documents. */
  readonly transform?: Transform | undefined;
  /** Whether small requests ask to be searchable at once. Default: they do not. */
  readonly refresh?: boolean;
  /** Hears of each event when it is done. */
  readonly onReport: (report: IndexingReport) => void;
}

/**
 * A Lambda handler: of the events of a Kinesis or SQS event source mapping, and of Firehose transformations. Without
 * a context it takes up to half a minute.
 */
export interface Indexer {
  /**
   * Indexes the records of a stream or a queue.
   *
   * @param event - The event.
   * @param context - Tells how long it may take.
   * @returns What is to be delivered again.
   */
  (event: KinesisEvent | SqsEvent, context?: InvocationContext): Promise<BatchResponse>;
  /**
   * Indexes records that Firehose hands on.
   *
   * @param event - The event.
   * @param context - Tells how long it may take.
   * @returns The samples of each record.
   */
  (event: FirehoseEvent, context?: InvocationContext): Promise<FirehoseResponse>;
  /**
   * The same for an event of which only its kinds are known.
   *
   * @param event - The event.
   * @param context - Tells how long it may take.
   * @returns The answer that fits the event.
   */
  (event: IndexerEvent, context?: InvocationContext): Promise<BatchResponse | FirehoseResponse>;
}

/** So many requests are under way at the same time, where an event does not fit in one. */
const CONCURRENT_REQUESTS = 4;
/** How long an invocation takes at most where it does not say so itself, milliseconds. */
const INVOCATION = 30_000;
/** Milliseconds that a usual event is read in many times over. */
const LONG = 100;
/** So much of the time, at most, is kept for answering, milliseconds: what is killed hands back nothing in particular. */
const RESERVE = { part: 0.2, most: 1_000 };

/** Makes an indexer of its parts. Loads no client by itself. */
export function indexerOf({ client, names, transform, refresh, onReport }: IndexerParts): Indexer {
  const read = documentReader(names, transform);
  const refreshes = new Refreshes(refresh ?? false);

  return (async (event: IndexerEvent, context?: InvocationContext) => {
    const source = sourceOf(event);
    const report = { ...emptyReport(), records: source.items };
    const sending = { client, deadline: deadlineOf(context), report, refreshes, stopped: false };
    const unsettled = await settle(source.records, source.items, sending);
    report.handedBack = unsettled.size;
    tell(report);
    return source.answer(unsettled);
  }) as Indexer;

  /** What is done is done, whether anybody hears of it or not. */
  function tell(report: IndexingReport): void {
    try {
      onReport(report);
    } catch (error) {
      process.emitWarning(`liveheartrate: the report of an event has failed (${(error as Error).name}).`);
    }
  }

  /** Indexes what can be indexed and keeps what never can; answers which items are not done. */
  async function settle(
    records: Iterable<StreamRecord>,
    items: number,
    sending: Sending,
  ): Promise<Set<number>> {
    const unsettled = new Set<number>();
    let reading = 0;
    const chunks = chunksOf(records, readNext);
    let isOver = false;
    // Who reads for long keeps the answers of the others waiting: then it is done in turns.
    let turn: Promise<void> | undefined;
    const ended = () => {
      turn = undefined;
    };
    const work = async () => {
      while (!isOver && mayGoOn(sending)) {
        if (turn !== undefined) {
          await turn;
          continue;
        }
        const began = Date.now();
        const { done, value: chunk } = chunks.next();
        isOver = done === true;
        if (chunk === undefined) return;
        const delivery = chunk.documents.length > 0 ? deliver(chunk, names.rejected, sending) : pause(0);
        if (Date.now() - began > LONG) turn = delivery.then(ended, ended);
        for (const { record } of (await delivery) ?? []) unsettled.add(record.item);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, work));
    // Of the item that was read last there may be more.
    if (!isOver) for (let item = reading; item < items; item++) unsettled.add(item);
    return unsettled;

    function readNext(record: StreamRecord, documents: StreamDocument[]): void {
      reading = record.item;
      const before = documents.length;
      read(record, documents);
      sending.report.documents += documents.length - before;
    }
  }
}

function deadlineOf(context: InvocationContext | undefined): number {
  const time = context?.getRemainingTimeInMillis() ?? INVOCATION;
  return Date.now() + time - Math.min(time * RESERVE.part, RESERVE.most);
}
