import { Aws, type Duration, RemovalPolicy, type Size, Stack } from 'aws-cdk-lib';
import type { S3Table } from 'aws-cdk-lib/aws-glue';
import { Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, LogStream, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, acknowledgePaths } from './acknowledge';
import { allow } from './allow';
import type { Layout } from './layouts';

export interface DeliveryProps {
  readonly stream: IStream;
  readonly bucket: IBucket;
  readonly encryptionKey: IKey | undefined;
  readonly table: S3Table;
  readonly layout: Layout;
  readonly timeZone: string;
  readonly bufferSize: Size;
  readonly bufferInterval: Duration;
  /** Brings every record into the wire format, where there is one. */
  readonly normalize: IFunction | undefined;
}

/** Where what could not be delivered goes, in the words of Firehose. */
export const ERRORS = 'errors/';

/**
 * Firehose from the stream into Parquet. Its role may do what it needs and nothing else, which the grants of the CDK's
 * own delivery stream do not allow for: they are by wildcard.
 */
export class Delivery extends Construct {
  readonly deliveryStream: CfnDeliveryStream;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    const { stream, bucket, table, layout, normalize, encryptionKey } = props;
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logStream = new LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
    const files = [bucket.arnForObjects(`${layout.folder}*`), bucket.arnForObjects(`${ERRORS}*`)];
    const policy = new Policy(this, 'Policy', {
      roles: [this.role],
      statements: rights(props, files, logGroup.logGroupArn),
    });
    acknowledgePaths(policy, files, 'Firehose names the files.');

    this.deliveryStream = new CfnDeliveryStream(this, 'DeliveryStream', {
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: stream.streamArn, roleArn: this.role.roleArn },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: this.role.roleArn,
        prefix: `${layout.folder}${layout.prefix}`,
        errorOutputPrefix: `${ERRORS}!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        customTimeZone: props.timeZone,
        bufferingHints: {
          sizeInMBs: props.bufferSize.toMebibytes(),
          intervalInSeconds: props.bufferInterval.toSeconds(),
        },
        // Parquet compresses by itself.
        compressionFormat: 'UNCOMPRESSED',
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
        ...(encryptionKey && {
          encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: encryptionKey.keyArn } },
        }),
        ...(normalize && { processingConfiguration: transformBy(normalize) }),
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            catalogId: Aws.ACCOUNT_ID,
            databaseName: table.database.databaseName,
            tableName: table.tableName,
            region: Stack.of(this).region,
            roleArn: this.role.roleArn,
            versionId: 'LATEST',
          },
        },
      },
    });
    acknowledge(
      this.deliveryStream,
      'KDF1',
      'What is read from a stream is encrypted there, and Firehose does not store it.',
    );
    // Firehose tries what it may as soon as it is made.
    this.deliveryStream.node.addDependency(policy);
  }
}

function transformBy(normalize: IFunction): CfnDeliveryStream.ProcessingConfigurationProperty {
  const parameters = [
    { parameterName: 'LambdaArn', parameterValue: normalize.functionArn },
    // What it answers holds at most three times what it is sent, and may be 6 MB.
    { parameterName: 'BufferSizeInMBs', parameterValue: '1' },
    { parameterName: 'BufferIntervalInSeconds', parameterValue: '60' },
    { parameterName: 'NumberOfRetries', parameterValue: '3' },
  ];
  return { enabled: true, processors: [{ type: 'Lambda', parameters }] };
}

function rights(props: DeliveryProps, files: string[], logGroupArn: string): PolicyStatement[] {
  const { stream, bucket, table, normalize, encryptionKey } = props;
  return [
    allow(
      ['kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords', 'kinesis:ListShards'],
      [stream.streamArn],
    ),
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]),
    allow(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], files),
    allow(
      ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      [table.database.catalog.catalogArn, table.database.databaseArn, table.tableArn],
    ),
    allow(['logs:PutLogEvents'], [logGroupArn]),
    ...(stream.encryptionKey ? [allow(['kms:Decrypt'], [stream.encryptionKey.keyArn])] : []),
    ...(encryptionKey ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [encryptionKey.keyArn])] : []),
    // Firehose reads how long the function may take, and may ask for it by its latest version.
    ...(normalize
      ? [
          allow(
            ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
            [normalize.functionArn, `${normalize.functionArn}:$LATEST`],
          ),
        ]
      : []),
  ];
}
