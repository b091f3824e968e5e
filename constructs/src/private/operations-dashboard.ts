import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ServingLayerProps } from '../serving-layer-props';

const MINUTE = { period: Duration.minutes(1) };

/** The pipeline at a glance: what comes in and goes out, how late, and what went wrong. */
export function operationsDashboard(scope: Construct, props: ServingLayerProps): Dashboard {
  const { speed, stream, batch } = props;
  const incoming = stream ? [stream.metricIncomingRecords({ ...MINUTE, label: 'records in' })] : [];
  const rows: IWidget[][] = [
    [
      graph('Samples in and out', [
        ...incoming,
        speed.metric('Indexed', { ...MINUTE, label: 'samples indexed' }),
        speed.metric('Duplicates', { ...MINUTE, label: 'delivered again' }),
      ]),
      graph('From the sample until it is indexed, ms', [
        speed.metric('Latency', { ...MINUTE, statistic: 'p50', label: 'p50' }),
        speed.metricLatency({ ...MINUTE, label: 'p99' }),
      ]),
      graph('Age of the oldest record not indexed, ms', [speed.metricIteratorAge(MINUTE)]),
    ],
    [
      graph('Rejected and handed back', [
        speed.metricRejected(MINUTE),
        speed.metric('HandedBack', MINUTE),
        speed.metric('Retried', MINUTE),
      ]),
      graph('Indexer', [speed.handler.metricErrors(MINUTE), speed.handler.metricThrottles(MINUTE)]),
      graph('Indexer: duration, ms', [speed.handler.metricDuration({ ...MINUTE, statistic: 'p99' })]),
    ],
    ...(batch
      ? [
          [
            graph('Archive: age of the oldest record not in it, s', [batch.metricFreshness()]),
            graph('Archive: records', [
              batch.metric('DeliveryToS3.Records'),
              batch.metric('FailedConversion.Records'),
            ]),
            graph('Archive: bytes', [batch.metric('DeliveryToS3.Bytes')]),
          ],
        ]
      : []),
    speed._widgets(),
  ];
  return new Dashboard(scope, 'Operations', { widgets: rows.filter((row) => row.length > 0) });
}

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8 });
