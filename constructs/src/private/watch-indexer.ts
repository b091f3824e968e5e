import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Alarms } from './alarms';
import { unread } from './unread';

const MINUTE = { period: Duration.minutes(1) };

/** What of a speed layer is watched. */
interface Indexer {
  readonly handler: IFunction;
  readonly mapping: IEventSourceMapping;
  metric(metricName: string, options?: MetricOptions): Metric;
  metricRejected(): Metric;
  metricIteratorAge(options?: MetricOptions): Metric;
}

/** The alarms of the indexer, whatever it indexes into. */
export function watchIndexer(alarms: Alarms, layer: Indexer, stream: IStream): void {
  const { handler, mapping } = layer;
  alarms.add('Behind', {
    metric: layer.metricIteratorAge(MINUTE),
    description:
      'Samples are indexed a minute late: is OpenSearch away or busy, or are there too few shards?',
    threshold: Duration.minutes(1).toMilliseconds(),
    periods: 5,
  });
  alarms.add('Errors', {
    metric: handler.metricErrors(MINUTE),
    description: 'The indexer fails: see its log. Its records come again.',
    threshold: 0,
    periods: 3,
  });
  alarms.add('Throttles', {
    metric: handler.metricThrottles(MINUTE),
    description: 'Lambda runs no more of the indexer: raise the concurrency of the account.',
    threshold: 0,
    periods: 5,
  });
  alarms.add('Rejected', {
    metric: layer.metricRejected(),
    description:
      'Documents were no samples, or were refused: they are in the index of the rejected, with the reason.',
    threshold: 0,
  });
  alarms.add('HandedBack', {
    metric: layer.metric('HandedBack'),
    description: 'Records cannot be indexed for a quarter of an hour: see the log of the indexer.',
    threshold: 0,
    periods: 3,
  });
  alarms.add('Undelivered', {
    metric: handler.metric('DestinationDeliveryFailures', { statistic: 'Sum' }),
    description:
      'Records that could not be indexed in time could not be kept either: see the rights of the indexer.',
    threshold: 0,
  });
  alarms.add('GivenUp', {
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'OnFailureDestinationDeliveredEventCount',
      statistic: 'Sum',
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    }),
    description:
      'Records could not be indexed in time: they are in the bucket of the failures, to be indexed after all.',
    threshold: 0,
  });
  alarms.add('Unread', {
    metric: unread(stream, handler.metricInvocations()),
    description: 'Samples come, and the indexer is not called: may it read the stream, and decrypt it?',
    threshold: 0,
    periods: 3,
  });
}
