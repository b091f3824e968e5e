import type { SensorIdentity } from '../sample/index.js';

/** What every status says. */
export interface StatusBase<State extends string> {
  /** What goes on. */
  readonly state: State;
  /** Since when, by the clock of the session's samples. */
  readonly time: Date;
  /** Why, in a sentence for a person; it names no address. */
  readonly reason: string;
}

/** The sensor is looked for. */
export type ScanningStatus = StatusBase<'scanning'>;

/** The sensor was heard; the link is being opened, and its first heart rate waited for. */
export interface ConnectingStatus extends StatusBase<'connecting'> {
  /** Which sensor. */
  readonly sensor: SensorIdentity;
}

/** The sensor sends its heart rate: in this state alone the last sample is a present one. */
export interface LiveStatus extends StatusBase<'live'> {
  /** Which sensor. */
  readonly sensor: SensorIdentity;
}

/** The link is open, but no heart rate has come for too long: the link is given up. */
export interface SilentStatus extends StatusBase<'silent'> {
  /** Which sensor. */
  readonly sensor: SensorIdentity;
}

/** There is no link, and the next attempt is waited for. */
export interface ReconnectingStatus extends StatusBase<'reconnecting'> {
  /** Number of the attempt in a row that comes next, from 1. */
  readonly attempt: number;
  /** When it comes. */
  readonly nextTry: Date;
  /** What went wrong. */
  readonly error: unknown;
}

/** The session is over: nobody listens any more, or an error has ended it. */
export interface EndedStatus extends StatusBase<'ended'> {
  /** What has ended it; absent where nobody listens any more. */
  readonly error?: unknown;
}

/** Where a session is; `state` tells which of them. */
export type SensorStatus =
  | ScanningStatus
  | ConnectingStatus
  | LiveStatus
  | SilentStatus
  | ReconnectingStatus
  | EndedStatus;
