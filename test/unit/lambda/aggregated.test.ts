import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deaggregate, isAggregated } from '../../../src/lambda/aggregated.js';
import { unpack } from '../../../src/lambda/unpack.js';
import { faultyIndex } from '../../support/faulty-index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';

/** What the Python aggregator of AWS Labs makes of three samples of two partition keys, with and without hash keys. */
const BY_AWS = Buffer.from(
  'f3899ac20a04726964650a0477616c6b12033132331a5f080010001a597b2274696d657374616d70223a22323032362d31312d3233' +
    '5431303a30303a30302e3030305a222c2268656172745f72617465223a37302c2273657373696f6e5f6964223a226b706c222c22' +
    '73657175656e6365223a307d0a1a5d08001a597b2274696d657374616d70223a22323032362d31312d32335431303a30303a3031' +
    '2e3030305a222c2268656172745f72617465223a37312c2273657373696f6e5f6964223a226b706c222c2273657175656e636522' +
    '3a317d0a1a44080110001a3e7b2274696d657374616d70223a2022323032352d30382d30355431303a30303a30302e3132333435' +
    '36222c202268656172745f72617465223a2037327d0ac115706bc2aa686a282d75e86f2b1aca',
  'hex',
);

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];
}
const field = (number: number, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from([number * 8 + 2, ...varint(bytes.length)]), bytes]);
const sealed = (message: Buffer) =>
  Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, createHash('md5').update(message).digest()]);
const aggregate = (parts: readonly Uint8Array[]) =>
  sealed(
    Buffer.concat([
      field(1, Buffer.from('key')),
      ...parts.map((data) => field(3, Buffer.concat([Buffer.from([8, 0]), field(3, data)]))),
    ]),
  );

describe('an aggregated record', () => {
  it.each([
    ['as it is', BY_AWS],
    ['in gzip parts', aggregate(deaggregate(BY_AWS)?.map((part) => gzipSync(part)) ?? [])],
  ])('is indexed document by document, %s', async (_, data) => {
    const { indexer, index } = faultyIndex(() => undefined);
    await indexer(kinesisEvent([data]));
    expect(index.get('heart_rate', 'kpl:1')).toMatchObject({ heart_rate: 71 });
    expect(index.count('heart_rate')).toBe(3);
  });

  it('is taken apart as AWS has put it together', () => {
    expect(isAggregated(BY_AWS)).toBe(true);
    expect(deaggregate(BY_AWS)?.map(String)).toEqual([
      '{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":70,"session_id":"kpl","sequence":0}\n',
      '{"timestamp":"2026-11-23T10:00:01.000Z","heart_rate":71,"session_id":"kpl","sequence":1}\n',
      '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n',
    ]);
  });

  it('is nothing but what begins with its mark', () => {
    for (const text of ['', '{', '\xf3\x89']) expect(isAggregated(Buffer.from(text, 'latin1'))).toBe(false);
  });

  it('is refused where any byte of it has changed, or is missing', () => {
    for (let at = 4; at < BY_AWS.length; at++) {
      const changed = Buffer.from(BY_AWS);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(deaggregate(changed)).toBeUndefined();
      expect(deaggregate(BY_AWS.subarray(0, at))).toBeUndefined();
    }
  });

  it('holds any data, of any length', () => {
    // Each byte of 20,000 by itself would take a property test half a minute.
    const part = fc
      .tuple(fc.nat(20_000), fc.uint8Array({ minLength: 1 }))
      .map(([length, pattern]) => Buffer.alloc(length, pattern));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (all) => {
        const found = deaggregate(aggregate(all));
        expect(found?.length).toBe(all.length);
        expect(all.every((data, at) => found?.[at]?.equals(data))).toBe(true);
      }),
    );
  });

  it('never throws, and never hangs, on a message of any bytes with a right checksum', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const parts = deaggregate(sealed(Buffer.from(message)));
        expect(parts === undefined || Array.isArray(parts)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('unpack', () => {
  const texts = (data: Uint8Array) => {
    const unpacked = unpack(Buffer.from(data));
    return 'fault' in unpacked ? unpacked.fault : unpacked.contents.map(String);
  };

  it('leaves what is not packed as it is', () => {
    expect(texts(Buffer.from('{"a":1}'))).toEqual(['{"a":1}']);
    expect(texts(Buffer.from(''))).toEqual(['']);
  });

  it('unpacks gzip, also in aggregated records', () => {
    expect(texts(gzipSync('one'))).toEqual(['one']);
    expect(texts(aggregate([gzipSync('one'), Buffer.from('two')]))).toEqual(['one', 'two']);
  });

  it('says what is damaged', () => {
    expect(texts(gzipSync('one').subarray(0, 15))).toBe('gzip that is damaged');
    expect(texts(BY_AWS.subarray(0, -1))).toBe('an aggregated record that is damaged, or of too many');
  });

  it('has a bound for all parts together', () => {
    const large = gzipSync(Buffer.alloc(9 * 2 ** 20));
    expect(texts(large)).toHaveLength(1);
    expect(texts(aggregate([large, large]))).toBe('larger than 16 MiB when unpacked');
    expect(texts(gzipSync(Buffer.alloc(17 * 2 ** 20)))).toBe('larger than 16 MiB when unpacked');
  });
});
