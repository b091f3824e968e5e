import type { Duration, Size } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ArchiveLayout } from './archive-layout';
import type { LayerProps } from './layer-props';

/** How the archive is made. */
export interface BatchLayerProps extends LayerProps {
  /** The stream of samples. */
  readonly stream: IStream;

  /**
   * A bucket that is there.
   *
   * @default - one is made: private, encrypted, versioned, with a life cycle to cheaper classes
   */
  readonly bucket?: IBucket;

  /**
   * In which folders the archive is.
   *
   * @default ArchiveLayout.DAY
   */
  readonly layout?: ArchiveLayout;

  /**
   * The time zone in which people ask and are answered, by its IANA name, such as `Asia/Kolkata`. The archive itself is
   * in UTC, but for the folders of `ArchiveLayout.SESSION`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * Where the second and each further zone of heart rates begins, beats per minute.
   *
   * @default - 95, 114, 133, 152 and 171
   */
  readonly zones?: number[];

  /**
   * How long samples are kept, from their arrival.
   *
   * @default - for ever
   */
  readonly archiveRetention?: Duration;

  /**
   * How many people send samples at the same time: from that follows how long samples wait for others.
   *
   * @default - not known
   */
  readonly wearers?: number;

  /**
   * Samples of one wearer each second.
   *
   * @default 1
   */
  readonly samplesPerSecond?: number;

  /**
   * How long samples wait for others that share a file with them: the longer, the fewer and larger are the files.
   *
   * @default - what `wearers` need; Duration.minutes(5) without those
   */
  readonly bufferInterval?: Duration;

  /**
   * How much waits at most, 64 to 128 MiB.
   *
   * @default Size.mebibytes(128)
   */
  readonly bufferSize?: Size;

  /**
   * Whether every record is brought into the wire format first, so that those of older producers, with times that have
   * no zone, and compressed ones are archived as well. Without it they land under `errors/`.
   *
   * @default true
   */
  readonly normalize?: boolean;

  /**
   * So much a query may read, 10 MB or more, else it is ended. The cost of a query is what it reads.
   *
   * @default Size.gibibytes(100)
   */
  readonly queryLimit?: Size;

  /**
   * Name of the Glue database.
   *
   * @default - it is given one
   */
  readonly databaseName?: string;

  /**
   * Name of the Athena workgroup.
   *
   * @default - it is given one
   */
  readonly workGroupName?: string;
}
