import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkOf } from '../../../src/lambda/chunk.js';
import { documentReader } from '../../../src/lambda/read-records.js';
import { type StreamDocument, sourceOf } from '../../../src/lambda/stream-document.js';
import { indexNames } from '../../../src/opensearch/index-names.js';
import { serializeSample } from '../../../src/sample/index.js';
import { anySample, sampleOf } from '../../support/samples.js';

const names = indexNames('heart_rate', 'day');
const readers = {
  quick: documentReader(names),
  // What may be changed has to be parsed.
  thorough: documentReader(names, (document) => document),
};

function read(kind: keyof typeof readers, records: readonly (string | Buffer)[]): StreamDocument[] {
  const documents: StreamDocument[] = [];
  for (const [item, record] of records.entries()) {
    const data = Buffer.from(record).toString('base64');
    readers[kind]({ item, id: `shard:${item}`, data, arrival: 0 }, documents);
  }
  return documents;
}

/** What there is to know of a document; a sample is one whatever the order of its fields. */
function toFacts(document: StreamDocument) {
  const { index, bytes, idStart, idEnd, record, position, measured, code } = document;
  const id: unknown = JSON.parse(bytes.toString('utf8', idStart, idEnd));
  return { index, id, source: JSON.parse(sourceOf(document)) as unknown, record, position, measured, code };
}

const written = anySample.map(serializeSample);
const plain = fc
  .tuple(fc.nat(9), fc.constantFrom('ride', 'é', '汉', '😀'), fc.constantFrom('Strap', 'žofie', '😀'))
  .map(([sequence, session, name]) =>
    serializeSample(sampleOf(sequence, { session, sensor: { id: 'a', name } })),
  );
const other = fc.constantFrom(
  '',
  '\n',
  '{"heart_rate":1}\n',
  'rubbish\n',
  '{"timestamp":"',
  ' ',
  '\ufffd',
  '}',
);
const binary = fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes));
const anyRecord = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: plain },
      { weight: 2, arbitrary: written },
      other,
      binary,
    ) as fc.Arbitrary<string | Buffer>,
    { maxLength: 4 },
  )
  .chain((parts) =>
    fc.nat(2).map((cut) => {
      const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
      return bytes.subarray(0, bytes.length - cut);
    }),
  );

describe('the documents of records', () => {
  it.each([
    ['a byte', [0xff]],
    ['half a character', [0xc3]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a longer form than needed', [0xc0, 0xaf]],
  ])('are the same where %s in a text is no UTF-8', (_, bytes) => {
    const [before = '', after = ''] = serializeSample(sampleOf(0)).split('ride');
    const record = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    const records = [record, serializeSample(sampleOf(1))];
    const documents = read('quick', records).map(toFacts);
    expect(documents).toEqual(read('thorough', records).map(toFacts));
    expect(documents.map(({ code }) => code)).toEqual(['MALFORMED_SAMPLE', undefined]);
  });

  it('are the same, whether they are taken as they are or parsed', () => {
    let asTheyAre = 0;
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 4 }), (records) => {
        const quick = read('quick', records);
        expect(quick.map(toFacts)).toEqual(read('thorough', records).map(toFacts));
        asTheyAre += quick.filter(({ bytes, start, idEnd }) => bytes.length > 0 && start !== idEnd).length;
      }),
      { numRuns: 2_000 },
    );
    expect(asTheyAre).toBeGreaterThan(1_000);
  });

  it('stay what they are, however many follow', () => {
    const records = Array.from({ length: 2_000 }, (_, at) => serializeSample(sampleOf(at)));
    const documents = read('quick', records);
    read('quick', ['rubbish', ...records.toReversed(), `${records.join('')}rubbish`]);
    expect(documents.map((document) => `${sourceOf(document)}\n`)).toEqual(records);
    const lines = chunkOf(documents).body.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(2 * records.length);
    expect(lines.filter((_, at) => at % 2 === 0).map((line) => JSON.parse(line) as unknown)).toEqual(
      records.map((_, at) => ({ create: { _id: `ride:${at}` } })),
    );
  });

  it('are those of a record that is larger than usual', () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => serializeSample(sampleOf(at)));
    expect(read('quick', [lines.join('')]).map((document) => `${sourceOf(document)}\n`)).toEqual(lines);
  });
});
