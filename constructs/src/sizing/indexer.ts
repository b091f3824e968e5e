import { Duration } from 'aws-cdk-lib';
import type { Workload } from './workload';

/** How records are indexed. */
export interface IndexerSize {
  readonly parallelizationFactor: number;
  readonly batchSize: number;
  readonly batchingWindow: Duration;
  readonly memorySize: number;
}

/** So much memory comes with one whole processor ("Configure Lambda function memory"), MiB. */
const WHOLE_PROCESSOR = 1_769;
/** Reading a document and writing it into a request, seconds of a whole processor (`npm run bench -- lambda`). */
const DOCUMENT = 19e-6;
/** What each invocation takes besides: its start, and the way to OpenSearch and back, seconds. */
const INVOCATION = 0.03;
/** OpenSearch answers a request of many documents after so many seconds for each: 166 ms of 2,000 in a measurement. */
export const ANSWER = 80e-6;
/** The documents of a second are read and written in that time, seconds. */
const READING = 0.1;
/** Documents of an event at most: 2.5 MB, where Lambda takes 6 MB with what is around them. */
const DOCUMENTS = 10_000;
/** Part of the time in which a shard is being indexed; the rest is to catch up with. */
const OCCUPIED = 0.5;

/** How long an invocation takes, in seconds. */
export const invocationSeconds = (documents: number, memorySize: number): number =>
  INVOCATION + documents * ((DOCUMENT * WHOLE_PROCESSOR) / memorySize + ANSWER);

/**
 * Lambda asks a shard for records once a second, so that the documents of a second come in one event. A window would only
 * make them later.
 */
export function indexerFor(workload: Workload, shards: number): IndexerSize {
  const documents = workload.samplesPerSecond / shards;
  const memorySize = Math.max(512, roundUp((documents * DOCUMENT * WHOLE_PROCESSOR) / READING, 256));
  return {
    parallelizationFactor: Math.min(10, Math.ceil(invocationSeconds(documents, memorySize) / OCCUPIED)),
    batchSize: Math.max(10, Math.min(1_000, Math.floor(DOCUMENTS / workload.samplesPerRecord))),
    batchingWindow: Duration.seconds(0),
    memorySize,
  };
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;
