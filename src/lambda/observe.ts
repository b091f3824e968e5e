import { type IndexingReport, logLineOf } from './report.js';

/** Where metrics go: the `Metrics` of AWS Lambda Powertools fit. */
export interface IndexerMetrics {
  /**
   * Takes one value of a metric.
   *
   * @param name - Its name.
   * @param unit - Its unit, as CloudWatch calls it.
   * @param value - The value.
   * @returns Whatever it returns; it is not looked at.
   */
  addMetric(name: string, unit: 'Count' | 'Milliseconds', value: number): unknown;
  /**
   * Writes what has been taken.
   *
   * @returns Whatever it returns; it is not looked at.
   */
  publishStoredMetrics(): unknown;
}

/** Where log lines go: the `Logger` of AWS Lambda Powertools fits. */
export interface IndexerLogger {
  /**
   * Nothing that anybody need know: an event is done.
   *
   * @param message - What happened.
   * @param facts - The same in numbers.
   */
  debug(message: string, facts: Record<string, unknown>): void;
  /**
   * Documents have been rejected.
   *
   * @param message - What happened.
   * @param facts - The same in numbers, with the reasons.
   */
  warn(message: string, facts: Record<string, unknown>): void;
  /**
   * Documents have to be delivered again.
   *
   * @param message - What happened.
   * @param facts - The same in numbers, with the reasons.
   */
  error(message: string, facts: Record<string, unknown>): void;
}

/** The embedded metric format takes 100 values of one metric; with those, Powertools publishes by itself. */
const VALUES = 99;

/** Tells of each event by one log line at most and by metrics. */
export function observe(
  logger: IndexerLogger | undefined,
  metrics: IndexerMetrics | undefined,
  index: string,
): (report: IndexingReport) => void {
  return (report) => {
    const { level, message, facts } = logLineOf(report, index);
    logger?.[level](message, facts);
    if (metrics === undefined) return;
    // Zeros too: an alarm on a metric that is not there watches nothing.
    metrics.addMetric('BatchSize', 'Count', report.documents);
    metrics.addMetric('Indexed', 'Count', report.indexed);
    metrics.addMetric('Duplicates', 'Count', report.duplicates);
    metrics.addMetric('Rejected', 'Count', report.rejected);
    metrics.addMetric('Retried', 'Count', report.retried);
    metrics.addMetric('HandedBack', 'Count', report.handedBack);
    for (const time of spread(report.bulkTimes)) metrics.addMetric('BulkTime', 'Milliseconds', time);
    for (const latency of spread(report.latencies)) metrics.addMetric('Latency', 'Milliseconds', latency);
    metrics.publishStoredMetrics();
  };
}

/** As many values as fit that have the same percentiles: of equal parts of them the middle ones. */
function spread(values: readonly number[]): readonly number[] {
  if (values.length <= VALUES) return values;
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: VALUES }, (_, part) => {
    const at = part === VALUES - 1 ? sorted.length - 1 : Math.floor(((part + 0.5) / VALUES) * sorted.length);
    return sorted[at] as number;
  });
}
