import type { KinesisStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../support/event-source-mapping/clock.js';
import type { Handler, LambdaContext } from '../../support/event-source-mapping/invocation.js';
import { EventSourceMapping, type MappingOptions } from '../../support/event-source-mapping/mapping.js';
import { kinesisRecord, type RecordParts } from '../../support/kinesis-event.js';

type Script = (names: string[], call: number, context: LambdaContext) => unknown;

const NEVER = new Promise<never>(() => undefined);
const failures = (...names: unknown[]) => ({
  batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })),
});
const namesOf = ({ Records }: KinesisStreamEvent) => Records.map(({ kinesis }) => kinesis.sequenceNumber);
const error = () => {
  throw new Error('The function fails.');
};

/** A mapping whose invocations are written down: the sequence numbers of each, which are single digits mostly. */
function open(script: Script, options: Partial<MappingOptions> = {}) {
  const clock = new VirtualClock();
  const calls: string[] = [];
  const times: number[] = [];
  const started = clock.now();
  const handler: Handler = async (event, context) => {
    calls.push(namesOf(event).join(' '));
    times.push(clock.now() - started);
    return script(namesOf(event), calls.length, context);
  };
  const mapping = new EventSourceMapping(handler, {
    reportBatchItemFailures: true,
    backoff: () => 1_000,
    clock,
    ...options,
  });
  const put = (names: string, more: Partial<RecordParts> = {}) => {
    for (const sequenceNumber of names.split(' ')) {
      const arrival = clock.now();
      mapping.put(kinesisRecord({ data: `data of ${sequenceNumber}`, sequenceNumber, arrival, ...more }));
    }
  };
  return {
    ...{ clock, calls, times, mapping, put },
    /** Puts records and lets time pass until they are done; answers the invocations. */
    async run(names: string, more?: Partial<RecordParts>) {
      put(names, more);
      await clock.until(mapping.drained());
      return calls;
    },
    discarded: () => mapping.discarded.map(({ payload }) => namesOf(JSON.parse(payload)).join(' ')),
  };
}

describe('what the function answers', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty list', []],
    ['an empty object', {}],
    ['no failures', { batchItemFailures: [] }],
    ['null for failures', { batchItemFailures: null }],
  ])('is a success: %s', async (_, answer) => {
    expect(await open(() => answer).run('1 2 3')).toEqual(['1 2 3']);
  });

  it.each([
    ['a number of no record', failures('9')],
    ['a number that is none', failures(2)],
    ['an empty text', failures('')],
    ['null', failures(null)],
    ['another name', { batchItemFailures: [{ foo: '2' }] }],
    ['no object', { batchItemFailures: [null] }],
    ['no list', { batchItemFailures: '2' }],
    ['a number of a record and one of none', failures('2', '9')],
  ])('fails the whole batch: %s', async (_, answer) => {
    const { run } = open((_names, call) => call === 1 && answer);
    expect(await run('1 2 3')).toEqual(['1 2 3', '1 2 3']);
  });

  it('delivers again from the lowest number on', async () => {
    const { run } = open((_, call) => (call === 1 ? failures('4', '2', '3') : undefined));
    expect(await run('1 2 3 4 5')).toEqual(['1 2 3 4 5', '2 3 4 5']);
  });

  it('is not read where partial responses are off', async () => {
    const { run } = open(() => failures('1'), { reportBatchItemFailures: false });
    expect(await run('1 2')).toEqual(['1 2']);
  });
});

describe('a function that fails', () => {
  it.each<[string, Script]>([
    ['throws', error],
    ['rejects', () => Promise.reject(new Error('later'))],
    ['does not answer', () => NEVER],
  ])('gets the whole batch again: it %s', async (_, fault) => {
    const { run } = open((names, call, context) => (call === 1 ? fault(names, call, context) : undefined));
    expect(await run('1 2 3')).toEqual(['1 2 3', '1 2 3']);
  });

  it('has timed out where it answers too late, however well', async () => {
    const { run, clock } = open((_, call) => {
      if (call === 1) clock.spend(3_001);
    });
    expect(await run('1')).toEqual(['1', '1']);
  });

  it('is told how much time is left', async () => {
    const left: number[] = [];
    const script: Script = async (_, __, { getRemainingTimeInMillis }) => {
      left.push(getRemainingTimeInMillis());
      await clock.sleep(400);
      left.push(getRemainingTimeInMillis());
      clock.spend(700);
      left.push(getRemainingTimeInMillis());
    };
    const { clock, run } = open(script, { timeout: 1_000, maximumRetryAttempts: 0 });
    await run('1');
    expect(left).toEqual([1_000, 600, 0]);
  });

  it('cannot change the records', async () => {
    const seen: string[] = [];
    const clock = new VirtualClock();
    const mapping = new EventSourceMapping(
      async ({ Records: [record] }) => {
        seen.push(record?.kinesis.data ?? '');
        if (record) record.kinesis.data = 'changed';
        if (seen.length === 1) error();
      },
      { clock },
    );
    mapping.put(kinesisRecord({ data: 'as it came', sequenceNumber: '1' }));
    await clock.until(mapping.drained());
    expect(seen[1]).toBe(seen[0]);
  });
});

describe('retries', () => {
  it('come up to the maximum, then the destination gets the whole event', async () => {
    const { run, discarded, mapping, put } = open((names) => (names.includes('1') ? error() : undefined), {
      maximumRetryAttempts: 2,
      batchSize: 2,
    });
    put('1 2');
    expect(await run('3')).toEqual(['1 2', '1 2', '1 2', '3']);
    expect(discarded()).toEqual(['1 2']);
    expect(mapping.discarded[0]).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      responseContext: { functionError: 'Unhandled' },
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        startSequenceNumber: '1',
        endSequenceNumber: '2',
        batchSize: 2,
      },
    });
    const { Records } = JSON.parse(mapping.discarded[0]?.payload ?? '') as KinesisStreamEvent;
    expect(Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString())).toEqual([
      'data of 1',
      'data of 2',
    ]);
  });

  it('are none with 0', async () => {
    const { run, discarded } = open(error, { maximumRetryAttempts: 0 });
    expect(await run('1')).toEqual(['1']);
    expect(discarded()).toEqual(['1']);
  });

  it('come for ever with -1', async () => {
    const { run, discarded } = open((_, call) => (call <= 500 ? error() : undefined));
    expect(await run('1')).toHaveLength(501);
    expect(discarded()).toEqual([]);
  });

  it('are counted anew for what a partial success leaves, and go with a function that answers', async () => {
    const { run, discarded, mapping } = open(() => failures('3'), { maximumRetryAttempts: 2 });
    expect(await run('1 2 3')).toEqual(['1 2 3', '3', '3', '3']);
    expect(discarded()).toEqual(['3']);
    expect(mapping.discarded[0]).toMatchObject({
      requestContext: { approximateInvokeCount: 3 },
      responseContext: { functionError: null },
    });
  });

  it('wait longer each time, in the time that is given', async () => {
    const { run, times } = open((_, call) => (call < 4 ? error() : undefined), {
      backoff: (failed) => 100 * 2 ** failed,
    });
    await run('1');
    expect(times).toEqual([0, 200, 600, 1_400]);
  });

  it('keep what comes behind waiting', async () => {
    const { run } = open((_, call) => (call === 1 ? failures('2') : undefined), { batchSize: 2 });
    expect(await run('1 2 3 4')).toEqual(['1 2', '2', '3 4']);
  });
});

describe('bisecting', () => {
  const bisect = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 };

  it('finds the record at which the function fails, which alone is discarded', async () => {
    const { run, discarded } = open((names) => (names.includes('3') ? error() : undefined), bisect);
    expect(await run('1 2 3 4 5')).toEqual(['1 2 3 4 5', '1 2 3', '1 2', '3', '3', '4 5']);
    expect(discarded()).toEqual(['3']);
  });

  it('costs no retries', async () => {
    const { run, discarded } = open((names) => (names.length > 1 ? error() : undefined), {
      ...bisect,
      maximumRetryAttempts: 0,
    });
    expect(await run('1 2 3 4')).toEqual(['1 2 3 4', '1 2', '1', '2', '3 4', '3', '4']);
    expect(discarded()).toEqual([]);
  });

  it('splits at the number that is returned, and only the rest is delivered again', async () => {
    const { run } = open((_, call) => (call === 1 ? failures('3') : undefined), bisect);
    expect(await run('1 2 3 4 5')).toEqual(['1 2 3 4 5', '3 4 5']);
  });

  it('halves where that number is the first, so that one record alone is discarded', async () => {
    const { run, discarded } = open((names) => (names.includes('2') ? failures('2') : undefined), bisect);
    expect(await run('1 2 3')).toEqual(['1 2 3', '2 3', '2', '2', '3']);
    expect(discarded()).toEqual(['2']);
  });

  it('happens after a time-out, too', async () => {
    const { run } = open((names) => (names.length > 1 ? NEVER : undefined), bisect);
    expect(await run('1 2')).toEqual(['1 2', '1', '2']);
  });
});

describe('the age of records', () => {
  const age = { maximumRecordAge: 60_000 };

  it('ends the retries', async () => {
    const { run, mapping, discarded } = open(error, { ...age, backoff: () => 25_000 });
    expect(await run('1')).toEqual(['1', '1', '1']);
    expect(discarded()).toEqual(['1']);
    expect(mapping.discarded[0]?.requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 3,
    });
  });

  it('discards what is too old before it is delivered, and delivers the rest', async () => {
    const { clock, put, run, discarded } = open(() => undefined, age);
    put('1 2', { arrival: clock.now() - 60_000 });
    expect(await run('3')).toEqual(['3']);
    expect(discarded()).toEqual(['1 2']);
  });
});

describe('batches', () => {
  it('have so many records at most', async () => {
    expect(await open(() => undefined, { batchSize: 2 }).run('1 2 3 4 5')).toEqual(['1 2', '3 4', '5']);
  });

  it('are 100 records by default', async () => {
    const names = Array.from({ length: 250 }, (_, at) => at).join(' ');
    const calls = await open(() => undefined).run(names);
    expect(calls.map((call) => call.split(' ').length)).toEqual([100, 100, 50]);
  });

  it('have 6 MB of JSON at most, and a record that is larger by itself goes alone', async () => {
    const megabyte = 'x'.repeat(2 ** 20);
    const sizes: number[] = [];
    const clock = new VirtualClock();
    const mapping = new EventSourceMapping(
      async (event) => void sizes.push(Buffer.byteLength(JSON.stringify(event))),
      { clock },
    );
    for (let at = 0; at < 10; at++) mapping.put(kinesisRecord({ data: megabyte, sequenceNumber: `${at}` }));
    mapping.put(kinesisRecord({ data: megabyte.repeat(5), sequenceNumber: '10' }));
    await clock.until(mapping.drained());
    // Base64 makes four of three.
    expect(sizes.map((size) => Math.round(size / 2 ** 20))).toEqual([5, 5, 3, 7]);
  });

  it('are gathered for the window, from the first record on', async () => {
    const { clock, put, mapping, calls, times } = open(() => undefined, { maximumBatchingWindow: 5_000 });
    put('1');
    await clock.until(clock.sleep(4_000));
    put('2');
    await clock.until(clock.sleep(2_000));
    put('3');
    await clock.until(mapping.drained());
    expect(calls).toEqual(['1 2', '3']);
    expect(times).toEqual([5_000, 11_000]);
  });

  it('do not wait for the window once they are full', async () => {
    const { run, times } = open(() => undefined, { maximumBatchingWindow: 5_000, batchSize: 2 });
    expect(await run('1 2 3')).toEqual(['1 2', '3']);
    expect(times).toEqual([0, 5_000]);
  });
});

describe('order', () => {
  it('is kept in a shard; another shard does not wait', async () => {
    const { put, run } = open((_, call) => (call === 1 ? error() : undefined), { batchSize: 1 });
    put('1 2');
    expect(await run('6 7', { shardId: 'shardId-000000000001' })).toEqual(['1', '6', '7', '1', '2']);
  });

  it('is kept for a key where batches of a shard are concurrent', async () => {
    let [running, most] = [0, 0];
    const script: Script = async (_, call) => {
      most = Math.max(most, ++running);
      await clock.sleep(100);
      running--;
      if (call === 1) error();
    };
    const { clock, put, run, calls } = open(script, { batchSize: 1, parallelizationFactor: 4 });
    const keys = Array.from({ length: 40 }, (_, at) => `key ${at}`);
    for (const round of [0, 1, 2]) {
      for (const [at, partitionKey] of keys.entries()) put(`${at}.${round}`, { partitionKey });
    }
    await run('last');
    expect(most).toBe(4);
    for (const at of keys.keys()) {
      const ofKey = calls.filter((call) => call.startsWith(`${at}.`));
      expect(ofKey).toEqual(ofKey.toSorted());
      expect(new Set(ofKey).size).toBe(3);
    }
  });

  it('has one batch of a shard at a time by default', async () => {
    let [running, most] = [0, 0];
    const script: Script = async () => {
      most = Math.max(most, ++running);
      await clock.sleep(100);
      running--;
    };
    const { clock, run, put } = open(script, { batchSize: 1 });
    put('1', { partitionKey: 'a' });
    await run('2', { partitionKey: 'b' });
    expect(most).toBe(1);
  });
});

it('stops polling, and what is going on is waited for', async () => {
  let over = false;
  const script: Script = async () => {
    await clock.sleep(1_000);
    over = true;
    error();
  };
  const { clock, put, mapping, calls } = open(script);
  put('1');
  await new Promise(setImmediate);
  await clock.until(mapping.stop());
  put('2');
  await new Promise(setImmediate);
  expect({ over, calls }).toEqual({ over: true, calls: ['1'] });
});
