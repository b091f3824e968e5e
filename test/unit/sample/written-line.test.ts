import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, parseSamples, sampleIdentity, serializeSample } from '../../../src/sample/index.js';
import { readWrittenLine } from '../../../src/sample/written-line.js';
import { anySample, sampleOf } from '../../support/samples.js';

const LINE = serializeSample(sampleOf(0, { energyExpended: 7, sensorContact: true })).trim();

/** What is recognized has to be what it is read as. */
function agrees(line: string): boolean {
  const written = readWrittenLine(line);
  if (written === undefined) return false;
  const { samples, rejected } = parseSamples(line);
  expect(rejected).toEqual([]);
  expect(samples).toHaveLength(1);
  for (const sample of samples) {
    const identity = sampleIdentity(sample);
    const id = identity === undefined ? undefined : JSON.stringify(identity);
    expect(written).toEqual({ timestamp: sample.timestamp.getTime(), id });
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(documentOf(sample))));
  }
  return true;
}

describe('a line as it is written here', () => {
  it('is recognized, with its time and identity', () => {
    expect(readWrittenLine(LINE)).toEqual({ timestamp: Date.UTC(2026, 10, 23, 10), id: '"ride:0"' });
  });

  it('is recognized for nearly any sample, and read as by the parser', () => {
    let [all, recognized] = [0, 0];
    fc.assert(
      fc.property(anySample, (sample) => {
        const line = serializeSample(sample).trim();
        all++;
        if (agrees(line)) recognized++;
        // What JSON escapes, and the longest numbers, are left to the parser.
        else expect(/\\|"sequence":\d{16}|\d\.\d{10}|\de/.test(line)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(recognized).toBeGreaterThan(all / 10);
  });

  it('is nothing that the parser reads otherwise, whatever is changed in it', () => {
    const edit = fc.record({
      at: fc.nat(LINE.length),
      cut: fc.nat(3),
      put: fc.oneof(
        fc.constantFrom(
          ',',
          '"',
          '0',
          '9',
          '-',
          '.',
          '1e3',
          'null',
          '{}',
          '[]',
          '\\',
          '\\u0041',
          ' ',
          '\n',
          '65536',
        ),
        fc.constantFrom(
          '"heart_rate":1,',
          '"sequence":',
          '"session_id":"x"',
          '2026-02-31',
          '24:00:00',
          '\u2028',
        ),
        fc.string({ maxLength: 3, unit: 'binary' }),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const line = edits.reduce(
          (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
          LINE,
        );
        // As any text is that was UTF-8.
        agrees(line.toWellFormed());
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['another order', LINE.replace('"heart_rate":60,', '').replace('}', ',"heart_rate":60}')],
    ['a field twice', LINE.replace('{', '{"heart_rate":1,')],
    ['an unknown field', LINE.replace('}', ',"more":1}')],
    ['spaces', LINE.replaceAll(':', ': ')],
    ['no day of any month', LINE.replace('2026-11-23', '2026-02-30')],
    ['no month', LINE.replace('2026-11-23', '2026-13-01')],
    ['no hour of any day', LINE.replace('T10:00', 'T24:00')],
    ['a naive time', LINE.replace('Z', '')],
    ['too high a rate', LINE.replace(':60', ':65536')],
    ['a negative rate', LINE.replace(':60', ':-1')],
    ['too long an interval', LINE.replace('812.5', '64000')],
    ['no intervals', LINE.replace('[812.5]', '[]')],
    ['an empty session', LINE.replace('"ride"', '""')],
    ['too long a session', LINE.replace('"ride"', `"${'x'.repeat(129)}"`)],
    ['a newline', `${LINE}\n`],
    ['more behind it', `${LINE}${LINE}`],
    ['nothing', ''],
  ])('is not one with %s', (_, line) => {
    expect(readWrittenLine(line)).toBeUndefined();
  });

  it.each(['0000-01-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '9999-12-31T23:59:59.999Z'])(
    'has its time to the millisecond: %s',
    (timestamp) => {
      const line = `{"timestamp":"${timestamp}","heart_rate":0}`;
      expect(readWrittenLine(line)).toEqual({ timestamp: Date.parse(timestamp), id: undefined });
    },
  );
});
