import { InvalidArgumentError } from '../errors.js';
import type { HeartRateSample } from '../sample/index.js';
import type { SinkService } from './sink.js';
import type { SpoolOptions } from './spool/spool-options.js';

/** What becomes of a sample when the sink holds `capacity` unsettled ones. */
export type Overflow = 'wait' | 'drop-oldest' | 'drop-newest' | 'spool';

/** How samples are packed. */
export interface PackOptions {
  /** How long a sample may wait for others of its key, milliseconds, in place of `maxLatency`. Default 10,000. */
  readonly delay?: number;
}

/** How long a sink tries again. */
export interface RetryOptions {
  /** The longest pause before the first retry, milliseconds; it doubles with each. Default 100. */
  readonly delay?: number;
  /** The longest pause of all, milliseconds. Default 20,000. */
  readonly maxDelay?: number;
  /**
   * How long after its acceptance, or after it came back from the disk, a sample is still tried again, milliseconds.
   * Default 600,000; with a spool for ever.
   */
  readonly for?: number;
}

/** What every sink lets its user set. */
export interface SinkOptions {
  /** How long a sample may wait for others to go with it, milliseconds. Default 200. */
  readonly maxLatency?: number;
  /**
   * Many samples of a key in one record, one JSON document a line. Kinesis bills each record as 25 KB, so samples that
   * come once a second cost a tenth when they wait ten seconds for each other, and a fiftieth when they wait a minute.
   * What reads the stream has to take several documents from a record; Firehose and the handler of `liveheartrate/lambda`
   * do. A record that is full goes at once, and everything when half of `capacity` is taken. `true` is all defaults.
   * Default `false`: each sample in a record of its own.
   */
  readonly pack?: boolean | PackOptions;
  /** How many unsettled samples the sink holds in memory. Default 10,000. */
  readonly capacity?: number;
  /**
   * What becomes of a sample for which there is no room. `wait`: `accept()` resolves when there is, and a
   * source that does not wait for it loses what is more than `capacity` ahead. `drop-oldest`, `drop-newest`: the one
   * that is dropped shows in `settled$`. `spool`: it waits on the disk. Default: `spool` where there is one,
   * otherwise `drop-oldest`.
   */
  readonly overflow?: Overflow;
  /**
   * A folder that keeps what has been accepted until it is settled, through crashes and power cuts; `~` is the user's
   * home. Each service has a folder of its own in it. After a restart the rest is sent, oldest first, and perhaps some of
   * what was settled behind the oldest. Needs Node.js. Default: none; what is not settled is in memory alone.
   */
  readonly spool?: string | SpoolOptions;
  /** How long it is tried again after failures. Default: as each of them says. */
  readonly retry?: RetryOptions;
  /** What keeps samples in order, and spreads them over shards: 1 to 256 characters. Default: the session. */
  readonly partitionKey?: (sample: HeartRateSample) => string;
}

const PACK_DELAY = 10_000;

/** The options with their defaults; throws an {@link InvalidArgumentError} where one cannot be used. */
export function settingsOf(options: SinkOptions) {
  checkObject('The options of a sink', options);
  const { maxLatency = 200, capacity = 10_000, pack = false, spool, retry = {} } = options;
  const { partitionKey = (sample: HeartRateSample) => sample.session } = options;
  const { overflow = spool === undefined ? 'drop-oldest' : 'spool' } = options;
  checkObject('retry', retry);
  const { delay = 100, maxDelay = 20_000, for: retryFor = spool === undefined ? 600_000 : Infinity } = retry;
  if (typeof pack !== 'boolean') checkObject('pack', pack);
  const packDelay = typeof pack === 'boolean' ? PACK_DELAY : (pack.delay ?? PACK_DELAY);
  checkNumber('maxLatency', maxLatency, 0);
  checkNumber('capacity', capacity, 1);
  checkNumber('pack.delay', packDelay, 0);
  checkNumber('retry.delay', delay, 0);
  checkNumber('retry.maxDelay', maxDelay, 0);
  checkNumber('retry.for', retryFor, 0);
  if (typeof partitionKey !== 'function')
    throw new InvalidArgumentError('partitionKey must be a function of a sample.');
  if (!['wait', 'drop-oldest', 'drop-newest', 'spool'].includes(overflow))
    throw new InvalidArgumentError(
      `overflow must be wait, drop-oldest, drop-newest or spool, but is ${overflow}.`,
    );
  if (overflow === 'spool' && spool === undefined)
    throw new InvalidArgumentError('overflow can be spool only where a folder for the spool is given.');
  return {
    ...{ maxLatency, capacity, overflow, spool, partitionKey },
    packed: pack !== false,
    /** How long a sample may wait to go. */
    delay: pack === false ? maxLatency : packDelay,
    retry: { delay, maxDelay, for: retryFor },
  };
}

export type SinkSettings = ReturnType<typeof settingsOf>;

/** Throws an {@link InvalidArgumentError} where a service lacks something. */
export function checkService(service: SinkService): void {
  checkObject('A service', service);
  const { name, limits, send } = service;
  if (typeof name !== 'string' || name === '') throw new InvalidArgumentError('A service must have a name.');
  if (typeof send !== 'function') throw new InvalidArgumentError(`${name} must have a function send.`);
  checkObject(`limits of ${name}`, limits);
  const { records, bytes, recordBytes, recordsPerKey = 1, calls = 1 } = limits;
  for (const [limit, value] of Object.entries({ records, bytes, recordBytes, recordsPerKey, calls }))
    checkNumber(`limits.${limit} of ${name}`, value, 1);
}

function checkNumber(name: string, value: number, least: number): void {
  if (typeof value === 'number' && value >= least) return;
  throw new InvalidArgumentError(`${name} must be a number from ${least}, but is ${value}.`);
}

function checkObject(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return;
  throw new InvalidArgumentError(`${name} must be an object.`);
}
