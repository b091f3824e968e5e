import { Duration, type Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { HeartRatePipeline, type HeartRatePipelineProps, Sizing } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render, walk } from '../support/constructs/render.ts';
import { rights } from '../support/constructs/rights.ts';
import { idOf, ofType, only, synth, synthOnce } from '../support/constructs/synth.ts';
import { streamArn, variants } from '../support/constructs/variants.ts';

const made = (props: HeartRatePipelineProps | ((stack: Stack) => HeartRatePipelineProps) = {}) =>
  synth(
    (stack) => new HeartRatePipeline(stack, 'HeartRate', typeof props === 'function' ? props(stack) : props),
  );

/** A template without what differs between builds and releases: the hashes of bundles, and the version. */
const lasting = (template: unknown) =>
  JSON.stringify(template, null, 2)
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/("version": )"[^"]+"/g, '$1"VERSION"');

describe('one line', () => {
  it('makes the whole pipeline', async () => {
    const { template } = synthOnce(variants['one line']);
    await expect(lasting(template)).toMatchFileSnapshot('one-line.snap');
  });

  it('says nothing new of a stream on demand', () => {
    const synthesized = made();
    expect(only(synthesized, 'AWS::Kinesis::Stream')).toMatchObject({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
  });
});

describe('what is asked for reaches every layer', () => {
  it('wearers: shards, batches, nodes', () => {
    const wearers = 20_000;
    const { size } = Sizing.estimate({ wearers });
    const synthesized = made({ wearers });
    expect(only(synthesized, 'AWS::Kinesis::Stream')).toMatchObject({ ShardCount: size.shardCount });
    expect(only(synthesized, 'AWS::Lambda::EventSourceMapping')).toMatchObject({ BatchSize: size.batchSize });
    expect(only(synthesized, 'AWS::OpenSearchService::Domain').ClusterConfig).toMatchObject({
      InstanceCount: size.dataNodes,
    });
  });

  it('shards on the way to those that wearers need', () => {
    const synthesized = made({ wearers: 20_000, shardCount: 8 });
    expect(only(synthesized, 'AWS::Kinesis::Stream')).toMatchObject({
      ShardCount: 8,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
    const { size } = Sizing.estimate({ wearers: 20_000 });
    expect(only(synthesized, 'AWS::OpenSearchService::Domain').ClusterConfig).toMatchObject({
      InstanceCount: size.dataNodes,
    });
  });

  it('how long the stream keeps records, and so how long they are tried', () => {
    const synthesized = made({ streamRetention: Duration.days(3) });
    expect(only(synthesized, 'AWS::Kinesis::Stream')).toMatchObject({ RetentionPeriodHours: 72 });
    expect(only(synthesized, 'AWS::Lambda::EventSourceMapping')).toMatchObject({
      MaximumRecordAgeInSeconds: 71 * 3600,
    });
  });

  it('an imported stream: both who read it do so, and none is made', () => {
    const synthesized = made((stack) => ({
      stream: Stream.fromStreamArn(stack, 'Theirs', streamArn(stack)),
    }));
    expect(ofType(synthesized, 'AWS::Kinesis::Stream')).toEqual([]);
    const theirs = 'arn:<AWS::Partition>:kinesis:<AWS::Region>:<AWS::AccountId>:stream/theirs';
    expect(render(only(synthesized, 'AWS::Lambda::EventSourceMapping').EventSourceArn)).toBe(theirs);
    const { KinesisStreamSourceConfiguration } = only(
      synthesized,
      'AWS::KinesisFirehose::DeliveryStream',
    ) as {
      KinesisStreamSourceConfiguration: { KinesisStreamARN: unknown };
    };
    expect(render(KinesisStreamSourceConfiguration.KinesisStreamARN)).toBe(theirs);
    for (const role of ['SpeedHandlerRole', 'DeliveryRole']) {
      expect(rights(synthesized, role)[theirs]).toContain('kinesis:GetRecords');
    }
  });

  it('a key: everything that holds samples, and every topic', () => {
    const synthesized = synthOnce(variants['a key']);
    const [[key = ''] = []] = ofType(synthesized, 'AWS::KMS::Key');
    const holders =
      /Kinesis::Stream|S3::Bucket$|OpenSearchService::Domain|SNS::Topic$|Athena::WorkGroup|DeliveryStream/;
    const held = Object.entries(synthesized.template.Resources).filter(([, { Type }]) => holders.test(Type));
    expect(held.length).toBe(9);
    for (const [id, resource] of held) expect(JSON.stringify(resource), id).toContain(key);
  });

  it('how soon samples are to be found, and that records are archived as they come', () => {
    const synthesized = made({ refreshInterval: Duration.millis(200), normalize: false });
    expect(only(synthesized, 'Custom::HeartRateIndex').refreshInterval).toBe('200ms');
    expect(synthesized.built.batch?.normalizer).toBeUndefined();
  });

  it('the name of the index, so that pipelines can share a domain', () => {
    const synthesized = made({ index: 'beats' });
    expect(only(synthesized, 'Custom::HeartRateIndex').index).toBe('beats');
    expect(only(synthesized, 'Custom::HeartRateServing').index).toBe('beats');
    const { Environment } = only(synthesized, 'AWS::Lambda::Function', 'SpeedHandler') as {
      Environment: { Variables: Record<string, unknown> };
    };
    expect(Environment.Variables.OPENSEARCH_INDEX).toBe('beats');
    expect(Object.keys(rights(synthesized, 'SpeedHandlerRole'))).toContain(
      '<HeartRateSpeedSearchDomain.Arn>/beats-*/_bulk',
    );
  });

  it('an address for alarms, one for alerts', () => {
    const synthesized = made({ alarmEmail: 'operator@example.org', alert: { email: 'coach@example.org' } });
    const sent = ofType(synthesized, 'AWS::SNS::Subscription').map(([, { Properties = {} }]) => [
      render(Properties.TopicArn),
      Properties.Endpoint,
    ]);
    expect(sent).toEqual([
      ['<HeartRateAlarmTopic>', 'operator@example.org'],
      ['<HeartRateServingAlerts>', 'coach@example.org'],
    ]);
  });
});

describe('a switch leaves out what it is about', () => {
  const types = (synthesized: ReturnType<typeof made>) =>
    new Set(Object.values(synthesized.template.Resources).map(({ Type }) => Type));
  const cases: [keyof HeartRatePipelineProps, string[]][] = [
    ['alarms', ['AWS::CloudWatch::Alarm']],
    ['archive', ['AWS::KinesisFirehose::DeliveryStream', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup']],
    ['operations', ['AWS::CloudWatch::Dashboard']],
  ];
  it.each(cases)('%s', (name, absent) => {
    const [off, on] = [types(made({ [name]: false })), types(made({ [name]: true }))];
    for (const type of absent) {
      expect(off).not.toContain(type);
      expect(on).toContain(type);
    }
    expect(on).toEqual(types(made()));
  });

  it('archive: nothing can be asked then, and it says so', () => {
    const build = () =>
      synth((stack) => {
        const pipeline = new HeartRatePipeline(stack, 'HeartRate', { archive: false });
        expect(pipeline.batch).toBeUndefined();
        pipeline.grantQuery(
          new Role(stack, 'Asker', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
        );
      });
    expect(build).toThrow('leave out archive: false');
  });

  it('alerts and dashboards: OpenSearch is given neither', () => {
    const synthesized = made({ alerts: false, dashboards: false });
    expect(ofType(synthesized, 'Custom::HeartRateServing')).toEqual([]);
  });
});

describe('what does not go together is refused, with the remedy', () => {
  const topic = (stack: Stack) => new Topic(stack, 'Topic');
  const cases: [string, (stack: Stack) => HeartRatePipelineProps, string][] = [
    ['mail and no alarms', () => ({ alarms: false, alarmEmail: 'a@example.org' }), 'leave it out'],
    [
      'mail and their topic',
      (stack) => ({ alarmTopic: topic(stack), alarmEmail: 'a@example.org' }),
      'leave it out',
    ],
    [
      'a bucket of no archive',
      (stack) => ({ archive: false, bucket: Bucket.fromBucketName(stack, 'TheirBucket', 'theirs') }),
      'archive is false',
    ],
    [
      'retention of their stream',
      (stack) => ({
        stream: Stream.fromStreamArn(stack, 'Theirs', streamArn(stack)),
        streamRetention: Duration.days(2),
      }),
      'leave out either',
    ],
    ['an address that is none', () => ({ alarmEmail: 'operations' }), 'alarmEmail must be an address'],
    ['nor one of alerts', () => ({ alert: { email: '' } }), 'email must be an address'],
    [
      'shards of their stream',
      (stack) => ({ stream: Stream.fromStreamArn(stack, 'Theirs', streamArn(stack)), shardCount: 2 }),
      'leave out either',
    ],
  ];
  it.each(cases)('%s', (_, props, remedy) => {
    expect(() => made(props)).toThrow(remedy);
  });
});

describe('the shortcuts', () => {
  it('let send and ask, and have metrics', () => {
    const synthesized = synth((stack) => {
      const role = (id: string) =>
        new Role(stack, id, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
      const pipeline = new HeartRatePipeline(stack, 'HeartRate');
      pipeline.grantProduce(role('Producer')).assertSuccess();
      pipeline.grantQuery(role('Asker')).assertSuccess();
      return pipeline;
    });
    expect(rights(synthesized, 'Producer')).toEqual({
      '<HeartRateStream.Arn>': ['kinesis:PutRecord', 'kinesis:PutRecords'],
    });
    expect(Object.values(rights(synthesized, 'Asker')).flat()).toContain('athena:StartQueryExecution');
    const { built } = synthesized;
    expect(built.metricLatency()).toMatchObject({ metricName: 'Latency', statistic: 'p99' });
    expect(built.metricRejected({ period: Duration.minutes(1) }).period.toSeconds()).toBe(60);
  });
});

describe('twins in one stack', () => {
  it('have everything twice, and metrics of their own', () => {
    const twins = synthOnce(variants.twins);
    const one = synthOnce(variants['one line']);
    const count = (synthesized: typeof one) => Object.keys(synthesized.template.Resources).length;
    expect(count(twins)).toBe(2 * count(one));
    const services = new Set<unknown>();
    walk(twins.template, (value, name) => {
      if (name === 'POWERTOOLS_SERVICE_NAME') services.add(value);
    });
    // The indexer's and the archive's, of each.
    expect(services.size).toBe(4);
    expect(idOf(twins.built.speed.handler)).toBe(idOf(one.built.speed.handler));
  });
});
