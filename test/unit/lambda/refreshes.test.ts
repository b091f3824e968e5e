import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { createIndexer } from '../../../src/lambda/index.js';
import { indexerOf } from '../../../src/lambda/indexer.js';
import { embeddedIndex } from '../../../src/local/index.js';
import { indexNames } from '../../../src/opensearch/index-names.js';
import { serializeSample } from '../../../src/sample/index.js';
import { clientError } from '../../support/faulty-index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const DONE = { batchItemFailures: [] };
const line = (sequence: number) => serializeSample(sampleOf(sequence));
const lines = (count: number) => Array.from({ length: count }, (_, sequence) => line(sequence));

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T10:00:10Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const REFUSALS = {
  'each document': { status: 403, error: { type: 'security_exception' } },
  'each document, with the reason': {
    status: 400,
    error: { type: 'status_exception', reason: 'true refresh policy is not supported.' },
  },
};

/** An index that answers after some time, where it does not refuse; and which requests have asked for a refresh. */
function slowIndex(
  milliseconds: number,
  refuse: keyof typeof REFUSALS | 'the request' | 'nothing' = 'nothing',
) {
  const index = embeddedIndex();
  const asked: boolean[] = [];
  return {
    index,
    asked,
    client: {
      async bulk({ refresh, ...request }: { refresh: boolean; index: string | undefined; body: Buffer }) {
        asked.push(refresh);
        vi.setSystemTime(Date.now() + milliseconds);
        if (!refresh || refuse === 'nothing') return index.bulk(request);
        if (refuse === 'the request') throw clientError(400);
        const documents = String(request.body).split('\n').length >> 1;
        const items = Array.from({ length: documents }, () => ({ create: REFUSALS[refuse] }));
        return { body: { errors: true, items } };
      },
    },
  };
}
const opened = ({ client }: ReturnType<typeof slowIndex>, refresh = true) =>
  indexerOf({ client, names: indexNames('heart_rate', 'none'), refresh, onReport: () => undefined });

describe('a request asks to be searchable at once', () => {
  it('where it is small', async () => {
    const index = slowIndex(0);
    const indexer = opened(index);
    await indexer(kinesisEvent(lines(750)));
    await indexer(kinesisEvent(lines(751)));
    await indexer(kinesisEvent(lines(1)));
    expect(index.asked).toEqual([true, false, true]);
  });

  it('in a fifth of the time', async () => {
    const index = slowIndex(50);
    const indexer = opened(index);
    for (let request = 0; request < 11; request++) await indexer(kinesisEvent(lines(1)));
    expect(index.asked.filter(Boolean)).toHaveLength(3);
    expect([0, 5, 10].every((request) => index.asked[request])).toBe(true);
  });

  it('soon again, where one request has taken long', async () => {
    const index = slowIndex(1_000);
    const indexer = opened(index);
    for (let request = 0; request < 5; request++) await indexer(kinesisEvent(lines(1)));
    expect(index.asked).toEqual([true, false, false, false, true]);
  });

  it('never, where that is not wanted', async () => {
    const index = slowIndex(0);
    await opened(index, false)(kinesisEvent(lines(1)));
    expect(index.asked).toEqual([false]);
  });

  it('never again for what is sent again', async () => {
    const index = slowIndex(0);
    const bulk: typeof index.client.bulk = async (request) => {
      const busy = { create: { status: 429, error: { type: 'rejected_execution_exception' } } };
      const answer = await index.client.bulk(request);
      return index.asked.length === 1 ? { body: { errors: true, items: [busy] } } : answer;
    };
    const indexing = opened({ ...index, client: { bulk } })(kinesisEvent(lines(1)));
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(indexing).resolves.toEqual(DONE);
    expect(index.asked).toEqual([true, false]);
  });

  it('one at a time', async () => {
    const index = slowIndex(0);
    const indexer = opened(index);
    await Promise.all([indexer(kinesisEvent([line(0)])), indexer(kinesisEvent([line(1)]))]);
    expect(index.asked).toEqual([true, false]);
  });

  it('not for minutes, where one was not answered in time', async () => {
    const index = slowIndex(0);
    const bulk: typeof index.client.bulk = (request) => {
      if (!request.refresh) return index.client.bulk(request);
      index.asked.push(true);
      return new Promise(() => undefined);
    };
    const indexer = opened({ ...index, client: { bulk } });
    const first = indexer(kinesisEvent(lines(1)));
    await vi.advanceTimersByTimeAsync(11_000);
    await expect(first).resolves.not.toEqual(DONE);
    vi.advanceTimersByTime(4 * 60_000);
    await expect(indexer(kinesisEvent(lines(1)))).resolves.toEqual(DONE);
    expect(index.asked).toEqual([true, false]);
  });

  it.each(['the request', 'each document', 'each document, with the reason'] as const)(
    'no more, where there is no right to it and %s is refused: nothing is lost',
    async (what) => {
      const index = slowIndex(10, what);
      const indexer = opened(index);
      await expect(indexer(kinesisEvent(lines(2)))).resolves.toEqual(DONE);
      expect(index.index.count('heart_rate')).toBe(2);
      vi.advanceTimersByTime(60_000);
      await indexer(kinesisEvent([line(2)]));
      expect(index.asked).toEqual([true, false, false]);
    },
  );

  it('still, where it was something else that was refused', async () => {
    let isBad = true;
    const index = slowIndex(0);
    const bulk: typeof index.client.bulk = (request) => {
      if (!isBad) return index.client.bulk(request);
      index.asked.push(request.refresh);
      return Promise.reject(clientError(request.refresh ? 403 : 401));
    };
    const indexer = opened({ ...index, client: { bulk } });
    await expect(indexer(kinesisEvent(lines(1)))).resolves.not.toEqual(DONE);
    isBad = false;
    await expect(indexer(kinesisEvent(lines(1)))).resolves.toEqual(DONE);
    expect(index.asked).toEqual([true, false, true]);
  });
});

describe('whether it does', () => {
  it.each([
    ['', undefined, true],
    ['true', undefined, true],
    ['false', undefined, false],
    ['false', true, true],
    ['true', false, false],
  ])('is said by the environment (%j), or by an option (%j): %j', async (word, refresh, expected) => {
    vi.stubEnv('OPENSEARCH_REFRESH', word);
    const { client, asked } = slowIndex(0);
    const options = {
      client,
      metrics: false,
      logger: false,
      ...(refresh !== undefined && { refresh }),
    } as const;
    await createIndexer(options)(kinesisEvent([line(0)]));
    expect(asked).toEqual([expected]);
  });

  it('cannot be said by any other word', () => {
    vi.stubEnv('OPENSEARCH_REFRESH', 'no');
    expect(() => createIndexer({ client: embeddedIndex() })).toThrow(InvalidArgumentError);
  });
});
