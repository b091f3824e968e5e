import { describe, expect, it } from 'vitest';
import { render, walk } from '../support/constructs/render.ts';
import { ofType, only, type Synthesized, synthOnce } from '../support/constructs/synth.ts';
import { everyVariant, variants } from '../support/constructs/variants.ts';

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}
interface MetricProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
}
interface AlarmProperties extends MetricProperties {
  /** Of an alarm that is computed from several. */
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: MetricProperties } }[];
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly AlarmDescription: string;
  readonly Threshold: number;
}

/** The metrics that a service documents, the dimensions it puts them under, and what those are in a template. */
const documented: Record<
  string,
  { metrics: string[]; dimensions: Record<string, string | 'account'>; imported?: string }
> = {
  // Kinesis developer guide, "Monitor the Kinesis Data Streams service with CloudWatch": stream-level metrics
  'AWS/Kinesis': {
    metrics: ['IncomingRecords', 'ReadProvisionedThroughputExceeded', 'WriteProvisionedThroughputExceeded'],
    dimensions: { StreamName: 'AWS::Kinesis::Stream' },
    imported: 'theirs',
  },
  // Lambda developer guide, "Types of metrics for Lambda functions"
  'AWS/Lambda': {
    metrics: ['DestinationDeliveryFailures', 'Duration', 'Errors', 'Invocations', 'IteratorAge', 'Throttles'],
    dimensions: { FunctionName: 'AWS::Lambda::Function' },
  },
  // The same, "Event source mapping metrics"
  'AWS/Lambda of a mapping': {
    metrics: ['OnFailureDestinationDeliveredEventCount'],
    dimensions: { EventSourceMappingUUID: 'AWS::Lambda::EventSourceMapping' },
  },
  // OpenSearch Service developer guide, "Monitoring OpenSearch cluster metrics with CloudWatch": cluster metrics
  'AWS/ES': {
    metrics: [
      'CPUUtilization',
      'ClusterIndexWritesBlocked',
      'ClusterStatus.red',
      'ClusterStatus.yellow',
      'FreeStorageSpace',
      'JVMMemoryPressure',
    ],
    dimensions: { ClientId: 'account', DomainName: 'AWS::OpenSearchService::Domain' },
    imported: 'theirs',
  },
  // OpenSearch Service developer guide, "Monitoring OpenSearch Serverless with CloudWatch": collection-level metrics
  'AWS/AOSS': {
    metrics: ['2xx', '4xx', '5xx'],
    dimensions: {
      ClientId: 'account',
      CollectionId: 'AWS::OpenSearchServerless::Collection',
      CollectionName: 'AWS::OpenSearchServerless::Collection',
    },
  },
  // Data Firehose developer guide, "Monitor with CloudWatch metrics": S3, format conversion, Kinesis as the source
  'AWS/Firehose': {
    metrics: [
      'DataReadFromKinesisStream.Records',
      'DeliveryToS3.Bytes',
      'DeliveryToS3.DataFreshness',
      'DeliveryToS3.Records',
      'FailedConversion.Records',
      'KinesisMillisBehindLatest',
      'ThrottledGetRecords',
    ],
    dimensions: { DeliveryStreamName: 'AWS::KinesisFirehose::DeliveryStream' },
  },
  // SNS developer guide, "Monitoring Amazon SNS topics using CloudWatch"
  'AWS/SNS': {
    metrics: ['NumberOfNotificationsFailed'],
    dimensions: { TopicName: 'AWS::SNS::Topic' },
  },
  // What the functions themselves report: src/lambda/observe.ts, constructs/functions/normalize
  liveheartrate: {
    metrics: ['Duplicates', 'HandedBack', 'Indexed', 'Latency', 'NotArchived', 'Rejected', 'Retried'],
    dimensions: { service: 'AWS::Lambda::Function' },
  },
};

/** Whether what a dimension is set to is a resource of that type, of this very stack or imported into it. */
function names(synthesized: Synthesized<unknown>, type: string, value: unknown, imported?: string): boolean {
  if (type === 'account') return render(value) === '<AWS::AccountId>';
  const ofIt = ofType(synthesized, type);
  if (typeof value === 'string') {
    const services = ofIt.map(([, { Properties }]) => {
      const { Environment } = (Properties ?? {}) as { Environment?: { Variables: Record<string, string> } };
      return Environment?.Variables.POWERTOOLS_SERVICE_NAME;
    });
    const called = ofIt.map(([, { Properties }]) => Properties?.Name);
    return [...services, ...called].includes(value) || (ofIt.length === 0 && value === imported);
  }
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return ofIt.some(([id]) => id === (Ref ?? attribute?.[0]));
}

const alarmsOf = (synthesized: Synthesized<unknown>) =>
  ofType(synthesized, 'AWS::CloudWatch::Alarm').map(
    ([id, { Properties }]) => [id, Properties as unknown as AlarmProperties] as const,
  );

/** What an alarm watches: one metric, or those that it is computed from. */
const metricsOf = ([id, alarm]: readonly [string, AlarmProperties]) => {
  const several = alarm.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return (several ?? [alarm]).map((metric) => [id, metric] as const);
};

describe.each(everyVariant)('the alarms of %s', (_, build) => {
  const synthesized = synthOnce(build);
  const alarms = alarmsOf(synthesized);

  it('watch a metric that the service has, of a resource that there is', () => {
    for (const [id, { Namespace, MetricName, Dimensions = [] }] of alarms.flatMap(metricsOf)) {
      const kind = Dimensions.some(({ Name }) => Name === 'EventSourceMappingUUID') ? ' of a mapping' : '';
      const { metrics = [], dimensions = {}, imported } = documented[`${Namespace}${kind}`] ?? {};
      expect(metrics, id).toContain(MetricName);
      expect(Dimensions.map(({ Name }) => Name).sort(), id).toEqual(Object.keys(dimensions).sort());
      for (const { Name, Value } of Dimensions) {
        expect(names(synthesized, dimensions[Name] ?? '', Value, imported), `${id}: ${render(Value)}`).toBe(
          true,
        );
      }
    }
  });

  it('tell one topic, and say what to do', () => {
    const topics = alarms.flatMap(([, { AlarmActions = [], OKActions = [] }]) => {
      expect(AlarmActions).toHaveLength(1);
      // Each would be told of as soon as it is made.
      expect(OKActions).toEqual([]);
      return AlarmActions.map(render);
    });
    const pipelines = new Set(alarms.map(([id]) => id.slice(0, 5))).size;
    expect(new Set(topics).size).toBe(pipelines);
    for (const [id, { AlarmDescription }] of alarms)
      expect(AlarmDescription, id).toMatch(/^[A-Z].{30,}[.?]$/);
  });

  it('are those of the property alarms', () => {
    const { alarms: own } = synthesized.built;
    const ids = own.map((alarm) =>
      synthesized.stack.resolve((alarm.node.defaultChild as { logicalId?: string })?.logicalId),
    );
    for (const id of ids) expect(alarms.map(([its]) => its)).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('and the graphs of the dashboard are of metrics that there are', () => {
    for (const [, { Properties }] of ofType(synthesized, 'AWS::CloudWatch::Dashboard')) {
      const body = JSON.parse(render(Properties?.DashboardBody).replace(/<AWS::Region>/g, 'us-east-1'));
      const metrics: [string, string][] = [];
      walk(body, (value, name) => {
        if (name === 'metrics') metrics.push(...(value as [string, string][]));
      });
      expect(metrics.length).toBeGreaterThan(5);
      for (const [namespace, metric] of metrics) expect(documented[namespace]?.metrics).toContain(metric);
    }
  });
});

describe('the alarms', () => {
  it('are on every layer', () => {
    const ids = alarmsOf(synthOnce(variants['one line'])).map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(ids.map((id) => id.replace('HeartRate', '').replace('Alarms', ' ')).sort()).toEqual([
      'Batch Behind',
      'Batch NormalizerErrors',
      'Batch NotArchived',
      'Batch NotConverted',
      'Batch ReadThrottled',
      'Batch Stale',
      'Batch Unread',
      'Serving AlertsNotSent',
      'Speed Behind',
      'Speed Busy',
      'Speed Errors',
      'Speed GivenUp',
      'Speed HandedBack',
      'Speed Memory',
      'Speed Red',
      'Speed Rejected',
      'Speed StorageLow',
      'Speed Throttles',
      'Speed Undelivered',
      'Speed Unread',
      'Speed WritesBlocked',
      'Stream ReadThrottled',
      'Stream WriteThrottled',
    ]);
  });

  it.each(['one line', 'a key'] as const)(
    'may tell their topic, and those of this account alone: %s',
    (name) => {
      const synthesized = synthOnce(variants[name]);
      const { PolicyDocument } = only(synthesized, 'AWS::SNS::TopicPolicy', 'AlarmTopic') as {
        PolicyDocument: { Statement: Record<string, unknown>[] };
      };
      const [allowed, ...others] = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
      expect(others).toEqual([]);
      expect(allowed).toMatchObject({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
      });
      expect(render(allowed?.Resource)).toBe('<HeartRateAlarmTopic>');
      const { ArnLike } = (allowed?.Condition ?? {}) as { ArnLike: Record<string, unknown> };
      expect(render(ArnLike['aws:SourceArn'])).toBe(
        'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*',
      );
    },
  );

  it.each([
    ['one line', 0],
    ['many wearers', 1],
    ['a domain that is there', 1],
  ] as const)('tell of copies that are nowhere, unless there is one node: %s', (name, many) => {
    const ids = alarmsOf(synthOnce(variants[name])).map(([id]) => id);
    expect(ids.filter((id) => id.includes('Yellow'))).toHaveLength(many);
  });

  it('are none where they are not wanted, nor their topic', () => {
    const synthesized = synthOnce(variants['nothing but the indexer']);
    expect(alarmsOf(synthesized)).toEqual([]);
    expect(ofType(synthesized, 'AWS::SNS::Topic')).toEqual([]);
    expect(synthesized.built.alarms).toEqual([]);
    expect(synthesized.built.alarmTopic).toBeUndefined();
  });

  it.each(['one line', 'many wearers'] as const)(
    'measure storage by the volume that there is: %s',
    (name) => {
      const synthesized = synthOnce(variants[name]);
      const [, domain] = ofType(synthesized, 'AWS::OpenSearchService::Domain')[0] ?? [];
      const { VolumeSize } = (domain?.Properties?.EBSOptions ?? {}) as { VolumeSize: number };
      const low = alarmsOf(synthesized).find(([id]) => id.includes('StorageLow'))?.[1];
      expect(low).toMatchObject({ MetricName: 'FreeStorageSpace', ComparisonOperator: 'LessThanThreshold' });
      // The metric is in MiB, of the node that has least; the volume in GiB.
      expect(low?.Threshold).toBe((VolumeSize * 1024) / 4);
    },
  );
});
