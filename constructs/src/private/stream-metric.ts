import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';

/** A metric of a stream, such as `IncomingRecords`. */
export const streamMetric = (stream: IStream, metricName: string, options?: MetricOptions): Metric =>
  new Metric({
    namespace: 'AWS/Kinesis',
    metricName,
    statistic: 'Sum',
    dimensionsMap: { StreamName: stream.streamName },
    ...options,
  });
