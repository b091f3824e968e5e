import { type Observable, Subject } from 'rxjs';
import { LiveHeartRateError } from '../errors.js';
import { type BulkTransport, bulkClientOf } from '../lambda/bulk-client.js';
import type { KinesisEvent } from '../lambda/event.js';
import { type Indexer, indexerOf } from '../lambda/indexer.js';
import { logLineOf } from '../lambda/report.js';
import { indexNames } from '../opensearch/index-names.js';
import { type IndexOptions, namesOf } from '../opensearch/index-options.js';
import { parseSamples, type StoredSample } from '../sample/index.js';
import {
  DeliveryFailedError,
  defineSink,
  type RecordResult,
  type Sink,
  type SinkRecord,
} from '../sink/index.js';
import { type Archive, openArchive } from './archive.js';
import { type EmbeddedIndex, embeddedIndex } from './embedded-index.js';

/** Where a local pipeline indexes and keeps its archive, and what it says. The index options are for `client`. */
export interface LocalPipelineOptions extends IndexOptions {
  /** Folder of the archive. */
  readonly directory: string;
  /**
   * The OpenSearch to index into, made by `openSearchClient` and prepared by `prepareIndex`. Default: an index in the
   * memory of this process.
   */
  readonly client?: BulkTransport;
  /** Called with one line of JSON when documents could not be indexed. Default: standard error. */
  readonly log?: (line: string) => void;
}

/** The pipeline on one machine. */
export interface LocalPipeline {
  /** Where samples go in: they settle as delivered when they are both indexed and archived. */
  readonly sink: Sink;
  /** The speed layer in memory: what the indexer has indexed; empty where a `client` was given. */
  readonly index: EmbeddedIndex;
  /** The samples that are in the index since now, or have been before, before they are archived. It completes with `close`. */
  readonly indexed$: Observable<readonly StoredSample[]>;
  /** The batch layer. */
  readonly archive: Archive;
  /** Settles what is on its way, and closes the archive. */
  close(): Promise<void>;
}

/** Name of the index, as in the cloud. */
const INDEX = 'heart_rate';
/** An event of a Kinesis event source mapping has at most so many bytes; the rest is as in the cloud. */
const limits = { records: 500, bytes: 6 * 2 ** 20, recordBytes: 2 ** 20, recordsPerKey: Infinity };

/**
 * Starts the pipeline in this process: the indexer that runs in Lambda, fed with Kinesis events, an embedded index
 * in place of OpenSearch, and an archive of Parquet files. Needs `@duckdb/node-api`; opens no port.
 *
 * @param options - Folder of the archive.
 * @returns The pipeline.
 * @throws `MissingDependencyError` where DuckDB is not installed; `ArchiveError` where the folder cannot be used.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { startLocalPipeline } from 'liveheartrate/local';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const pipeline = await startLocalPipeline({ directory: 'archive' });
 * const samples$ = heartRate(simulatedCentral({ speed: 100 })).pipe(take(10), sendTo(pipeline.sink));
 * const { session } = await lastValueFrom(samples$);
 * const { samples } = await pipeline.archive.summary(session);
 * samples; // => 10
 * await pipeline.close();
 * ```
 */
export async function startLocalPipeline(options: LocalPipelineOptions): Promise<LocalPipeline> {
  const { directory, log = (line: string) => console.error(line) } = options;
  const archive = await openArchive(directory);
  const index = embeddedIndex();
  const indexed$ = new Subject<readonly StoredSample[]>();
  const names = options.client ? namesOf(options) : indexNames(INDEX, 'none');
  const indexer = indexerOf({
    client: options.client ? bulkClientOf(options.client) : index,
    // In memory it holds the latest samples only, and all of them.
    names,
    onReport: (report) => {
      const { level, message, facts } = logLineOf(report, names.alias);
      if (level !== 'debug') log(JSON.stringify({ level: level.toUpperCase(), message, ...facts }));
    },
  });
  const sink = defineSink(
    { name: 'local pipeline', limits, send: (records) => deliver(records, indexer, archive, indexed$) },
    // One key for all: one call at a time, in the order in which the samples came.
    { partitionKey: () => INDEX },
  );
  return {
    sink,
    index,
    indexed$: indexed$.asObservable(),
    archive,
    async close() {
      await sink.close();
      indexed$.complete();
      await archive.close();
    },
  };
}

/** Plays the stream: hands an event to the indexer, and what it has indexed to the archive. */
async function deliver(
  records: readonly SinkRecord[],
  indexer: Indexer,
  archive: Archive,
  indexed$: Subject<readonly StoredSample[]>,
): Promise<RecordResult[]> {
  const { batchItemFailures } = await indexer(toEvent(records));
  const failed = batchItemFailures[0];
  // Sequence numbers are places in this batch; from the lowest on, everything comes again.
  const done = failed === undefined ? records.length : Number(failed.itemIdentifier);
  const results = records.map((_, at) =>
    at < done ? undefined : new DeliveryFailedError('The local pipeline did not index the sample.'),
  );
  if (done === 0) return results;
  const samples = records.slice(0, done).flatMap(({ data }) => parseSamples(data).samples);
  indexed$.next(samples);
  try {
    await archive.append(samples);
    return results;
  } catch (error) {
    if (!(error instanceof LiveHeartRateError)) throw error;
    return records.map(() => new DeliveryFailedError(error.message, { cause: error }));
  }
}

function toEvent(records: readonly SinkRecord[]): KinesisEvent {
  return {
    Records: records.map(({ data }, at) => ({
      eventID: `local:${at}`,
      kinesis: { data: Buffer.from(data).toString('base64'), sequenceNumber: String(at) },
    })),
  };
}
