import { PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { serializeSample } from 'liveheartrate';
import { kinesisSink } from 'liveheartrate/kinesis';
import { STREAM } from './client.mjs';

/**
 * @typedef {import('@aws-sdk/client-kinesis').KinesisClient} KinesisClient
 * @typedef {import('@aws-sdk/client-kinesis').PutRecordsCommandInput} PutRecordsInput
 * @typedef {import('liveheartrate').HeartRateSample} HeartRateSample
 */

const BATCH = 500;

const encoder = new TextEncoder();
const recordOf = (/** @type {HeartRateSample} */ sample) => ({
  PartitionKey: sample.session,
  Data: encoder.encode(serializeSample(sample)),
});

/** @param {number} count @param {() => Promise<void>} work @returns {Promise<number>} so many a second */
async function rate(count, work) {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

/**
 * Through the sink, from the first accept() until everything has settled.
 * @param {KinesisClient} client
 * @param {readonly HeartRateSample[]} samples
 */
export async function throughSink(client, samples) {
  const sink = kinesisSink({ streamName: STREAM, client, overflow: 'wait' });
  let delivered = 0;
  sink.settled$.subscribe(({ outcome }) => {
    if (outcome === 'delivered') delivered++;
  });
  const perSecond = await rate(samples.length, async () => {
    for (const sample of samples) await sink.accept(sample);
    await sink.flush();
  });
  await sink.close();
  if (delivered !== samples.length) throw new Error(`${delivered} of ${samples.length} samples arrived.`);
  return perSecond;
}

/**
 * Calls of 500 records, ready to be sent.
 * @param {readonly HeartRateSample[]} samples
 * @returns {PutRecordsInput[]}
 */
export const batchesOf = (samples) =>
  Array.from({ length: samples.length / BATCH }, (_, at) => ({
    StreamName: STREAM,
    Records: samples.slice(at * BATCH, (at + 1) * BATCH).map(recordOf),
  }));

/**
 * The bare SDK: nothing but its calls.
 * @param {KinesisClient} client
 * @param {readonly PutRecordsInput[]} batches
 * @param {number} calls how many at a time
 */
export function byBareSdk(client, batches, calls) {
  let next = 0;
  const worker = async () => {
    for (let batch = batches[next++]; batch; batch = batches[next++]) {
      const { FailedRecordCount } = await client.send(new PutRecordsCommand(batch));
      if (FailedRecordCount !== 0) throw new Error(`${FailedRecordCount} records failed.`);
    }
  };
  return rate(batches.length * BATCH, async () => {
    await Promise.all(Array.from({ length: calls }, worker));
  });
}

/**
 * One PutRecord for each sample, one after the other.
 * @param {KinesisClient} client
 * @param {readonly HeartRateSample[]} samples
 */
export const oneByOne = (client, samples) =>
  rate(samples.length, async () => {
    for (const sample of samples)
      await client.send(new PutRecordCommand({ StreamName: STREAM, ...recordOf(sample) }));
  });
