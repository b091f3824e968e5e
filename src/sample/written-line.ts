/** What is needed of a line to index it as it is. */
export interface WrittenLine {
  /** The time of the sample, milliseconds since 1970. */
  readonly timestamp: number;
  /** Where in the text its session begins, in which JSON has to escape nothing. */
  readonly session: number;
  /** Where that ends. */
  readonly sessionEnd: number;
  /** Where its sequence number begins. */
  readonly sequence: number;
  /** Where that ends. */
  readonly sequenceEnd: number;
  /** Where the line ends: at a newline, or with the text. */
  readonly end: number;
}

const uint16 = '(?:0|[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])';
const interval = '(?:0|[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-3]\\d{3})(?:\\.\\d{1,9})?';
/** Without anything that JSON would have to escape. */
const text = (max: number) => `[^"\\\\\\x00-\\x1f]{1,${max}}`;
const optional = (content: string) => `(?:,${content})?`;

/** The wire format as it is written here, of a sample with an identity: its fields in their order, valid, and nothing else. */
const WRITTEN = new RegExp(
  [
    '\\{"timestamp":"\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z"',
    `,"heart_rate":${uint16}`,
    optional(`"rr_intervals":\\[${interval}(?:,${interval})*\\]`),
    optional(`"energy_expended":${uint16}`),
    optional('"sensor_contact":(?:true|false)'),
    optional(`"sensor_id":"${text(256)}"${optional(`"sensor_name":"${text(256)}"`)}`),
    `,"session_id":"${text(128)}","sequence":(?:0|[1-9]\\d{0,14})`,
    '\\}(?=\\n|$)',
  ].join(''),
  'y',
);

/** Where in such a line its parts are. */
const DAY = '{"timestamp":"'.length;
const TIME = DAY + '2026-11-23T'.length;
const SESSION = ',"session_id":"';
const SEQUENCE = '","sequence":';

/** The day of the line before, which is nearly always that of the next. */
let known = { day: '', start: 0 };

/**
 * Recognizes a line as `serializeSample` writes it of a sample that has an identity, which takes a fifth of the time of
 * reading it. Reading and writing it again would change nothing that matters.
 *
 * @param text - Text, or bytes of UTF-8 as one character each.
 * @param from - Where the line begins.
 * @returns What is needed to index it; `undefined` for any other line, be it a sample or not.
 */
export function readWrittenLine(text: string, from: number): WrittenLine | undefined {
  WRITTEN.lastIndex = from;
  if (!WRITTEN.test(text)) return undefined;
  const end = WRITTEN.lastIndex;
  if (known.day === '' || !text.startsWith(known.day, from + DAY)) {
    const day = text.slice(from + DAY, from + TIME - 1);
    const date = new Date(`${day}T00:00:00Z`);
    // JavaScript rolls a 31 February over into March instead of refusing it.
    if (date.getUTCDate() !== Number(day.slice(8))) return undefined;
    known = { day, start: date.getTime() };
  }
  // No text in the line can hold a quote, so that these are where they seem to be.
  const sessionEnd = text.lastIndexOf(SEQUENCE, end);
  return {
    timestamp: known.start + millisecondsAt(text, from + TIME),
    session: text.lastIndexOf(SESSION, sessionEnd) + SESSION.length,
    sessionEnd,
    sequence: sessionEnd + SEQUENCE.length,
    sequenceEnd: end - 1,
    end,
  };
}

/** Of `23:59:59.999`. */
const millisecondsAt = (line: string, at: number) =>
  digits(line, at, 2) * 3_600_000 +
  digits(line, at + 3, 2) * 60_000 +
  digits(line, at + 6, 2) * 1_000 +
  digits(line, at + 9, 3);

function digits(line: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) value = value * 10 + line.charCodeAt(at) - 48;
  return value;
}
