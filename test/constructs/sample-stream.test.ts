import { Duration, RemovalPolicy, type Stack, Token } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SampleStream, type SampleStreamProps, Sizing } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { rights } from '../support/constructs/rights.ts';
import { ofType, only, synth } from '../support/constructs/synth.ts';
import { streamArn } from '../support/constructs/variants.ts';

const STREAM = 'AWS::Kinesis::Stream';
const made = (props?: SampleStreamProps) => synth((stack) => new SampleStream(stack, 'Samples', props));
const producer = (stack: Stack) =>
  new Role(stack, 'Producer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

describe('a stream that is made', () => {
  it('is on demand, encrypted, kept for a day, and nameless', () => {
    expect(only(made(), STREAM)).toEqual({
      RetentionPeriodHours: 24,
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  it('has the shards that it is given', () => {
    const stream = only(made({ shardCount: 3 }), STREAM);
    expect(stream).toMatchObject({ ShardCount: 3, StreamModeDetails: { StreamMode: 'PROVISIONED' } });
  });

  it('has the shards that its wearers need', () => {
    const { size } = Sizing.estimate({ wearers: 5_000, samplesPerSecond: 2 });
    const stream = only(made({ wearers: 5_000, samplesPerSecond: 2 }), STREAM);
    expect(size.shardCount).toBeGreaterThan(0);
    expect(stream).toMatchObject({
      ShardCount: size.shardCount,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
  });

  it('has the name, the retention and the key that it is given', () => {
    const synthesized = synth((stack) => {
      const encryptionKey = new Key(stack, 'Key');
      return new SampleStream(stack, 'Samples', {
        streamName: 'ours',
        retention: Duration.days(7),
        encryptionKey,
      });
    });
    const [[key] = []] = ofType(synthesized, 'AWS::KMS::Key');
    expect(only(synthesized, STREAM)).toMatchObject({
      Name: 'ours',
      RetentionPeriodHours: 168,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
    });
  });

  it.each([
    [undefined, 'RetainExceptOnCreate', 'Retain'],
    [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
  ])('is kept unless asked otherwise: %s', (removalPolicy, deletion, replacement) => {
    const [[, resource] = []] = ofType(made(removalPolicy && { removalPolicy }), STREAM);
    expect(resource).toMatchObject({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement });
  });
});

describe('a stream that is there', () => {
  it('is used as it is, and watched', () => {
    const synthesized = synth((stack) => {
      const stream = Stream.fromStreamArn(stack, 'Theirs', streamArn(stack));
      return new SampleStream(stack, 'Samples', { stream });
    });
    expect(ofType(synthesized, STREAM)).toEqual([]);
    expect(ofType(synthesized, 'AWS::CloudWatch::Alarm')).toHaveLength(2);
  });

  it.each([{ streamName: 'ours' }, { shardCount: 1 }, { retention: Duration.days(2) }])(
    'cannot be changed: %o',
    (props) => {
      const build = () =>
        synth((stack) => {
          const stream = Stream.fromStreamArn(stack, 'Theirs', streamArn(stack));
          return new SampleStream(stack, 'Samples', { stream, ...props });
        });
      expect(build).toThrow('leave out either them or stream');
    },
  );
});

describe('SampleStream', () => {
  it('has no alarms where they are not wanted', () => {
    const synthesized = made({ alarms: false });
    expect(Object.keys(synthesized.template.Resources)).toHaveLength(1);
    expect(synthesized.built.alarms).toEqual([]);
  });

  it('refuses no shards, and takes a number that is known only when it is deployed', () => {
    expect(() => made({ shardCount: 0 })).toThrow('1 at least');
    expect(() => made({ shardCount: 1.5 })).toThrow('a whole number');
    const later = Token.asNumber({ Ref: 'Shards' });
    expect(only(made({ shardCount: later }), 'AWS::Kinesis::Stream').ShardCount).toEqual({ Ref: 'Shards' });
  });

  it('refuses two sizes', () => {
    expect(() => made({ shardCount: 1, wearers: 10 })).toThrow('leave one of them out');
  });

  it('lets a producer send, and no more', () => {
    const synthesized = synth((stack) => {
      const samples = new SampleStream(stack, 'Samples');
      samples.grantProduce(producer(stack)).assertSuccess();
    });
    expect(rights(synthesized, 'Producer')).toEqual({
      '<SamplesStream.Arn>': ['kinesis:PutRecord', 'kinesis:PutRecords'],
    });
  });

  it('lets a producer encrypt by the key of the stream', () => {
    const synthesized = synth((stack) => {
      const samples = new SampleStream(stack, 'Samples', { encryptionKey: new Key(stack, 'Key') });
      samples.grantProduce(producer(stack));
    });
    // Kinesis developer guide, "Permissions to use user-generated KMS keys": a producer
    expect(rights(synthesized, 'Producer')).toMatchObject({ '<Key.Arn>': ['kms:GenerateDataKey'] });
  });

  it('has metrics of its own stream', () => {
    const { built, stack } = made();
    const { dimensions, namespace, metricName, period } = built.metricIncomingRecords({
      period: Duration.minutes(1),
    });
    expect(stack.resolve(dimensions)).toEqual({
      StreamName: { Ref: expect.stringMatching(/^SamplesStream/) },
    });
    expect([namespace, metricName, period.toSeconds()]).toEqual(['AWS/Kinesis', 'IncomingRecords', 60]);
    expect(built.metric('GetRecords.Bytes').statistic).toBe('Sum');
  });
});
