import { Duration } from 'aws-cdk-lib';

/** How much there is to be carried. */
export interface SizingProps {
  /**
   * How many people send samples at the same time, 1 to 1,000,000.
   *
   * @default 1, and a stream that is on demand
   */
  readonly wearers?: number;

  /**
   * Samples of one wearer each second, at most 100.
   *
   * @default 1
   */
  readonly samplesPerSecond?: number;

  /**
   * How long the producers pack the samples of a wearer into one record: the `pack.delay` of `kinesisSink`. It makes
   * stream and archive many times cheaper, and samples as much later.
   *
   * @default - each sample is a record
   */
  readonly packDelay?: Duration;

  /**
   * How many hours a day a wearer sends samples. Rates are of the time when all of them do.
   *
   * @default 24
   */
  readonly hoursPerDay?: number;

  /**
   * How long a sample stays in the index, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly retention?: Duration;

  /**
   * How long a record stays in the stream: 1 to 365 days.
   *
   * @default Duration.hours(24)
   */
  readonly streamRetention?: Duration;
}

/** What {@link SizingProps} come to. */
export interface Workload {
  /** Whether the number of wearers is known. */
  readonly sized: boolean;
  /** Of all wearers. */
  readonly samplesPerSecond: number;
  readonly samplesPerRecord: number;
  readonly recordsPerSecond: number;
  readonly recordBytes: number;
  readonly bytesPerSecond: number;
  /** Samples of a day, on the average. */
  readonly samplesPerDay: number;
  /** Part of the time in which samples come. */
  readonly busy: number;
  readonly retentionDays: number;
  readonly streamDays: number;
}

/** Bytes of a sample of a strap in the wire format: 249 with one RR interval, sensor, its name, and session. */
export const WIRE_BYTES = 250;
/** A session, which is the partition key; it counts as a part of the record. */
const KEY_BYTES = 36;
const DAY = 86_400;

/** Checks them, and works out what they come to. */
export function workloadOf(props: SizingProps): Workload {
  const { wearers, hoursPerDay = 24, packDelay } = props;
  const perWearer = props.samplesPerSecond ?? 1;
  if (wearers !== undefined && !(Number.isInteger(wearers) && wearers >= 1 && wearers <= 1_000_000)) {
    throw new Error(
      `wearers must be a whole number from 1 to 1,000,000, but is ${wearers}: make a pipeline for each part of more.`,
    );
  }
  if (!(perWearer > 0 && perWearer <= 100)) {
    throw new Error(
      `samplesPerSecond must be above 0 and 100 at most, but is ${perWearer}: it is of one wearer, and a strap sends 1.`,
    );
  }
  if (!(hoursPerDay > 0 && hoursPerDay <= 24)) {
    throw new Error(`hoursPerDay must be above 0 and 24 at most, but is ${hoursPerDay}.`);
  }
  const retentionDays = daysOf('retention', props.retention ?? Duration.days(90));
  if (!(Number.isInteger(retentionDays) && retentionDays >= 1)) {
    throw new Error(
      `retention must be whole days, but is ${retentionDays} days: an index is deleted as a whole.`,
    );
  }
  const streamDays = daysOf('streamRetention', props.streamRetention ?? Duration.hours(24));
  if (!(streamDays >= 1 && streamDays <= 365)) {
    throw new Error(
      `streamRetention must be 1 to 365 days, which is what Kinesis takes, but is ${streamDays} days.`,
    );
  }

  const samplesPerSecond = (wearers ?? 1) * perWearer;
  const samplesPerRecord = Math.max(1, perWearer * (packDelay ? secondsOf('packDelay', packDelay) : 0));
  const recordBytes = KEY_BYTES + WIRE_BYTES * samplesPerRecord;
  const recordsPerSecond = samplesPerSecond / samplesPerRecord;
  if (recordBytes > 2 ** 20) {
    throw new Error(
      'packDelay makes records of more than 1 MiB, which Kinesis does not take: make it shorter.',
    );
  }
  return {
    sized: wearers !== undefined,
    samplesPerSecond,
    samplesPerRecord,
    recordsPerSecond,
    recordBytes,
    bytesPerSecond: recordsPerSecond * recordBytes,
    samplesPerDay: samplesPerSecond * DAY * (hoursPerDay / 24),
    busy: hoursPerDay / 24,
    retentionDays,
    streamDays,
  };
}

const daysOf = (name: string, duration: Duration) => secondsOf(name, duration) / DAY;

function secondsOf(name: string, duration: Duration): number {
  if (duration.isUnresolved()) {
    throw new Error(`${name} must be known when the app is synthesised: give a number, not a token.`);
  }
  return duration.toMilliseconds() / 1_000;
}
