import { Duration, Size } from 'aws-cdk-lib';
import type { Workload } from './workload';

/** How much Firehose gathers; it takes no more than that for Parquet ("Configure buffering hints"), MiB. */
const BUFFER = 128;
/** How long it gathers at least and at most, seconds. */
const INTERVAL = { least: 300, most: 900 };

/** How records are gathered into files. */
export interface ArchiveSize {
  readonly firehoseBufferSize: Size;
  readonly firehoseBufferInterval: Duration;
}

/** Few large files are what Athena reads quickly: where samples are few, they wait longer for each other. */
export function archiveFor(workload: Workload): ArchiveSize {
  const full = (BUFFER * 2 ** 20) / workload.bytesPerSecond;
  const interval = Math.min(INTERVAL.most, Math.max(INTERVAL.least, Math.ceil(full / 60) * 60));
  return { firehoseBufferSize: Size.mebibytes(BUFFER), firehoseBufferInterval: Duration.seconds(interval) };
}

/** Files of a second, on the average while samples come. */
export const filesPerSecond = (workload: Workload, interval: Duration): number =>
  Math.max(1 / interval.toSeconds(), workload.bytesPerSecond / (BUFFER * 2 ** 20));
