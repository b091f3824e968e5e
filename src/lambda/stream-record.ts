/** One record of a stream, as it is read from any event. */
export interface StreamRecord {
  /** Place of the item of the event that it belongs to; several records may belong to one. */
  readonly item: number;
  /** Identifies it for ever, such as the event id of Kinesis. */
  readonly id: string;
  /** Its data in base64. */
  readonly data: string;
  /** When it came into the stream, milliseconds since 1970. */
  readonly arrival: number;
  /** Why there are no samples in it, where that is known. */
  readonly fault?: string;
}

/** When a record came, where its event says so in a way that can be. */
export const arrivalOf = (milliseconds: number | undefined): number =>
  milliseconds !== undefined && milliseconds >= 0 && milliseconds < LATEST ? milliseconds : Date.now();

/** The end of the years that ISO-8601 writes with four digits. */
const LATEST = Date.UTC(10_000, 0);
