import { InvalidArgumentError } from '../errors.js';
import { MalformedSampleError } from './malformed-sample.js';
import { findFault, isFourDigitYear, readSample } from './read-sample.js';
import type { StoredSample } from './sample.js';
import { splitDocuments } from './split-documents.js';

/**
 * Writes a sample in the wire format: one JSON object and a newline, `timestamp` always ISO-8601 in UTC
 * with `Z` and milliseconds, other fields only where present.
 *
 * @param sample - Any sample, a stored one too.
 * @returns One line, ending with a newline.
 * @throws {@link InvalidArgumentError} where {@link parseSamples} would refuse the line.
 *
 * @example
 * ```ts
 * import { serializeSample } from 'liveheartrate';
 *
 * const timestamp = new Date('2026-11-23T10:00:00Z');
 * serializeSample({ timestamp, heartRate: 72, rrIntervals: [812.5] });
 * // => '{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":72,"rr_intervals":[812.5]}\n'
 * ```
 */
export function serializeSample(sample: StoredSample): string {
  return `${JSON.stringify(toDocument(sample))}\n`;
}

/** The object that {@link serializeSample} writes: fields without a value are `undefined`. */
export function toDocument(sample: StoredSample): Record<string, unknown> {
  if (!isFourDigitYear(sample.timestamp)) {
    throw new InvalidArgumentError('timestamp must be a valid date between the years 0 and 9999.');
  }
  const document = documentOf(sample);
  const fault = findFault(document);
  if (fault !== undefined) throw new InvalidArgumentError(`The sample cannot be written: ${fault}.`);
  return document;
}

/** The same for a sample that has just been read, and so needs no check. */
export function documentOf(sample: StoredSample): Record<string, unknown> {
  return {
    timestamp: sample.timestamp.toISOString(),
    heart_rate: sample.heartRate,
    rr_intervals: sample.rrIntervals.length > 0 ? sample.rrIntervals : undefined,
    energy_expended: sample.energyExpended,
    sensor_contact: sample.sensorContact,
    // Half a surrogate pair is no text to most readers of JSON.
    sensor_id: sample.sensor?.id.toWellFormed(),
    sensor_name: sample.sensor?.name?.toWellFormed(),
    session_id: sample.session?.toWellFormed(),
    sequence: sample.sequence,
  };
}

/** What {@link parseSamples} found. */
export interface ParsedSamples {
  /** Every sample, in the order of the input. */
  readonly samples: StoredSample[];
  /** Every document that is not a sample, with its reason, position and payload. */
  readonly rejected: MalformedSampleError[];
}

/**
 * Reads samples in the wire format: one or many JSON documents, with newlines between them or not, the older
 * two-field form (its naive timestamps are UTC), unknown fields ignored. Never throws for any input.
 *
 * @param input - UTF-8 bytes or text.
 * @returns The samples, and beside them whatever is not a sample.
 *
 * @example
 * ```ts
 * import { parseSamples } from 'liveheartrate';
 *
 * const { samples, rejected } = parseSamples(
 *   '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n{"heart_rate": 73}\n',
 * );
 * samples[0]?.timestamp.toISOString(); // => '2025-08-05T10:00:00.123Z'
 * rejected[0]?.reason; // => 'timestamp is missing'
 * ```
 */
export function parseSamples(input: string | Uint8Array): ParsedSamples {
  const samples: StoredSample[] = [];
  const rejected: MalformedSampleError[] = [];
  for (const document of parseDocuments(input)) {
    if ('sample' in document) samples.push(document.sample);
    else rejected.push(document.error);
  }
  return { samples, rejected };
}

/** One document of an input: a sample, or the reason why it is none. */
export type ParsedDocument = { readonly position: number } & (
  | { readonly sample: StoredSample }
  | { readonly error: MalformedSampleError }
);

/**
 * Like {@link parseSamples}, but one by one, each with its position.
 *
 * @param longest - A document of more characters is no sample, and is not parsed.
 */
export function* parseDocuments(
  input: string | Uint8Array,
  longest = Number.POSITIVE_INFINITY,
): Generator<ParsedDocument> {
  let position = 0;
  for (const document of readDocuments(input)) {
    const result = document.binary
      ? 'not UTF-8 (payload in base64)'
      : document.text.length > longest
        ? `longer than ${longest} characters`
        : readSample(document.text);
    yield typeof result === 'string'
      ? { position, error: new MalformedSampleError(result, position, document.text) }
      : { position, sample: result };
    position++;
  }
}

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });
const NEWLINE = 0x0a;

function* readDocuments(input: string | Uint8Array): Generator<{ text: string; binary: boolean }> {
  const text = typeof input === 'string' ? input : tryDecode(input);
  if (text !== undefined) {
    for (const document of splitDocuments(text)) yield { text: document, binary: false };
    return;
  }
  // Some line is not text: read the others all the same.
  const bytes = input as Uint8Array;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = tryDecode(bytes.subarray(start, end));
    if (line === undefined) yield { text: toBase64(bytes.subarray(start, end)), binary: true };
    else for (const document of splitDocuments(line)) yield { text: document, binary: false };
    start = end + 1;
  }
}

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
