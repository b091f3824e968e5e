import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { parseSamples, sampleIdentity, serializeSample } from '../../../src/sample/index.js';
import { anySample, sampleOf } from '../../support/samples.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('serializeSample', () => {
  it('writes one snake_case object and a newline, with the time in UTC to the millisecond', () => {
    const sample = sampleOf(3, { energyExpended: 5, sensorContact: false, rrIntervals: [615.234375] });
    expect(serializeSample(sample)).toBe(
      '{"timestamp":"2026-11-23T10:00:03.000Z","heart_rate":63,"rr_intervals":[615.234375],"energy_expended":5,' +
        '"sensor_contact":false,"sensor_id":"strap-1","sensor_name":"Strap 1","session_id":"ride","sequence":3}\n',
    );
  });

  it('leaves out what is not there', () => {
    const line = serializeSample({ timestamp: new Date(0), heartRate: 72, rrIntervals: [] });
    expect(line).toBe('{"timestamp":"1970-01-01T00:00:00.000Z","heart_rate":72}\n');
  });

  it.each([Number.NaN, Date.UTC(10_000, 0), Date.UTC(-1, 0)])('refuses the time %d', (time) => {
    expect(() => serializeSample(sampleOf(0, { timestamp: new Date(time) }))).toThrow(InvalidArgumentError);
  });

  it('writes what parseSamples reads, for any samples', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 5 }), (samples) => {
        const text = samples.map(serializeSample).join('');
        expect(parseSamples(text)).toEqual({ samples, rejected: [] });
        expect(parseSamples(utf8(text))).toEqual({ samples, rejected: [] });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('parseSamples', () => {
  it('reads the older two-field form, whose naive times are UTC, in any time zone', () => {
    const { samples } = parseSamples('{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n');
    expect(samples).toEqual([
      { timestamp: new Date('2025-08-05T10:00:00.123Z'), heartRate: 72, rrIntervals: [] },
    ]);
    expect(samples.map(sampleIdentity)).toEqual([undefined]);
  });

  it.each([
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.5Z', '2026-11-23T10:00:00.500Z'],
    ['2026-11-23T10:00:00,123456789Z', '2026-11-23T10:00:00.123Z'],
    ['2026-11-23 10:00:00', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T15:30:00+05:30', '2026-11-23T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads the time %s', (timestamp, expected) => {
    const { samples } = parseSamples(JSON.stringify({ timestamp, heart_rate: 72 }));
    expect(samples[0]?.timestamp.toISOString()).toBe(expected);
  });

  it('ignores unknown fields, and takes null for absent', () => {
    const { samples } = parseSamples(
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"rr_intervals":null,"energy_expended":null,"session_id":null,"x":{"y":[1]}}',
    );
    expect(samples).toEqual([
      { timestamp: new Date('2026-11-23T10:00:00Z'), heartRate: 72, rrIntervals: [] },
    ]);
  });

  it.each([
    ['not JSON', 'heart_rate=72'],
    ['not JSON', '{"timestamp":"2026-11-23T10:00:00Z","heart_'],
    [
      'a JSON array: write one JSON object a line instead',
      '[{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72}]',
    ],
    ['not a JSON object', '72'],
    ['not a JSON object', 'null'],
    ['timestamp is missing', '{"heart_rate":72}'],
    ['timestamp is not an ISO-8601 date and time', '{"timestamp":1700000000000,"heart_rate":72}'],
    ['timestamp is not an ISO-8601 date and time', '{"timestamp":"yesterday","heart_rate":72}'],
    ['timestamp is not an ISO-8601 date and time', '{"timestamp":"2026-02-30T10:00:00Z","heart_rate":72}'],
    ['timestamp is not an ISO-8601 date and time', '{"timestamp":"2026-11-23T25:00:00Z","heart_rate":72}'],
    ['heart_rate is missing', '{"timestamp":"2026-11-23T10:00:00Z"}'],
    [
      'heart_rate is not a whole number from 0 to 65535',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":"72"}',
    ],
    [
      'heart_rate is not a whole number from 0 to 65535',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":-1}',
    ],
    [
      'heart_rate is not a whole number from 0 to 65535',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72.5}',
    ],
    [
      'rr_intervals is not a list of milliseconds, each from 0 to less than 64,000',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"rr_intervals":[812.5,"x"]}',
    ],
    [
      'sensor_contact is not true or false',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"sensor_contact":1}',
    ],
    [
      'sequence is not a whole number from 0',
      '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"sequence":-1}',
    ],
    [
      'session_id is not a text of 1 to 128 characters',
      `{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"session_id":"${'s'.repeat(129)}"}`,
    ],
  ])('refuses with the reason "%s" what is no sample: %s', (reason, text) => {
    expect(parseSamples(text)).toEqual({
      samples: [],
      rejected: [expect.objectContaining({ code: 'MALFORMED_SAMPLE', reason, position: 0, payload: text })],
    });
  });

  it('puts no value of the document into the message', () => {
    const [error] = parseSamples('{"timestamp":"2026-11-23T10:00:00Z","heart_rate":"secret"}').rejected;
    expect(error?.message).not.toContain('secret');
  });

  it('reads what is valid beside what is not, in order and with positions', () => {
    const good = serializeSample(sampleOf(0)).trim();
    const { samples, rejected } = parseSamples(
      `${good}\nrubbish\n{"heart_rate":1}${good}\n\n{"timestamp":"20\n${good}`,
    );
    expect(samples).toHaveLength(3);
    expect(rejected.map(({ position, payload }) => [position, payload])).toEqual([
      [1, 'rubbish'],
      [2, '{"heart_rate":1}'],
      [4, '{"timestamp":"20'],
    ]);
  });

  it('reads the other lines where one is not UTF-8, and keeps that one in base64', () => {
    const good = serializeSample(sampleOf(0));
    const input = Buffer.concat([utf8(good), Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), utf8(`\n${good}`)]);
    const { samples, rejected } = parseSamples(input);
    expect(samples).toHaveLength(2);
    expect(rejected).toEqual([
      expect.objectContaining({ reason: 'not UTF-8 (payload in base64)', position: 1, payload: '84mawg==' }),
    ]);
  });

  it('takes nothing for no document', () => {
    expect(parseSamples('')).toEqual({ samples: [], rejected: [] });
    expect(parseSamples('\n \r\n\ufeff')).toEqual({ samples: [], rejected: [] });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.json()), (input) => {
        const { samples, rejected } = parseSamples(input);
        return samples.length + rejected.length >= 0;
      }),
      { numRuns: 10_000 },
    );
  });

  it('reads every sample between arbitrary foreign lines', () => {
    const foreign = fc.string().map((line) => line.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(fc.tuple(foreign, anySample)), (pairs) => {
        const text = pairs.map(([line, sample]) => `${line}\n${serializeSample(sample)}`).join('');
        expect(parseSamples(text).samples).toEqual(expect.arrayContaining(pairs.map(([, sample]) => sample)));
      }),
      { numRuns: 1_000 },
    );
  });
});
