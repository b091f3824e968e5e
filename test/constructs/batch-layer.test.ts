import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveLayout, BatchLayer, type BatchLayerProps, Sizing } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { archiveQueries, tableColumns } from '../../src/sample/index.ts';
import { layouts } from '../support/athena/table.ts';
import { render } from '../support/constructs/render.ts';
import { rights } from '../support/constructs/rights.ts';
import { idOf, ofType, only, synth } from '../support/constructs/synth.ts';
import { streamArn } from '../support/constructs/variants.ts';

type Props = Omit<BatchLayerProps, 'stream'>;
const layer = (stack: Stack, props: Props = {}, id = 'Batch') =>
  new BatchLayer(stack, id, {
    stream: Stream.fromStreamArn(stack, `${id}Theirs`, streamArn(stack)),
    ...props,
  });
const made = (props: Props | ((stack: Stack) => Props) = {}) =>
  synth((stack) => layer(stack, typeof props === 'function' ? props(stack) : props));

const delivery = (synthesized: ReturnType<typeof made>) =>
  only(synthesized, 'AWS::KinesisFirehose::DeliveryStream') as {
    ExtendedS3DestinationConfiguration: Record<string, unknown>;
  };
const table = (synthesized: ReturnType<typeof made>) =>
  only(synthesized, 'AWS::Glue::Table').TableInput as {
    Name: string;
    PartitionKeys: unknown[];
    Parameters: Record<string, unknown>;
    StorageDescriptor: { Columns: { Name: string; Type: string }[]; Location: unknown };
  };
const bucket = (synthesized: ReturnType<typeof made>, part = 'BatchBucket') =>
  only(synthesized, 'AWS::S3::Bucket', part) as { LifecycleConfiguration: { Rules: Rule[] } };
interface Rule {
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly Transitions?: readonly unknown[];
}

describe('the delivery stream', () => {
  it('reads the stream and writes Parquet by the table, a folder a day, errors in folders of their own', () => {
    const synthesized = made();
    const { ExtendedS3DestinationConfiguration: destination, ...source } = delivery(synthesized);
    expect(source).toMatchObject({ DeliveryStreamType: 'KinesisStreamAsSource' });
    expect(destination).toMatchObject({
      Prefix: 'heart_rate/day=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
      CustomTimeZone: 'UTC',
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 128 },
      CloudWatchLoggingOptions: { Enabled: true },
      DataFormatConversionConfiguration: {
        Enabled: true,
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        SchemaConfiguration: {
          DatabaseName: { Ref: idOf(synthesized.built.database) },
          TableName: { Ref: idOf(synthesized.built.table) },
        },
      },
    });
    expect(destination).not.toHaveProperty('EncryptionConfiguration');
  });

  it.each([true, false])('brings records into the wire format first, or does not: %s', (normalize) => {
    const synthesized = made({ normalize });
    const { ProcessingConfiguration } = delivery(synthesized).ExtendedS3DestinationConfiguration;
    const functions = ofType(synthesized, 'AWS::Lambda::Function');
    expect(synthesized.built.normalizer !== undefined).toBe(normalize);
    expect(functions).toHaveLength(normalize ? 1 : 0);
    expect(ofType(synthesized, 'AWS::CloudWatch::Alarm')).toHaveLength(normalize ? 7 : 5);
    if (!normalize) return expect(ProcessingConfiguration).toBeUndefined();
    expect(JSON.stringify(ProcessingConfiguration)).toContain(functions[0]?.[0]);
    // Firehose waits five minutes at most for an answer.
    expect(functions[0]?.[1].Properties).toMatchObject({ Timeout: 60, Runtime: 'nodejs24.x' });
  });

  it('waits as long as it is told, and its alarm longer', () => {
    const synthesized = made({ bufferInterval: Duration.minutes(15), bufferSize: Size.mebibytes(64) });
    expect(delivery(synthesized).ExtendedS3DestinationConfiguration).toMatchObject({
      BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 64 },
    });
    expect(only(synthesized, 'AWS::CloudWatch::Alarm', 'Stale').Threshold).toBeGreaterThan(2 * 900);
  });

  it('waits as long as its wearers need', () => {
    const { size } = Sizing.estimate({ wearers: 50_000 });
    expect(delivery(made({ wearers: 50_000 })).ExtendedS3DestinationConfiguration).toMatchObject({
      BufferingHints: { IntervalInSeconds: size.firehoseBufferInterval.toSeconds() },
    });
  });
});

describe('the table', () => {
  it('is the schema of the library, times as timestamps', () => {
    const { Name, StorageDescriptor } = table(made());
    expect(Name).toBe('heart_rate');
    const columns = tableColumns('glue').map(({ name: Name, type: Type }) => ({ Name, Type }));
    expect(StorageDescriptor.Columns.map(({ Name, Type }) => ({ Name, Type }))).toEqual(columns);
    expect(columns).toContainEqual({ Name: 'timestamp', Type: 'timestamp' });
  });

  it('finds its days by projection, with nothing to crawl or to repair', () => {
    const synthesized = made();
    const { PartitionKeys, Parameters, StorageDescriptor } = table(synthesized);
    expect(PartitionKeys).toMatchObject([{ Name: 'day', Type: 'string' }]);
    expect(Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2020-01-01,NOW+1DAYS',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
    });
    expect(render(StorageDescriptor.Location)).toBe('s3://<BatchBucket>/heart_rate/');
    expect(render(Parameters['storage.location.template'])).toBe(
      `s3://<BatchBucket>/heart_rate/day=\${day}/`,
    );
    expect(ofType(synthesized, 'AWS::Glue::Crawler')).toEqual([]);
  });

  it('has the older folders as an option, by local time', () => {
    const synthesized = made({ layout: ArchiveLayout.SESSION, timeZone: 'Asia/Kolkata' });
    expect(delivery(synthesized).ExtendedS3DestinationConfiguration).toMatchObject({
      Prefix: 'heart_rate_data/!{timestamp:yyyy/MM/dd}/session_!{timestamp:HH-mm-ss}/',
      CustomTimeZone: 'Asia/Kolkata',
    });
    const { Parameters } = table(synthesized);
    expect(Parameters).toMatchObject({
      'projection.day.format': 'yyyy/MM/dd',
      'projection.day.range': '2020/01/01,NOW+1DAYS',
    });
    expect(render(Parameters['storage.location.template'])).toBe(
      `s3://<BatchBucket>/heart_rate_data/\${day}/`,
    );
  });

  // `npm run test:athena` asks the engine itself, of tables that it makes.
  it.each([ArchiveLayout.DAY, ArchiveLayout.SESSION])(
    '%s is the table that the engine of Athena reads',
    (layout) => {
      const { Parameters } = table(made({ layout }));
      const location = render(Parameters['storage.location.template']);
      const days = layouts.map(({ dayFormat, prefix }) => [dayFormat, `${prefix}\${day}/`]);
      expect(days).toContainEqual([
        Parameters['projection.day.format'],
        location.replace(/^s3:..<BatchBucket>.heart_rate(_data)?./, ''),
      ]);
    },
  );

  it('stays in days of UTC where people are elsewhere', () => {
    const destination = delivery(made({ timeZone: 'Asia/Kolkata' })).ExtendedS3DestinationConfiguration;
    expect(destination).toMatchObject({ CustomTimeZone: 'UTC' });
  });
});

describe('the workgroup', () => {
  it('limits what a query reads, and encrypts its answer, whatever a client wants', () => {
    const synthesized = made();
    expect(only(synthesized, 'AWS::Athena::WorkGroup').WorkGroupConfiguration).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
      PublishCloudWatchMetricsEnabled: true,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    });
    const { Rules } = bucket(synthesized, 'Results').LifecycleConfiguration;
    expect(Rules).toContainEqual(expect.objectContaining({ ExpirationInDays: 7 }));
  });

  it('has the limit and the names that it is given', () => {
    const synthesized = made({
      queryLimit: Size.gibibytes(1),
      workGroupName: 'ours',
      databaseName: 'our_db',
    });
    expect(only(synthesized, 'AWS::Athena::WorkGroup')).toMatchObject({
      Name: 'ours',
      WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 1024 ** 3 },
    });
    expect(only(synthesized, 'AWS::Glue::Database').DatabaseInput).toMatchObject({ Name: 'our_db' });
  });

  it.each([
    [{}, { timeZone: 'UTC' }],
    [
      { timeZone: 'Europe/Berlin', zones: [100, 120] },
      { timeZone: 'Europe/Berlin', zones: [100, 120] },
    ],
  ])('has the named queries of the library, in the zone of the people: %o', (props, options) => {
    const synthesized = made(props);
    const { built } = synthesized;
    const expected = archiveQueries({
      table: 'heart_rate',
      dialect: 'athena',
      dayFormat: 'yyyy-MM-dd',
      ...options,
    });
    const queries = ofType(synthesized, 'AWS::Athena::NamedQuery').map(
      ([, { Properties = {} }]) => Properties,
    );
    expect(queries.map(({ Name, QueryString }) => ({ name: Name, sql: QueryString }))).toEqual(
      expected.map(({ name, sql }) => ({ name, sql })),
    );
    for (const query of queries) {
      expect(query.WorkGroup).toBe(only(synthesized, 'AWS::Athena::WorkGroup').Name);
      expect(query.Database).toEqual({ Ref: idOf(built.database) });
    }
    expect(Object.keys(built.queries).sort()).toEqual([
      'daily_summary',
      'difference',
      'latency',
      'maximum',
      'minimum',
      'sessions',
      'zones',
    ]);
  });

  it('can be asked by whom it is granted to, who reads the archive and writes answers alone', () => {
    const synthesized = synth((stack) => {
      const asker = new Role(stack, 'Asker', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
      layer(stack).grantQuery(asker).assertSuccess();
    });
    const granted = rights(synthesized, 'Asker');
    const catalogue = ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'];
    const glue = 'arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>';
    const name = String(only(synthesized, 'AWS::Athena::WorkGroup').Name);
    expect(granted).toEqual({
      [`arn:<AWS::Partition>:athena:<AWS::Region>:<AWS::AccountId>:workgroup/${name}`]: [
        'athena:BatchGetNamedQuery',
        'athena:GetNamedQuery',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetWorkGroup',
        'athena:ListNamedQueries',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      [`${glue}:catalog`]: catalogue,
      [`${glue}:database/<BatchDatabase>`]: catalogue,
      [`${glue}:table/<BatchDatabase>/<BatchTable>`]: catalogue,
      // Athena user guide, "Control access to Amazon S3 from Athena"
      '<BatchBucket.Arn>': ['s3:GetBucketLocation', 's3:ListBucket'],
      '<BatchResults.Arn>': ['s3:GetBucketLocation', 's3:ListBucket'],
      '<BatchBucket.Arn>/heart_rate/*': ['s3:GetObject'],
      '<BatchResults.Arn>/answers/*': [
        's3:AbortMultipartUpload',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
    });
  });
});

describe('the bucket', () => {
  it('is private, encrypted, versioned, and reached by TLS alone', () => {
    const synthesized = made();
    const all = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
    expect(bucket(synthesized)).toMatchObject({
      PublicAccessBlockConfiguration: Object.fromEntries(all.map((name) => [name, true])),
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const policy = JSON.stringify(only(synthesized, 'AWS::S3::BucketPolicy', 'BatchBucket'));
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain('"Deny"');
  });

  it('goes to cheaper classes, and keeps samples for ever', () => {
    const { Rules } = bucket(made()).LifecycleConfiguration;
    const archive = Rules.find(({ Prefix }) => Prefix === 'heart_rate/');
    expect(archive?.Transitions).toEqual([
      { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
      { StorageClass: 'GLACIER_IR', TransitionInDays: 180 },
    ]);
    expect(Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)).toEqual([]);
  });

  it('forgets samples and errors when it is told to, and moves nothing that it is about to forget', () => {
    const { Rules } = bucket(made({ archiveRetention: Duration.days(100) })).LifecycleConfiguration;
    const forgotten = Rules.filter(({ ExpirationInDays }) => ExpirationInDays === 100);
    expect(forgotten.map(({ Prefix }) => Prefix)).toEqual(['heart_rate/', 'errors/']);
    expect(forgotten[0]?.Transitions).toHaveLength(1);
  });

  it('is theirs where they have one', () => {
    const synthesized = made((stack) => ({ bucket: Bucket.fromBucketName(stack, 'TheirBucket', 'theirs') }));
    const { BucketARN } = delivery(synthesized).ExtendedS3DestinationConfiguration;
    expect(render(BucketARN)).toBe('arn:<AWS::Partition>:s3:::theirs');
    // That of the answers is made all the same.
    expect(ofType(synthesized, 'AWS::S3::Bucket').map(([id]) => id)).toEqual([
      expect.stringContaining('Results'),
    ]);
  });
});

it('with a key, archive, answers and what Firehose writes are encrypted by it', () => {
  const synthesized = made((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  const [[key] = []] = ofType(synthesized, 'AWS::KMS::Key');
  const arn = { 'Fn::GetAtt': [key, 'Arn'] };
  for (const [, { Properties }] of ofType(synthesized, 'AWS::S3::Bucket')) {
    expect(Properties?.BucketEncryption).toMatchObject({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn },
        },
      ],
    });
  }
  expect(delivery(synthesized).ExtendedS3DestinationConfiguration.EncryptionConfiguration).toEqual({
    KMSEncryptionConfig: { AWSKMSKeyARN: arn },
  });
  expect(only(synthesized, 'AWS::Athena::WorkGroup').WorkGroupConfiguration).toMatchObject({
    ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: arn } },
  });
});

describe('what does not go together is refused, with the remedy', () => {
  const cases: [string, (stack: Stack) => Props, string][] = [
    [
      'a life cycle of their bucket',
      (stack) => ({
        bucket: Bucket.fromBucketName(stack, 'TheirBucket', 'theirs'),
        archiveRetention: Duration.days(1),
      }),
      'give your bucket a life cycle rule',
    ],
    ['a buffer too small for Parquet', () => ({ bufferSize: Size.mebibytes(32) }), '64 to 128 MiB'],
    ['a buffer too large', () => ({ bufferSize: Size.mebibytes(256) }), '64 to 128 MiB'],
    ['an interval too long', () => ({ bufferInterval: Duration.minutes(16) }), '15 minutes at most'],
    ['samples that are kept for no day', () => ({ archiveRetention: Duration.days(0) }), 'a day at least'],
    ['a limit below that of Athena', () => ({ queryLimit: Size.mebibytes(5) }), '10 MB at least'],
    ['a time zone that is none', () => ({ timeZone: 'Berlin' }), 'such as Europe/Berlin'],
  ];
  it.each(cases)('%s', (_, props, remedy) => {
    expect(() => made(props)).toThrow(remedy);
  });
});

it('two in a stack do not collide, and their metrics are told apart', () => {
  const { built, stack } = synth((stack) => [layer(stack), layer(stack, {}, 'Other')] as const);
  const streams = built.map((its) => stack.resolve(its.metricFreshness().dimensions).DeliveryStreamName.Ref);
  expect(streams).toEqual(built.map((its) => stack.resolve(its.deliveryStream.logicalId)));
  expect(built[0].metric('DeliveryToS3.Records').metricName).toBe('DeliveryToS3.Records');
});
