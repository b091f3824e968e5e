import type { SensorIdentity, StoredSample } from './sample.js';

const UINT16_MAX = 0xffff;
/** The session is part of document ids, which OpenSearch limits to 512 bytes. */
const SESSION_MAX = 128;
/** An advertised name has at most 248 bytes (Core Specification, Vol 3, Part C, section 12.1). */
const SENSOR_MAX = 256;

/** Reads one JSON document; answers the sample, or in one clause why it is none. */
export function readSample(text: string): StoredSample | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (Array.isArray(value)) return 'a JSON array: write one JSON object a line instead';
  if (typeof value !== 'object' || value === null) return 'not a JSON object';
  const field = value as Record<string, unknown>;

  const fault = findFault(field);
  if (fault !== undefined) return fault;
  const timestamp = readTimestamp(field.timestamp as string);
  if (timestamp === undefined) return 'timestamp is not an ISO-8601 date and time';

  const sample: Changeable<StoredSample> = {
    timestamp,
    heartRate: field.heart_rate as number,
    rrIntervals: (field.rr_intervals as number[] | null | undefined) ?? [],
  };
  // Absent fields stay absent: no property with the value undefined.
  if (isPresent(field.energy_expended)) sample.energyExpended = field.energy_expended as number;
  if (isPresent(field.sensor_contact)) sample.sensorContact = field.sensor_contact as boolean;
  if (isPresent(field.sensor_id)) sample.sensor = readSensor(field);
  if (isPresent(field.session_id)) sample.session = field.session_id as string;
  if (isPresent(field.sequence)) sample.sequence = field.sequence as number;
  return sample;
}

type Changeable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Absent and null are one: many writers of JSON cannot leave a field out. */
const isPresent = (value: unknown) => value !== undefined && value !== null;

function readSensor(field: Record<string, unknown>): SensorIdentity {
  const sensor: Changeable<SensorIdentity> = { id: field.sensor_id as string };
  if (isPresent(field.sensor_name)) sensor.name = field.sensor_name as string;
  return sensor;
}

/** Why the fields are not those of a sample, in one clause without the values. */
export function findFault(fields: Record<string, unknown>): string | undefined {
  for (const [name, [required, check, expectation]] of checks) {
    if (!isPresent(fields[name])) {
      if (required) return `${name} is missing`;
    } else if (!check(fields[name])) return `${name} is not ${expectation}`;
  }
  return undefined;
}

const isText = (max: number) => (value: unknown) =>
  typeof value === 'string' && value !== '' && value.length <= max;
const isUint16 = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= UINT16_MAX;
const isInterval = (value: unknown) => typeof value === 'number' && value >= 0 && value < 65_536_000 / 1024;
const text = (max: number) => `a text of 1 to ${max} characters`;
const whole = (max: number) => `a whole number from 0 to ${max}`;

type Check = readonly [required: boolean, check: (value: unknown) => boolean, words: string];

/** For each field: whether it must be there, what it must be, and that in words. */
const createChecks = (): readonly (readonly [name: string, check: Check])[] =>
  Object.entries<Check>({
    timestamp: [true, (value) => typeof value === 'string', 'an ISO-8601 date and time'],
    heart_rate: [true, isUint16, whole(UINT16_MAX)],
    rr_intervals: [
      false,
      (value) => Array.isArray(value) && value.every(isInterval),
      'a list of milliseconds, each from 0 to less than 64,000',
    ],
    energy_expended: [false, isUint16, whole(UINT16_MAX)],
    sensor_contact: [false, (value) => typeof value === 'boolean', 'true or false'],
    sensor_id: [false, isText(SENSOR_MAX), text(SENSOR_MAX)],
    sensor_name: [false, isText(SENSOR_MAX), text(SENSOR_MAX)],
    session_id: [false, isText(SESSION_MAX), text(SESSION_MAX)],
    sequence: [false, (value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number from 0'],
  });
const checks = /* @__PURE__ */ createChecks();

/** By far the most frequent form, which takes a third of the time of the others. */
const AS_WE_WRITE_IT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ISO_8601 = /^(\d{4}-\d{2}-(\d{2}))[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;

/** Reads ISO-8601; a time without a zone is UTC, as older producers write it; what is finer than milliseconds is cut. */
function readTimestamp(value: string): Date | undefined {
  if (AS_WE_WRITE_IT.test(value)) {
    const timestamp = new Date(value);
    if (timestamp.getUTCDate() === Number(value.slice(8, 10))) return timestamp;
  }
  const parts = ISO_8601.exec(value);
  if (!parts) return undefined;
  const [, date, day, time = '', fraction = '', zone = 'Z'] = parts;
  const timestamp = new Date(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  // JavaScript rolls a 31 February over into March instead of refusing it. A zone, and 24:00, may change the day.
  const sameDay = zone === 'Z' && !time.startsWith('24') ? timestamp : new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(sameDay.getTime()) || sameDay.getUTCDate() !== Number(day)) return undefined;
  // A zone can carry it over the end of the years that ISO-8601 writes with four digits.
  return isFourDigitYear(timestamp) ? timestamp : undefined;
}

/** Whether ISO-8601 can write the date without signs; an invalid date has no year. */
export function isFourDigitYear(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999;
}
