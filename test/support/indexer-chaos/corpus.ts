import type { KinesisStreamRecord } from 'aws-lambda';
import type { Chance } from '../chaos/chance.ts';
import { kinesisRecord } from '../kinesis-event.ts';
import { olderPart, type Part, poison, samplePart } from './parts.ts';

/** Records, and what has to become of them. */
export interface Corpus {
  readonly records: readonly KinesisStreamRecord[];
  /** The documents of the index of samples by their ids. */
  readonly samples: ReadonlyMap<string, object>;
  /** Code and payload of what goes to the other index, by the places. */
  readonly rejected: ReadonlyMap<string, readonly [code: string, payload: unknown]>;
  /** The ids of samples that are to be refused by the proxy, as nothing is wrong with them. */
  readonly refused: ReadonlySet<string>;
}

const SESSIONS = 200;
const SHARDS = 4;
/** Of so many sessions one is of an older producer. */
const OLDER = 10;
const POISON = 0.002;
const REFUSED = 0.002;
const SINGLE = 0.6;
const PACKED = 150;

/** So many samples of many sessions in the order of their stream, with poison in between. */
export function makeCorpus(chance: Chance, count: number): Corpus {
  const records: KinesisStreamRecord[] = [];
  const samples = new Map<string, object>();
  const rejected = new Map<string, [string, unknown]>();
  const refused = new Set<string>();

  const add = (session: number, parts: readonly Part[]) => {
    const shardId = `shardId-00000000000${session % SHARDS}`;
    const sequenceNumber = `49${String(records.length).padStart(54, '0')}`;
    // Objects need nothing between them.
    const bare = parts.every(({ expected }) => expected.kind !== 'malformed') && chance.happens(0.2);
    const data = Buffer.concat(parts.flatMap(({ bytes }) => (bare ? [bytes] : [bytes, Buffer.from('\n')])));
    const partitionKey = `session-${session}`;
    records.push(kinesisRecord({ data, sequenceNumber, partitionKey, shardId, arrival: Date.now() }));
    for (const [position, { expected }] of parts.entries()) {
      const place = `${shardId}:${sequenceNumber}:${position}`;
      if (expected.kind === 'malformed') rejected.set(place, ['MALFORMED_SAMPLE', expected.payload]);
      else if (expected.kind === 'indexed') samples.set(expected.id ?? place, expected.document);
      else {
        rejected.set(place, ['INDEX_REJECTED', expected.document]);
        refused.add(expected.id ?? place);
      }
    }
  };

  const next = new Array<number>(SESSIONS).fill(0);
  for (let left = count, poisoned = 0; left > 0; ) {
    const session = chance.between(0, SESSIONS - 1);
    const length = chance.happens(SINGLE) ? 1 : Math.min(left, chance.between(2, PACKED));
    left -= length;
    const parts: Part[] = [];
    const from = next[session] ?? 0;
    next[session] = from + length;
    for (let sequence = from; sequence < from + length; sequence++) {
      const isRefused = chance.happens(REFUSED);
      if (session % OLDER === 0) parts.push(olderPart(sequence, isRefused));
      else parts.push(samplePart(session, sequence, isRefused));
      if (chance.happens(POISON)) parts.push(poison(chance, SESSIONS + poisoned++));
    }
    add(session, parts);
    if (chance.happens(POISON)) add(session, [poison(chance, SESSIONS + poisoned++)]);
  }
  return { records, samples, rejected, refused };
}
