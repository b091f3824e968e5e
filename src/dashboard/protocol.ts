/**
 * What the server of the dashboard and its viewers say to each other: the events of `/live`, each a name and JSON, and
 * the answers of `/history` and `/summary`. Names are those of the wire format. Times are ISO-8601 in UTC.
 */

/** What is shown, and how: the first event of each connection. */
export interface Hello {
  /** The version of the library. */
  readonly version: string;
  /** When the server was started: another one than before means that it was started again. */
  readonly started: string;
  /** Where the samples come from, for people: `simulated straps`, `Bluetooth`, `recording ride.jsonl`. */
  readonly source: string;
  /** Where they are indexed, for people: `embedded`, `OpenSearch`. */
  readonly store: string;
  /** Where the second and each further zone begins, beats per minute. */
  readonly zones: readonly number[];
  /** From which rate on an alert is raised, and below which it is cleared, beats per minute. */
  readonly alert: {
    /** From this rate on, beats per minute. */
    readonly above: number;
    /** Below this rate, beats per minute. */
    readonly below: number;
  };
  /** After so many milliseconds without a sample the last one is no present one, whatever the last status was. */
  readonly silence: number;
  /** Milliseconds between two heartbeats. */
  readonly heartbeat: number;
}

/** A sample: a document of the wire format. */
export interface SampleEvent {
  /** When it arrived. */
  readonly timestamp: string;
  /** Beats per minute; 0 where the sensor detects no beat. */
  readonly heart_rate: number;
  /** RR intervals in milliseconds, oldest first; absent where the sensor sends none. */
  readonly rr_intervals?: readonly number[];
  /** Energy since the last reset in kilojoules; absent where the sensor does not send it. */
  readonly energy_expended?: number;
  /** Whether the sensor touches skin; absent where it does not say. */
  readonly sensor_contact?: boolean;
  /** The id of its sensor. */
  readonly sensor_id: string;
  /** The advertised name of its sensor, where there is one. */
  readonly sensor_name?: string;
  /** Its session. */
  readonly session_id: string;
  /** Number of the sample within its session, from 0. */
  readonly sequence: number;
}

/** Where a sensor is; the last one of each sensor is sent to a new viewer, too. */
export interface StatusEvent {
  /** The id of the sensor. */
  readonly sensor_id: string;
  /** Its advertised name, where there is one. */
  readonly sensor_name?: string;
  /** Where it is: only while that is `live` is its last sample a present one. */
  readonly state: 'scanning' | 'connecting' | 'live' | 'silent' | 'reconnecting' | 'ended';
  /** Since when. */
  readonly time: string;
  /** Why, in a sentence for a person. */
  readonly reason: string;
}

/** An alert of one sensor is raised, or cleared; those that are raised are sent to a new viewer, too. */
export interface AlertEvent {
  /** What has happened. */
  readonly state: 'raised' | 'cleared';
  /** The id of the sensor. */
  readonly sensor_id: string;
  /** Its advertised name, where there is one. */
  readonly sensor_name?: string;
  /** The session of the sample. */
  readonly session_id: string;
  /** The rate that has raised or cleared it, beats per minute. */
  readonly heart_rate: number;
  /** The time of that sample. */
  readonly time: string;
  /** Why, in a sentence for a person: it is also cleared where the session ends. */
  readonly reason: string;
}

/** The speed layer's own latency, from a sample's arrival until it is indexed, over the last minute. */
export interface LatencyEvent {
  /** Of how many samples; the rest is 0 where there are none. */
  readonly samples: number;
  /** Half of them took at most so many milliseconds. */
  readonly p50: number;
  /** 99 of 100 took at most so many milliseconds. */
  readonly p99: number;
  /** How many samples were given up since the server started: they were shown, and are not in the archive. */
  readonly dropped: number;
}

/** The server is there. */
export interface HeartbeatEvent {
  /** Its clock. */
  readonly time: string;
}

/** Each event of `/live`, by its name; by WebSocket one is the JSON of `{ event, data }`. */
export interface LiveEvents {
  /** What is shown, and how. */
  readonly hello: Hello;
  /** A sample has come. */
  readonly sample: SampleEvent;
  /** A sensor is somewhere else now. */
  readonly status: StatusEvent;
  /** An alert is raised or cleared. */
  readonly alert: AlertEvent;
  /** How long it takes until samples are indexed. */
  readonly latency: LatencyEvent;
  /** Nothing has happened, and the server is there. */
  readonly heartbeat: HeartbeatEvent;
}

/** The samples of one session, column by column, by time. */
export interface SessionHistory {
  /** The session. */
  readonly session_id: string;
  /** The id of its sensor. */
  readonly sensor_id: string;
  /** The advertised name of its sensor, where there is one. */
  readonly sensor_name?: string;
  /** The number of each sample within the session, from 0. */
  readonly sequence: readonly number[];
  /** When each arrived, milliseconds since 1970. */
  readonly timestamp: readonly number[];
  /** Beats per minute of each. */
  readonly heart_rate: readonly number[];
  /** The RR intervals of each in milliseconds, oldest first; empty where it has none. */
  readonly rr_intervals: readonly (readonly number[])[];
}

/** `/history?minutes=60`: what has come in so many minutes up to now, of before a restart of the server too. */
export interface HistoryAnswer {
  /** Each session that has samples in that time. */
  readonly sessions: readonly SessionHistory[];
}

/** How long a heart rate has been in one zone. */
export interface ZoneSummary {
  /** Number of the zone, from 0. */
  readonly zone: number;
  /** The lowest rate of it, beats per minute. */
  readonly from_rate: number;
  /** The lowest rate of the next one, beats per minute; `null` in the last. */
  readonly below_rate: number | null;
  /** How long, seconds. */
  readonly seconds: number;
}

/** `/summary?session=…`: one session, by SQL over the archive. Rates are beats per minute, `null` where there is none. */
export interface SummaryAnswer {
  /** The session. */
  readonly session_id: string;
  /** How many samples there are. */
  readonly samples: number;
  /** When the first one arrived; `null` where there are none. */
  readonly first: string | null;
  /** When the last one arrived; `null` where there are none. */
  readonly last: string | null;
  /** Highest rate, beats per minute. */
  readonly maximum: number | null;
  /** Lowest rate, beats per minute. */
  readonly minimum: number | null;
  /** Highest less lowest rate, beats per minute. */
  readonly difference: number | null;
  /** Mean rate over the samples, beats per minute. */
  readonly mean: number | null;
  /** How long it has been in each zone. */
  readonly zones: readonly ZoneSummary[];
}
