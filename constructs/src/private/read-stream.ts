import { Duration, Names } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { StreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, type IFunction, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { PipelineSize } from '../sizing/sizing';
import type { SpeedLayerProps } from '../speed-layer-props';
import { acknowledgePaths } from './acknowledge';
import { allow } from './allow';

/** Who reads, and where goes what could not be indexed in time. */
interface Reader {
  readonly handler: IFunction;
  readonly role: IRole;
  readonly failures: IBucket;
  readonly size: PipelineSize;
}

/** Has the indexer read the stream, and no record lost that it cannot index. */
export function readStream(scope: Construct, props: SpeedLayerProps, reader: Reader): EventSourceMapping {
  const { stream, enhancedFanOut = false } = props;
  const { handler, role, failures, size } = reader;
  const consumer = enhancedFanOut
    ? new StreamConsumer(scope, 'Consumer', {
        stream,
        // There is none without a name.
        streamConsumerName: Names.uniqueResourceName(scope, {
          maxLength: 128,
          allowedSpecialCharacters: '-_.',
        }),
      })
    : undefined;
  role.addToPrincipalPolicy(
    allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      [stream.streamArn],
    ),
  );
  if (consumer) {
    const actions = ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'];
    role.addToPrincipalPolicy(allow(actions, [consumer.streamConsumerArn]));
  }
  stream.encryptionKey?.grant(role, 'kms:Decrypt');
  role.addToPrincipalPolicy(allow(['s3:ListBucket'], [failures.bucketArn]));
  const kept = [failures.arnForObjects('*')];
  role.addToPrincipalPolicy(allow(['s3:PutObject'], kept));
  acknowledgePaths(role, kept, 'Lambda names what it keeps.');
  failures.encryptionKey?.grant(role, 'kms:GenerateDataKey', 'kms:Decrypt');

  const mapping = new EventSourceMapping(scope, 'Mapping', {
    target: handler,
    eventSourceArn: consumer?.streamConsumerArn ?? stream.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: props.retryAttempts ?? 10_000,
    maxRecordAge: props.maxRecordAge ?? Duration.hours(23),
    parallelizationFactor: props.parallelizationFactor ?? size.parallelizationFactor,
    batchSize: props.batchSize ?? size.batchSize,
    maxBatchingWindow: props.batchingWindow ?? size.batchingWindow,
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  // It is read as soon as it is made.
  mapping.node.addDependency(role);
  return mapping;
}
