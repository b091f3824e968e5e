import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Domain } from 'aws-cdk-lib/aws-opensearchservice';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveLayout, HeartRatePipeline, type HeartRatePipelineProps } from 'liveheartrate-constructs';

const pipeline = (stack: Stack, props: HeartRatePipelineProps = {}) =>
  new HeartRatePipeline(stack, 'HeartRate', props);

export const streamArn = (stack: Stack) =>
  stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'theirs' });

const key = (stack: Stack, id = 'Key') => new Key(stack, id, { enableKeyRotation: true });

export const viewer = (stack: Stack) =>
  new Role(stack, 'Viewer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

export const theirDomain = (stack: Stack) =>
  Domain.fromDomainAttributes(stack, 'TheirDomain', {
    domainArn: stack.formatArn({ service: 'es', resource: 'domain', resourceName: 'theirs' }),
    domainEndpoint: 'search-theirs-abc.example.org',
  });

export const theirSecret = (stack: Stack) =>
  Secret.fromSecretCompleteArn(
    stack,
    'TheirSecret',
    stack.formatArn({ service: 'secretsmanager', resource: 'secret:theirs-AbCdEf', account: '111122223333' }),
  );

/** Pipelines of every kind, each alone in a stack but for the twins. */
export const variants = {
  'one line': (stack: Stack) => pipeline(stack),
  'many wearers': (stack: Stack) => pipeline(stack, { wearers: 10_000 }),
  'a key': (stack: Stack) => pipeline(stack, { encryptionKey: key(stack) }),
  'an imported key': (stack: Stack) =>
    pipeline(stack, {
      encryptionKey: Key.fromKeyArn(
        stack,
        'Key',
        stack.formatArn({
          service: 'kms',
          resource: 'key',
          resourceName: '1234abcd-12ab-34cd-56ef-1234567890ab',
          account: '111122223333',
        }),
      ),
    }),
  'an experiment': (stack: Stack) => pipeline(stack, { removalPolicy: RemovalPolicy.DESTROY }),
  'the older folders': (stack: Stack) =>
    pipeline(stack, { layout: ArchiveLayout.SESSION, timeZone: 'Asia/Kolkata' }),
  'an imported stream': (stack: Stack) =>
    pipeline(stack, { stream: Stream.fromStreamArn(stack, 'Theirs', streamArn(stack)) }),
  'an imported stream with a key': (stack: Stack) =>
    pipeline(stack, {
      stream: Stream.fromStreamAttributes(stack, 'Theirs', {
        streamArn: streamArn(stack),
        encryptionKey: key(stack, 'StreamKey'),
      }),
    }),
  'a domain that is there': (stack: Stack) =>
    pipeline(stack, { domain: theirDomain(stack), fineGrainedAccess: true, viewers: [viewer(stack)] }),
  serverless: (stack: Stack) => pipeline(stack, { serverless: true, viewers: [viewer(stack)] }),
  'serverless with a key': (stack: Stack) => pipeline(stack, { serverless: true, encryptionKey: key(stack) }),
  'an endpoint': (stack: Stack) =>
    pipeline(stack, {
      endpoint: 'https://search.example.org',
      dashboardsEndpoint: 'https://dashboards.example.org',
      credentials: theirSecret(stack),
    }),
  'a network': (stack: Stack) =>
    pipeline(stack, {
      vpc: Vpc.fromVpcAttributes(stack, 'TheirVpc', {
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['a'],
        privateSubnetIds: ['subnet-0123456789abcdef0'],
      }),
    }),
  'nothing but the indexer': (stack: Stack) =>
    pipeline(stack, { alarms: false, alerts: false, archive: false, dashboards: false, operations: false }),
  'whatever one can have': (stack: Stack) =>
    pipeline(stack, {
      alert: { above: 170, email: 'coach@example.org', window: Duration.minutes(5) },
      alarmEmail: 'operator@example.org',
      archiveRetention: Duration.days(365),
      retention: Duration.days(30),
      zones: [100, 120, 140],
      timeZone: 'Europe/Berlin',
      viewers: [viewer(stack)],
    }),
  'buckets and topics that are there': (stack: Stack) =>
    pipeline(stack, {
      bucket: Bucket.fromBucketName(stack, 'TheirBucket', 'theirs'),
      alert: { topic: new Topic(stack, 'TheirAlerts', { enforceSSL: true }) },
      alarmTopic: new Topic(stack, 'TheirAlarms', { enforceSSL: true }),
    }),
  twins: (stack: Stack) => {
    new HeartRatePipeline(stack, 'Other');
    return pipeline(stack);
  },
} satisfies Record<string, (stack: Stack) => HeartRatePipeline>;

export type Variant = keyof typeof variants;
export const everyVariant = Object.entries(variants) as [Variant, (stack: Stack) => HeartRatePipeline][];
