import { randomBytes } from 'node:crypto';
import { InvalidArgumentError } from '../errors.js';
import type { LocalPipeline } from '../local/index.js';
import { checkZones, ZONES } from '../sample/index.js';

/** What is shown, where, and to whom. */
export interface DashboardOptions {
  /** The pipeline whose samples are shown; it stays open when the dashboard is closed. */
  readonly pipeline: LocalPipeline;
  /** The port, 0 for any that is free. Default 7272, or any that is free where that is taken. */
  readonly port?: number;
  /** The address to listen on: another than one of loopback shows health data to a network. Default `127.0.0.1`. */
  readonly host?: string;
  /**
   * What a viewer has to know, printable ASCII. Default: nothing on an address of loopback; on any other a random one,
   * which is in the `url`.
   */
  readonly token?: string;
  /** Where the second and each further zone begins, beats per minute. Default 95, 114, 133, 152 and 171. */
  readonly zones?: readonly number[];
  /** From which rate on an alert is raised, and below which it is cleared, beats per minute. Default 150, and 5 less. */
  readonly alert?: {
    /** From this rate on, beats per minute, 1–65,535. */
    readonly above: number;
    /** Below this rate, beats per minute, at most `above`. Default 5 less than `above`. */
    readonly below?: number;
  };
  /** After so many milliseconds without a sample the last one is no present one. Default 5,000. */
  readonly silence?: number;
  /** Where the samples come from, for people. Default `sensors`. */
  readonly source?: string;
  /** Where they are indexed, for people. Default `embedded`. */
  readonly store?: string;
}

/** The one that is tried first, so that an open page finds the next server. */
export const PORT = 7272;
const BELOW = 5;
const RATE_MAX = 65_535;

/** An address that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** The options with their defaults. */
export type Settings = ReturnType<typeof settingsOf>;

/** Fills in the defaults; throws an `InvalidArgumentError` where an option cannot be used. */
export function settingsOf(options: DashboardOptions) {
  const { pipeline, port, host = '127.0.0.1', zones = ZONES, silence = 5_000 } = options;
  const { source = 'sensors', store = 'embedded' } = options;
  const { above, below = Math.max(above - BELOW, 0) } = options.alert ?? { above: 150 };
  const { token = isLoopback(host) ? undefined : randomBytes(18).toString('base64url') } = options;
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new InvalidArgumentError('port must be a whole number from 0 to 65535.');
  if (host === '') throw new InvalidArgumentError('host must be an address of this machine.');
  if (token !== undefined && !/^[\x21-\x7e]{1,256}$/.test(token))
    throw new InvalidArgumentError('token must be 1 to 256 characters of ASCII, without spaces.');
  if (!(above >= 1 && above <= RATE_MAX && below >= 0 && below <= above))
    throw new InvalidArgumentError(
      `alert.above must be a rate from 1 to ${RATE_MAX}, and alert.below one that is not above it.`,
    );
  if (!(silence >= 1)) throw new InvalidArgumentError('silence must be a number of milliseconds from 1.');
  checkZones(zones);
  return { ...{ pipeline, port, host, token, zones, silence, source, store }, alert: { above, below } };
}
