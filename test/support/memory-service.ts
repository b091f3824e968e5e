import type { RecordResult, SinkLimits, SinkRecord, SinkService } from '../../src/sink/index.js';

/** One call of {@link memoryService} that waits for its answer. */
export interface PendingCall {
  readonly keys: string[];
  readonly lines: string[];
  answer(results?: readonly RecordResult[]): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** A service whose every answer a test gives: for faults and orders that a real one cannot be made to show. */
export function memoryService(limits: Partial<SinkLimits> = {}): {
  service: SinkService;
  calls: PendingCall[];
} {
  const calls: PendingCall[] = [];
  const service: SinkService = {
    name: 'memory',
    limits: {
      records: 500,
      bytes: 1_000_000,
      recordBytes: 10_000,
      recordsPerKey: Infinity,
      calls: 1,
      ...limits,
    },
    send: (records: readonly SinkRecord[]) =>
      new Promise((resolve, reject) => {
        const settled = async () => {
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        };
        calls.push({
          keys: records.map(({ key }) => key),
          lines: records.map(({ data }) => new TextDecoder().decode(data)),
          answer: (results = records.map(() => undefined)) => {
            resolve(results);
            return settled();
          },
          fail: (error) => {
            reject(error);
            return settled();
          },
        });
      }),
  };
  return { service, calls };
}

/** The sequence numbers of the samples in a call. */
export const sequences = (call: PendingCall | undefined): number[] =>
  (call?.lines ?? []).map((line) => (JSON.parse(line) as { sequence: number }).sequence);
