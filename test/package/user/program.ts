// What a user may write: compiled against the installed package and run, as an ES module and as CommonJS.
import { rm } from 'node:fs/promises';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import {
  type Central,
  type HeartRateSample,
  heartRate,
  LiveHeartRateError,
  type Sink,
  sampleIdentity,
  sendTo,
} from 'liveheartrate';
import { fileSink } from 'liveheartrate/file';
import { type FirehoseSinkOptions, firehoseSink } from 'liveheartrate/firehose';
import { type KinesisSinkOptions, kinesisSink } from 'liveheartrate/kinesis';
import { type BatchResponse, createIndexer } from 'liveheartrate/lambda';
import { type LocalPipeline, startLocalPipeline } from 'liveheartrate/local';
import { type NobleCentralOptions, nobleCentral } from 'liveheartrate/noble';
import { type SimulatorOptions, simulatedCentral } from 'liveheartrate/simulator';
import { lastValueFrom, take } from 'rxjs';

const simulated: SimulatorOptions = { speed: 100, seed: 7 };
const bluetooth: NobleCentralOptions = {};
const centrals: Central[] = [simulatedCentral(simulated), nobleCentral(bluetooth)];

const region = 'eu-central-1';
const stream: KinesisSinkOptions = { streamName: 'rides', client: new KinesisClient({ region }) };
const delivery: FirehoseSinkOptions = { deliveryStreamName: 'rides', client: new FirehoseClient({ region }) };

// @ts-expect-error The name of the stream is missing.
export const wrong: KinesisSinkOptions = { maxLatency: 10 };

async function main(folder: string): Promise<void> {
  const pipeline: LocalPipeline = await startLocalPipeline({ directory: `${folder}/archive` });
  const lines: Sink = fileSink({ path: `${folder}/ride.jsonl` });
  const samples$ = heartRate(simulatedCentral(simulated)).pipe(
    take(20),
    sendTo(pipeline.sink),
    sendTo(lines),
  );
  const last: HeartRateSample = await lastValueFrom(samples$);
  const { samples } = await pipeline.archive.summary(last.session);
  const answer: BatchResponse = await createIndexer({ client: pipeline.index, metrics: false })({
    Records: [],
  });

  let code: string | undefined;
  try {
    createIndexer({ endpoint: 'nowhere' });
  } catch (error) {
    if (error instanceof LiveHeartRateError) code = error.code;
  }
  await pipeline.close();
  const sinks = [pipeline.sink, lines, kinesisSink(stream), firehoseSink(delivery)];
  console.log(
    JSON.stringify({
      samples,
      code,
      answer,
      centrals: centrals.length,
      sinks: sinks.length,
      identity: sampleIdentity(last) === `${last.session}:19`,
    }),
  );
}

const folder = `run-${process.pid}`;
main(folder).finally(() => rm(folder, { recursive: true, force: true }));
