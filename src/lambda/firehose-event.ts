import { parseDocuments, serializeSample } from '../sample/index.js';
import type { FirehoseEvent, FirehoseResponse } from './event.js';
import { arrivalOf, type StreamRecord } from './stream-record.js';
import { DOCUMENT_LENGTH } from './transform.js';
import { unpack } from './unpack.js';

/** Lambda takes an answer of 6 MiB. */
const ANSWER_CHARACTERS = 5.9 * 2 ** 20;
/** What is around the data of a record: its names, and an id of 49 characters. */
const AROUND = 120;

/** The records of a Firehose transformation event. */
export function* firehoseRecords({ invocationId, records }: FirehoseEvent): Generator<StreamRecord> {
  for (const [item, { recordId, data, approximateArrivalTimestamp }] of records.entries()) {
    yield {
      item,
      id: `${invocationId}:${recordId}`,
      data,
      arrival: arrivalOf(approximateArrivalTimestamp),
    };
  }
}

/**
 * Hands the samples on, unpacked and in the wire format, so that its readers need know no other. Whether they could be
 * indexed makes no difference: Firehose archives them, and nothing comes again.
 *
 * @param onLoss - Is told how many documents of a record are not handed on; of one that cannot be read, that is 1.
 */
export function firehoseAnswer(
  { records }: FirehoseEvent,
  onLoss: (documents: number) => void = () => undefined,
): FirehoseResponse {
  // As they came they fit.
  let room = ANSWER_CHARACTERS - records.reduce((sum, { data }) => sum + data.length + AROUND, 0);
  return {
    records: records.map(({ recordId, data }) => {
      const { lines, lost } = linesOf(Buffer.from(data, 'base64'));
      const answer = Buffer.from(lines.join('')).toString('base64');
      const more = answer.length - data.length;
      if (lines.length === 0 || more > Math.max(0, room)) {
        onLoss(Math.max(1, lines.length + lost));
        return { recordId, result: 'ProcessingFailed', data };
      }
      if (lost > 0) onLoss(lost);
      room -= more;
      return { recordId, result: 'Ok', data: answer };
    }),
  };
}

/** The samples as lines, and how many documents are none. */
function linesOf(data: Buffer): { lines: string[]; lost: number } {
  const unpacked = unpack(data);
  if ('fault' in unpacked) return { lines: [], lost: 0 };
  const documents = unpacked.contents.flatMap((content) => [...parseDocuments(content, DOCUMENT_LENGTH)]);
  const lines = documents.flatMap((document) =>
    'sample' in document ? serializeSample(document.sample) : [],
  );
  return { lines, lost: documents.length - lines.length };
}
