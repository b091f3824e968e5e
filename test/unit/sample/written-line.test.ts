import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, parseSamples, sampleIdentity, serializeSample } from '../../../src/sample/index.js';
import { readWrittenLine } from '../../../src/sample/written-line.js';
import { anySample, sampleOf } from '../../support/samples.js';

const LINE = serializeSample(sampleOf(0, { energyExpended: 7, sensorContact: true })).trim();

/** The time and the identity of a text that is such a line and nothing else. */
function recognize(text: string) {
  const line = readWrittenLine(text, 0);
  if (line?.end !== text.length) return undefined;
  const { timestamp, session, sessionEnd, sequence, sequenceEnd } = line;
  return { timestamp, id: `${text.slice(session, sessionEnd)}:${text.slice(sequence, sequenceEnd)}` };
}

/** What is recognized has to be what it is read as. */
function agrees(line: string): boolean {
  const written = recognize(line);
  if (written === undefined) return false;
  const { samples, rejected } = parseSamples(line);
  expect(rejected).toEqual([]);
  expect(samples).toHaveLength(1);
  for (const sample of samples) {
    const id = sampleIdentity(sample);
    expect(written).toEqual({ timestamp: sample.timestamp.getTime(), id });
    expect(JSON.stringify(id)).toBe(`"${id}"`);
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(documentOf(sample))));
  }
  return true;
}

describe('a line as it is written here', () => {
  it('is recognized, with its time and identity', () => {
    expect(recognize(LINE)).toEqual({ timestamp: Date.UTC(2026, 10, 23, 10), id: 'ride:0' });
  });

  it('is recognized wherever it stands, up to a newline', () => {
    const next = serializeSample(sampleOf(1));
    const text = `${LINE}\n${next}rubbish`;
    expect(readWrittenLine(text, 0)?.end).toBe(LINE.length);
    const line = readWrittenLine(text, LINE.length + 1);
    expect(line).toMatchObject({ timestamp: Date.UTC(2026, 10, 23, 10, 0, 1), end: text.length - 8 });
    expect(text.slice(line?.session, line?.sessionEnd)).toBe('ride');
    expect(text.slice(line?.sequence, line?.sequenceEnd)).toBe('1');
    expect(readWrittenLine(text, text.length - 7)).toBeUndefined();
    expect(readWrittenLine(text, text.length)).toBeUndefined();
  });

  it('is recognized in bytes of UTF-8, as one character each', () => {
    const sensor = { id: 'žofie', name: '汉😀' };
    const bytes = Buffer.from(serializeSample(sampleOf(7, { sensor, session: 'é' })));
    const line = readWrittenLine(bytes.toString('latin1'), 0);
    expect(line?.end).toBe(bytes.length - 1);
    expect(bytes.toString('utf8', line?.session, line?.sessionEnd)).toBe('é');
    expect(bytes.toString('utf8', line?.sequence, line?.sequenceEnd)).toBe('7');
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
    ['no session', LINE.replace('"session_id":"ride",', '')],
    ['no sequence number', LINE.replace(',"sequence":0', '')],
    ['a space behind it', `${LINE} `],
    ['more behind it', `${LINE}${LINE}`],
    ['nothing', ''],
  ])('is not one with %s', (_, line) => {
    expect(readWrittenLine(line, 0)).toBeUndefined();
  });

  it.each(['0000-01-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '9999-12-31T23:59:59.999Z'])(
    'has its time to the millisecond: %s',
    (timestamp) => {
      const line = LINE.replace('2026-11-23T10:00:00.000Z', timestamp);
      expect(recognize(line)?.timestamp).toBe(Date.parse(timestamp));
    },
  );
});
