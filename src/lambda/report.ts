/** What became of one event, in numbers. */
export interface IndexingReport {
  /** Records of the event. */
  records: number;
  /** Documents read from them. */
  documents: number;
  /** Samples that are in the index since now. */
  indexed: number;
  /** Samples that have been there since an earlier delivery. */
  duplicates: number;
  /** Documents that went to the index of what is no sample, or is refused for good. */
  rejected: number;
  /** Documents that were sent once more within the invocation. */
  retried: number;
  /** Records of the event that are not done, and so come again. */
  handedBack: number;
  /** How long each `_bulk` request took, milliseconds. */
  readonly bulkTimes: number[];
  /** For each sample that was indexed now, the milliseconds since its own time. */
  readonly latencies: number[];
  /** Why documents were rejected or have to come again: each reason once, without values. */
  readonly reasons: Set<string>;
  /** Why OpenSearch as a whole could not be used, where that is so. */
  unavailable?: string;
}

/** A report of an event of which nothing is done yet. */
export const emptyReport = (): IndexingReport => ({
  records: 0,
  documents: 0,
  indexed: 0,
  duplicates: 0,
  rejected: 0,
  retried: 0,
  handedBack: 0,
  bulkTimes: [],
  latencies: [],
  reasons: new Set(),
});

/** One line for a log. */
export interface LogLine {
  /** How bad it is. */
  readonly level: 'debug' | 'warn' | 'error';
  /** What happened. */
  readonly message: string;
  /** In numbers, and why: no payload, no credential, no address of a sensor. */
  readonly facts: Record<string, unknown>;
}

/** The one line that says of an event what somebody should know. */
export function logLineOf(report: IndexingReport, index: string): LogLine {
  const { bulkTimes, latencies, reasons, unavailable, ...numbers } = report;
  const facts = {
    index,
    ...numbers,
    requests: bulkTimes.length,
    ...(reasons.size > 0 && { reasons: [...reasons] }),
    ...(unavailable !== undefined && { code: 'INDEX_UNAVAILABLE', reason: unavailable }),
  };
  if (numbers.handedBack > 0) return { level: 'error', message: 'documents not indexed', facts };
  if (numbers.rejected > 0) return { level: 'warn', message: 'documents rejected', facts };
  return { level: 'debug', message: 'documents indexed', facts };
}
