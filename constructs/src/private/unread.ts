import { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { streamMetric } from './stream-metric';

/**
 * 1 where records come and nobody reads them. Who cannot read at all, such as without its right to a key, has no age of
 * what it reads, so that no other alarm goes off.
 *
 * @param reads a metric that is above 0 where somebody reads
 */
export function unread(stream: IStream, reads: Metric): MathExpression {
  return new MathExpression({
    expression: 'IF(FILL(records, 0) > 0 AND FILL(reads, 0) == 0, 1, 0)',
    usingMetrics: { records: streamMetric(stream, 'IncomingRecords'), reads },
    label: 'records that nobody reads',
    period: Duration.minutes(5),
  });
}
