import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BulkClient, createIndexer } from '../../../src/lambda/index.js';
import { embeddedIndex } from '../../../src/local/index.js';
import { serializeSample } from '../../../src/sample/index.js';
import { clientError } from '../../support/faulty-index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const line = (sequence: number) => serializeSample(sampleOf(sequence));
const event = kinesisEvent([line(0), line(1), 'rubbish']);
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What the handler writes to the log of its function. */
function captureLog() {
  const lines: string[] = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const level of ['log', 'debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((text: unknown) => void lines.push(String(text)));
  }
  return { lines, parsed: () => lines.map((text) => JSON.parse(text) as Record<string, unknown>) };
}

describe('createIndexer', () => {
  it('refuses to start without an endpoint, and says where it goes', () => {
    vi.stubEnv('OPENSEARCH_ENDPOINT', undefined);
    expect(() => createIndexer({})).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining('OPENSEARCH_ENDPOINT'),
      }),
    );
    expect(() => createIndexer({ endpoint: 'not a url' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });

  it.each([
    { index: 'Heart_Rate' },
    { index: '' },
    { index: '_all' },
    { index: 'a'.repeat(201) },
    { rotation: 'week' as never },
    { rejected: 'a,b' },
    { index: 'rates', rejected: 'rates' },
  ])('refuses what OpenSearch would refuse later: %o', (options) => {
    expect(() => createIndexer({ client: embeddedIndex(), ...options })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });

  it('says which of the names cannot be used', () => {
    const client = embeddedIndex();
    expect(() => createIndexer({ client, rejected: 'a,b' })).toThrow(/^rejected must be a name/);
    expect(() => createIndexer({ client, index: 'a,b' })).toThrow(/^index must be a name/);
  });

  it('takes a variable that is empty for one that is not there', async () => {
    captureLog();
    for (const part of ['INDEX', 'ROTATION', 'REJECTED_INDEX', 'REFRESH']) {
      vi.stubEnv(`OPENSEARCH_${part}`, '');
    }
    const client = embeddedIndex();
    await createIndexer({ client })(event);
    expect(client.count('heart_rate-2026.11.23')).toBe(2);
    expect(client.count('heart_rate-rejected')).toBe(1);
  });

  it('is configured by the environment, or by options', async () => {
    captureLog();
    vi.stubEnv('OPENSEARCH_INDEX', 'rates');
    vi.stubEnv('OPENSEARCH_ROTATION', 'month');
    vi.stubEnv('OPENSEARCH_REJECTED_INDEX', 'rubbish');
    const client = embeddedIndex();
    await createIndexer({ client })(event);
    expect(client.count('rates-2026.11')).toBe(2);
    expect(client.count('rubbish')).toBe(1);
    await createIndexer({ client, index: 'heart_rate', rotation: 'none', rejected: 'other' })(event);
    expect(client.count('heart_rate')).toBe(2);
    expect(client.count('other')).toBe(1);
  });
});

describe('what an indexer tells', () => {
  it('is embedded metrics, with zeros', async () => {
    const { parsed } = captureLog();
    const indexer = createIndexer({ client: embeddedIndex() });
    await indexer(kinesisEvent([line(0), line(1)]));
    const [metrics] = parsed().filter((entry) => '_aws' in entry);
    expect(metrics).toMatchObject({
      service: 'indexer',
      BatchSize: 2,
      Indexed: 2,
      Duplicates: 0,
      Rejected: 0,
      Retried: 0,
      HandedBack: 0,
      BulkTime: expect.any(Number),
      Latency: [expect.any(Number), expect.any(Number)],
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'liveheartrate',
            Dimensions: [['service']],
            Metrics: expect.arrayContaining([
              { Name: 'Latency', Unit: 'Milliseconds' },
              { Name: 'Indexed', Unit: 'Count' },
            ]),
          },
        ],
      },
    });
  });

  it('counts what comes twice, is rejected, is sent again and is handed back', async () => {
    const { parsed } = captureLog();
    const store = embeddedIndex();
    let isBusy = true;
    const client: BulkClient = {
      async bulk(request) {
        if (String(request.body).includes('ride:9')) throw clientError(403);
        const busy = { create: { status: 429, error: { type: 'rejected_execution_exception' } } };
        if (!isBusy) return store.bulk(request);
        isBusy = false;
        return { body: { errors: true, items: [busy, busy, busy] } };
      },
    };
    const indexer = createIndexer({ client, refresh: false });
    await indexer(kinesisEvent([line(0), line(1), 'rubbish']));
    await indexer(kinesisEvent([line(0), line(1), line(2)]));
    await indexer(kinesisEvent([line(9)]));
    const counts = parsed()
      .filter((entry) => '_aws' in entry)
      .map((entry) =>
        ['Indexed', 'Duplicates', 'Rejected', 'Retried', 'HandedBack'].map((name) => entry[name]),
      );
    expect(counts).toEqual([
      [2, 0, 1, 3, 0],
      [1, 2, 0, 0, 0],
      [0, 0, 0, 0, 1],
    ]);
  });

  it('has the percentiles of all latencies in as many values as the format takes', async () => {
    const { parsed } = captureLog();
    const now = Date.now();
    const late = (at: number) => sampleOf(at, { timestamp: new Date(now - at) });
    const lines = Array.from({ length: 10_000 }, (_, at) => serializeSample(late((at * 7_919) % 10_000)));
    await createIndexer({ client: embeddedIndex() })(kinesisEvent(lines));
    const entries = parsed().filter((entry) => '_aws' in entry);
    expect(entries).toHaveLength(1);
    const latencies = entries[0]?.Latency as number[];
    expect(latencies).toHaveLength(99);
    const floor = latencies[0] ?? 0;
    expect((latencies[49] ?? 0) - floor).toBeGreaterThan(4_800);
    expect((latencies[49] ?? 0) - floor).toBeLessThan(5_200);
    expect((latencies[98] ?? 0) - floor).toBeGreaterThan(9_900);
  });

  it('is one warning for what is rejected, without payload', async () => {
    const { lines, parsed } = captureLog();
    await createIndexer({ client: embeddedIndex(), metrics: false })(event);
    expect(parsed()).toEqual([
      expect.objectContaining({
        level: 'WARN',
        service: 'indexer',
        message: 'documents rejected',
        index: 'heart_rate',
        records: 3,
        documents: 3,
        indexed: 2,
        rejected: 1,
        handedBack: 0,
        reasons: ['MALFORMED_SAMPLE'],
      }),
    ]);
    expect(lines.join()).not.toMatch(/rubbish|strap|ride/i);
  });

  it('is one error where OpenSearch is away, without payload, credential or address', async () => {
    const { lines, parsed } = captureLog();
    const secret = Object.assign(new Error('connect ECONNREFUSED, Authorization: Basic c2VjcmV0'), {
      name: 'ConnectionError',
      meta: {
        meta: { request: { params: { body: line(0), headers: { authorization: 'Basic c2VjcmV0' } } } },
      },
    });
    const client = { bulk: () => Promise.reject(secret) };
    await createIndexer({ client, metrics: false })(event);
    expect(parsed()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'documents not indexed',
        code: 'INDEX_UNAVAILABLE',
        reason: expect.stringContaining('ConnectionError, ECONNREFUSED'),
        handedBack: 3,
      }),
    ]);
    expect(lines.join()).not.toMatch(/c2VjcmV0|authorization|strap|ride|812/i);
  });

  it('goes where it is told to', async () => {
    const { lines } = captureLog();
    const told: unknown[] = [];
    const logger = {
      debug: () => undefined,
      warn: (...words: unknown[]) => void told.push(words[0]),
      error: () => undefined,
    };
    const metrics = {
      addMetric: (name: string) => told.push(name),
      publishStoredMetrics: () => undefined,
    };
    await createIndexer({ client: embeddedIndex(), logger, metrics })(event);
    expect(told).toContain('documents rejected');
    expect(told).toContain('Indexed');
    expect(lines).toEqual([]);
  });
});
