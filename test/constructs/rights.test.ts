import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HeartRatePipeline } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render } from '../support/constructs/render.ts';
import { listed, rights, statements } from '../support/constructs/rights.ts';
import { ofType, synth, synthOnce } from '../support/constructs/synth.ts';
import { everyVariant, variants } from '../support/constructs/variants.ts';

// The stand-in for AWS asks nobody for permission, so what each role needs is listed here, as its service documents it.

/** Of a function that has a log group of its own: Lambda developer guide, "Defining Lambda function permissions". */
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Lambda developer guide, "Process Amazon Kinesis Data Streams records": AWSLambdaKinesisExecutionRole, by resource. */
const READ_STREAM = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

/** Data Firehose developer guide, "Grant Firehose access to an Amazon S3 destination". */
const DELIVER = {
  stream: ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
  bucket: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
  objects: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
  log: ['logs:PutLogEvents'],
  normalizer: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
};

/** Data Firehose developer guide, "Grant Firehose access to AWS Glue for data format conversion". */
const CONVERT = ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'];

/** Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC": required permissions. */
const NETWORK = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

const HERE = '<AWS::Region>:<AWS::AccountId>';
const GLUE = `arn:<AWS::Partition>:glue:${HERE}`;
const DOMAIN = '<HeartRateSpeedSearchDomain.Arn>';

describe('in the pipeline of one line', () => {
  const synthesized = synthOnce(variants['one line']);

  it('the indexer reads the stream, indexes, and keeps what it could not', () => {
    expect(rights(synthesized, 'SpeedHandlerRole')).toEqual({
      '<HeartRateSpeedHandlerLog.Arn>': LOG,
      '<HeartRateStream.Arn>': READ_STREAM,
      [`${DOMAIN}/_bulk`]: ['es:ESHttpPost'],
      [`${DOMAIN}/heart_rate/_bulk`]: ['es:ESHttpPost'],
      [`${DOMAIN}/heart_rate-*/_bulk`]: ['es:ESHttpPost'],
      // Lambda developer guide, "Retain discarded batch records for a Kinesis Data Streams event source"
      '<HeartRateSpeedFailures.Arn>': ['s3:ListBucket'],
      '<HeartRateSpeedFailures.Arn>/*': ['s3:PutObject'],
    });
  });

  it('what prepares OpenSearch reaches what it prepares there', () => {
    const http = ['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'];
    expect(rights(synthesized, 'SpeedSetupRole')).toEqual({
      '<HeartRateSpeedSetupLog.Arn>': LOG,
      // It makes the first index, and could delete none.
      [`${DOMAIN}/heart_rate`]: ['es:ESHttpPut'],
      [`${DOMAIN}/heart_rate-*`]: ['es:ESHttpPut'],
      [`${DOMAIN}/_index_template/*`]: http,
      [`${DOMAIN}/_resolve/index/*`]: http,
      [`${DOMAIN}/_plugins/_ism/*`]: http,
      [`${DOMAIN}/_plugins/_security/api/*`]: http,
      [`${DOMAIN}/_plugins/_alerting/monitors*`]: http,
      [`${DOMAIN}/_plugins/_notifications/configs*`]: http,
      [`${DOMAIN}/_dashboards/api/saved_objects/_import`]: http,
      // OpenSearch Service developer guide, "Configuring alerts": who creates a notification to SNS passes its role
      '<HeartRateServingAlertRole.Arn>': ['iam:PassRole'],
    });
  });

  it('Firehose reads, converts and writes', () => {
    expect(rights(synthesized, 'DeliveryRole')).toEqual({
      '<HeartRateStream.Arn>': DELIVER.stream,
      '<HeartRateBatchBucket.Arn>': DELIVER.bucket,
      '<HeartRateBatchBucket.Arn>/heart_rate/*': DELIVER.objects,
      '<HeartRateBatchBucket.Arn>/errors/*': DELIVER.objects,
      [`${GLUE}:catalog`]: CONVERT,
      [`${GLUE}:database/<HeartRateBatchDatabase>`]: CONVERT,
      [`${GLUE}:table/<HeartRateBatchDatabase>/<HeartRateBatchTable>`]: CONVERT,
      '<HeartRateBatchDeliveryLog.Arn>': DELIVER.log,
      // It may ask for the function by its latest version.
      '<HeartRateBatchNormalizer.Arn>': DELIVER.normalizer,
      '<HeartRateBatchNormalizer.Arn>:$LATEST': DELIVER.normalizer,
    });
  });

  it('the function before it does nothing but write its log', () => {
    expect(rights(synthesized, 'NormalizerRole')).toEqual({ '<HeartRateBatchNormalizerLog.Arn>': LOG });
  });

  it('OpenSearch may publish alerts', () => {
    // OpenSearch Service developer guide, "Configuring alerts": Amazon SNS for notifications
    expect(rights(synthesized, 'AlertRole')).toEqual({ '<HeartRateServingAlerts>': ['sns:Publish'] });
    const role = ofType(synthesized, 'AWS::IAM::Role').find(([id]) => id.includes('AlertRole'))?.[1];
    expect(JSON.stringify(role?.Properties?.AssumeRolePolicyDocument)).toContain('es.amazonaws.com');
  });

  it('there are no other roles', () => {
    const roles = ofType(synthesized, 'AWS::IAM::Role').map(([id]) => render({ Ref: id }));
    expect(roles.sort()).toEqual([
      '<HeartRateBatchDeliveryRole>',
      '<HeartRateBatchNormalizerRole>',
      '<HeartRateServingAlertRole>',
      '<HeartRateSpeedHandlerRole>',
      '<HeartRateSpeedSetupRole>',
    ]);
  });
});

describe('with OpenSearch Serverless', () => {
  const synthesized = synthOnce(variants.serverless);
  const collection = '<HeartRateSpeedSearchCollection.Arn>';
  const dashboards = `arn:<AWS::Partition>:aoss:${HERE}:dashboards/default`;

  it('every role reaches the collection', () => {
    expect(rights(synthesized, 'SpeedHandlerRole')).toMatchObject({ [collection]: ['aoss:APIAccessAll'] });
    for (const role of ['SpeedSetupRole', 'Viewer']) {
      expect(rights(synthesized, role)).toMatchObject({
        [collection]: ['aoss:APIAccessAll'],
        [dashboards]: ['aoss:DashboardsAccessAll'],
      });
    }
  });

  it('its access policy says what each may do there', () => {
    const [[, access] = []] = ofType(synthesized, 'AWS::OpenSearchServerless::AccessPolicy');
    // The template has it as text around the ARNs of the roles.
    const rules = JSON.parse(render(access?.Properties?.Policy)) as {
      Rules: { ResourceType: string; Permission: string[] }[];
      Principal: string[];
    }[];
    const READ = ['aoss:DescribeIndex', 'aoss:ReadDocument'];
    const WRITE = ['aoss:CreateIndex', 'aoss:WriteDocument'];
    // OpenSearch Service developer guide, "Data access control for Amazon OpenSearch Serverless"
    const granted = rules.map(({ Principal, Rules }) => [
      Principal,
      Object.fromEntries(Rules.map(({ ResourceType, Permission }) => [ResourceType, Permission])),
    ]);
    const ITEMS = [
      'aoss:DescribeCollectionItems',
      'aoss:CreateCollectionItems',
      'aoss:UpdateCollectionItems',
    ];
    expect(granted).toEqual([
      [['<HeartRateSpeedHandlerRole.Arn>'], { index: WRITE }],
      [
        ['<HeartRateSpeedSetupRole.Arn>'],
        { index: [...READ, ...WRITE, 'aoss:UpdateIndex'], collection: ITEMS },
      ],
      [['<Viewer.Arn>'], { index: READ, collection: ['aoss:DescribeCollectionItems'] }],
    ]);
  });
});

it('with an endpoint, both functions read the secret and reach nothing else', () => {
  const synthesized = synthOnce(variants['an endpoint']);
  const secret = `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:111122223333:secret:theirs-AbCdEf`;
  const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
  expect(rights(synthesized, 'SpeedSetupRole')).toEqual({
    '<HeartRateSpeedSetupLog.Arn>': LOG,
    [secret]: READ,
  });
  expect(rights(synthesized, 'SpeedHandlerRole')).toMatchObject({ [secret]: READ });
  expect(JSON.stringify(statements(synthesized))).not.toContain('es:');
});

it('with a domain that is there, viewers reach it, and roles of it decide what they see', () => {
  const synthesized = synthOnce(variants['a domain that is there']);
  const domain = `arn:<AWS::Partition>:es:${HERE}:domain/theirs`;
  expect(rights(synthesized, 'Viewer')).toEqual({
    [`${domain}/*`]: ['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut'],
  });
  expect(rights(synthesized, 'SpeedHandlerRole')).toMatchObject({ [`${domain}/_bulk`]: ['es:ESHttpPost'] });
});

it('in a network, the functions that ask OpenSearch reach it, and the other does not', () => {
  const synthesized = synthOnce(variants['a network']);
  for (const role of ['SpeedHandlerRole', 'SpeedSetupRole']) {
    expect(rights(synthesized, role)).toMatchObject({ '*': NETWORK });
  }
  expect(rights(synthesized, 'NormalizerRole')).toEqual({ '<HeartRateBatchNormalizerLog.Arn>': LOG });
});

describe('with a key', () => {
  const used = (role: string) => rights(synthOnce(variants['a key']), role)['<Key.Arn>'];

  it('the indexer decrypts the stream and encrypts what it keeps', () => {
    expect(used('SpeedHandlerRole')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('Firehose decrypts the stream and encrypts the archive', () => {
    expect(used('DeliveryRole')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('OpenSearch encrypts alerts, and CloudWatch alarms', () => {
    // SNS developer guide, "Managing Amazon SNS encryption keys and costs": publishers, and services as event sources
    expect(used('AlertRole')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    const [[, key] = []] = ofType(synthOnce(variants['a key']), 'AWS::KMS::Key');
    const { Statement = [] } = (key?.Properties?.KeyPolicy ?? {}) as {
      Statement?: Record<string, unknown>[];
    };
    expect(Statement.find(({ Principal }) => JSON.stringify(Principal).includes('cloudwatch'))).toMatchObject(
      {
        Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      },
    );
  });

  it('of the stream alone, both who read it decrypt, and nobody encrypts', () => {
    // Kinesis developer guide, "Permissions to use user-generated KMS keys": a consumer
    const synthesized = synthOnce(variants['an imported stream with a key']);
    expect(rights(synthesized, 'SpeedHandlerRole')['<StreamKey.Arn>']).toEqual(['kms:Decrypt']);
    expect(rights(synthesized, 'DeliveryRole')['<StreamKey.Arn>']).toEqual(['kms:Decrypt']);
  });

  it('who asks the archive decrypts it, and encrypts the answers', () => {
    const synthesized = synth((stack) => {
      const pipeline = new HeartRatePipeline(stack, 'HeartRate', { encryptionKey: new Key(stack, 'Key') });
      pipeline.grantQuery(new Role(stack, 'Asker', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    });
    expect(rights(synthesized, 'Asker')['<Key.Arn>']).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });
});

describe.each(everyVariant)('the rights in %s', (_, build) => {
  const synthesized = synthOnce(build);
  const all = statements(synthesized);

  it('are for actions spelt out, on resources of ours', () => {
    for (const { Action, Resource } of all) {
      for (const action of listed(Action)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
      // There is no naming a network interface that is not there yet.
      const isNetwork = listed(Action).every((action) => NETWORK.includes(action));
      for (const resource of listed(Resource).map(render)) {
        expect(resource).toMatch(isNetwork ? /^\*$/ : /^(arn:<|<)/);
      }
    }
  });

  it('come with no policy of AWS', () => {
    const roles = ofType(synthesized, 'AWS::IAM::Role').filter(([id]) => id.startsWith('HeartRate'));
    for (const [id, { Properties }] of roles) expect(Properties?.ManagedPolicyArns, id).toBeUndefined();
  });
});

it('only what empties buckets in an experiment is a role of the CDK', () => {
  const roles = (policy?: RemovalPolicy) =>
    ofType(
      synth((stack) => new HeartRatePipeline(stack, 'HeartRate', policy && { removalPolicy: policy })),
      'AWS::IAM::Role',
    ).filter(([id]) => !id.startsWith('HeartRate'));
  expect(roles()).toEqual([]);
  expect(roles(RemovalPolicy.DESTROY).map(([id]) => id)).toEqual([
    expect.stringContaining('CustomS3AutoDeleteObjects'),
  ]);
});
