import { serializeSample } from 'liveheartrate';
import { samplesOf } from '../samples.mjs';
import { recordOf } from './record.mjs';

/**
 * @typedef {import('aws-lambda').KinesisStreamEvent} KinesisStreamEvent
 *
 * @typedef {object} Batch
 * @property {string} event in JSON, as the service hands it over
 * @property {string} body of a `_bulk` request for one index, with the same documents and ids
 */

/** As many as the records of an event in the batches that are measured, one of each. */
const SESSIONS = 1_000;
/** What the handler adds to each document, milliseconds. */
const LATENCY = 86_400_000;
const ARRIVAL = Date.UTC(2026, 10, 23, 10) / 1_000;

/**
 * The event whose records are the samples with this number of a thousand sessions.
 * @param {number} number
 * @returns {KinesisStreamEvent}
 */
export const eventOf = (number) => ({
  Records: [...samplesOf(SESSIONS, SESSIONS, number * SESSIONS)].map((sample, at) =>
    recordOf({
      shard: 'shardId-000000000000',
      sequence: number * SESSIONS + at,
      key: sample.session,
      data: serializeSample(sample),
      arrival: ARRIVAL + number,
    }),
  ),
});

/** @param {number} count @returns {Batch[]} */
export const batchesOf = (count) =>
  Array.from({ length: count }, (_, number) => {
    const event = eventOf(number);
    const body = event.Records.map((record) => {
      const document = documentOf(record);
      return `${JSON.stringify({ create: { _id: idOf(document) } })}\n${JSON.stringify({ ...document, index_latency: LATENCY })}\n`;
    });
    return { event: JSON.stringify(event), body: body.join('') };
  });

/** What everybody writes who reads a record: no check, no second line. @param {{ kinesis: { data: string } }} record */
export const documentOf = ({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64').toString());

/** @param {{ session_id: string, sequence: number }} document */
export const idOf = ({ session_id, sequence }) => `${session_id}:${sequence}`;
