import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import type { KinesisStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createIndexer, prepareIndex } from '../../src/lambda/index.js';
import { indexNames } from '../../src/opensearch/index.js';
import { Chance } from '../support/chaos/chance.js';
import { soak } from '../support/chaos/soak.js';
import { realClock } from '../support/event-source-mapping/clock.js';
import { type Handler, invoke } from '../support/event-source-mapping/invocation.js';
import { EventSourceMapping } from '../support/event-source-mapping/mapping.js';
import { type Corpus, makeCorpus } from '../support/indexer-chaos/corpus.js';
import { deal } from '../support/indexer-chaos/deal.js';
import { differences, none, readIndex } from '../support/indexer-chaos/read-index.js';
import type { BulkDocument } from '../support/opensearch-faults/bulk-body.js';
import {
  type Fault,
  type OpenSearchProxy,
  startOpenSearchProxy,
} from '../support/opensearch-faults/proxy.js';
import { requestFaults } from '../support/opensearch-faults/refusals.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
/** More of them are the same plan for longer. */
const SAMPLES = Number(process.env.CHAOS_SAMPLES ?? soak(100_000));
/** Many times what it takes. */
const TIME = 1_500_000 * Math.max(1, SAMPLES / 100_000);
/** How long the function may take, milliseconds. */
const TIMEOUT = 2_000;
/** How often each fault happens among so many requests. Those that cost the time of a whole invocation are rarer. */
const AMONG = 60;
const TIMES = {
  ...{ throttled: 4, unavailable: 4, badGateway: 4, notJson: 4, resetBefore: 4, resetAfter: 4 },
  ...{ hangBefore: 1, hangAfter: 1 },
};
/** How often a sample is turned away, and one of the few documents that are none. */
const AWAY = { sample: 0.005, rejected: 0.2 };
/** How often, among so many events, one is delivered once more at the same time, or again though it was a success. */
const TWICE = 6;
const ANSWER_LOST = 3;
/** More than the largest record, and less than many an event. */
const MAX_BYTES = 150_000;
const OUTAGE = 1_500;

const mappingOptions = {
  ...{ batchSize: 20, parallelizationFactor: 2, reportBatchItemFailures: true, timeout: TIMEOUT },
  ...{ bisectBatchOnFunctionError: true, backoff: (failures: number) => Math.min(200, 10 * 2 ** failures) },
};
/** Hundreds of failures that are meant would be told. */
const quiet = { debug() {}, warn() {}, error() {} };
const client = new Client({ node: opensearch.url });
let proxy: OpenSearchProxy;
let index: string;

beforeEach(async () => {
  proxy = await startOpenSearchProxy(opensearch.url);
  index = `heart_rate-${randomUUID()}`;
  await prepareIndex(client, { index });
  await narrow();
});
afterEach(() => proxy.stop());

/** Lets the index take a heart rate up to 32,767 only, so that there are samples it refuses by itself. */
async function narrow() {
  const { body } = await client.indices.getIndexTemplate({ name: `${index}*` });
  for (const { name, index_template } of body.index_templates) {
    const properties = index_template.template?.mappings?.properties;
    if (properties?.heart_rate === undefined) continue;
    properties.heart_rate = { type: 'short' };
    await client.indices.putIndexTemplate({ name, body: index_template });
  }
}

/** How the indices differ from what has to be in them. */
async function compare({ samples, rejected }: Corpus) {
  const names = indexNames(index, 'day');
  async function* found() {
    for await (const { id, source } of readIndex(client, names.alias)) {
      const { index_latency: latency, ...sample } = source;
      if (typeof latency === 'number') yield [id, sample] as const;
    }
  }
  async function* kept() {
    for await (const { source } of readIndex(client, names.rejected)) {
      yield [String(source.place), [String(source.code), JSON.parse(String(source.payload))]] as const;
    }
  }
  return {
    samples: await differences<object>(found(), samples),
    rejected: await differences(kept(), rejected),
  };
}

/** Whatever else happens: what the index refuses, it refuses at each delivery. */
const isRefused = ({ refused }: Corpus, { id, index: name }: BulkDocument) =>
  refused.has(id) && name !== indexNames(index, 'day').rejected;
const onlyRefusals = (corpus: Corpus) => ({
  document: (document: BulkDocument) => (isRefused(corpus, document) ? ('itemRefused' as const) : undefined),
});

/** The indexer as Lambda would run it, and all that it has ever begun. */
function startIndexer() {
  const indexer: Handler = createIndexer({ endpoint: proxy.url, index, metrics: false, logger: quiet });
  const running = new Set<Promise<unknown>>();
  let calls = 0;
  const handler: Handler = (event, context) => {
    calls++;
    const call = indexer(event, context);
    running.add(call);
    const ended = () => running.delete(call);
    call.then(ended, ended);
    return call;
  };
  return {
    handler,
    calls: () => calls,
    /** Waits for what goes on though the mapping has given it up. */
    settled: () => Promise.allSettled(running),
  };
}

describe('the indexer behind an event source mapping, where everything goes wrong at once', () => {
  it(`has each of ${SAMPLES} samples exactly once, and keeps what is none`, { timeout: TIME }, async () => {
    const chance = new Chance();
    console.log(`CHAOS_SEED=${chance.seed}`);
    const corpus = makeCorpus(chance, SAMPLES);
    const request = deal(chance, TIMES, AMONG);
    const isTwice = deal(chance, { yes: TWICE }, AMONG);
    const isAnswerLost = deal(chance, { yes: ANSWER_LOST }, AMONG);
    proxy.faults = {
      request,
      maxBytes: MAX_BYTES,
      document: (document) => {
        if (isRefused(corpus, document)) return 'itemRefused';
        const isSample = document.index !== indexNames(index, 'day').rejected;
        if (!chance.happens(isSample ? AWAY.sample : AWAY.rejected)) return undefined;
        return chance.oneOf(['itemBusy', 'itemUnavailable']);
      },
    };

    const { handler, calls, settled } = startIndexer();
    const twice: Promise<unknown>[] = [];
    let [answersLost, late] = [0, 0];
    const mapping = new EventSourceMapping(async (event, context) => {
      const response = await handler(event, context);
      if (context.getRemainingTimeInMillis() === 0) late++;
      if (isTwice()) {
        twice.push(invoke(handler, JSON.stringify(event), TIMEOUT, realClock));
      }
      if (!isAnswerLost()) return response;
      answersLost++;
      throw new Error('The function has ended, but its answer is lost.');
    }, mappingOptions);
    for (const record of corpus.records) mapping.put(record);

    const drained = mapping.drained();
    while (proxy.requests < AMONG) await sleep(10);
    const before = calls();
    for (const outage of ['refuse', 'reset'] as const) {
      await proxy.outage(outage);
      await sleep(OUTAGE);
    }
    const during = calls() - before;
    await proxy.outage(undefined);
    await drained;

    // What has waited for an answer all the time is let go; then one shard comes again from its beginning.
    proxy.faults = onlyRefusals(corpus);
    await proxy.outage('reset');
    await proxy.outage(undefined);
    await Promise.all(twice);
    await settled();
    const [{ eventID } = { eventID: '' }] = corpus.records;
    const replay = new EventSourceMapping(handler, { ...mappingOptions, batchSize: 500 });
    const ofShard = corpus.records.filter((record) => record.eventID.split(':')[0] === eventID.split(':')[0]);
    for (const record of ofShard) replay.put(record);
    await replay.drained();
    await Promise.all([mapping.stop(), replay.stop(), settled()]);

    const injected = Object.fromEntries(proxy.injected);
    const { length: records } = corpus.records;
    const { requests } = proxy;
    console.log({ records, calls: calls(), requests, during, twice: twice.length, answersLost, late });
    console.log(injected);
    expect(await compare(corpus)).toEqual({ samples: none, rejected: none });
    expect([...mapping.discarded, ...replay.discarded]).toEqual([]);
    const faults: Fault[] = [...requestFaults, 'tooLarge', 'itemBusy', 'itemUnavailable', 'itemRefused'];
    expect(faults.filter((fault) => !injected[fault])).toEqual([]);
    expect(Math.min(during, twice.length, answersLost)).toBeGreaterThan(0);
  });

  it('gives a record that fails too often to the destination, from which it can be had again', {
    timeout: 600_000,
  }, async () => {
    const corpus = makeCorpus(new Chance(), 2_000);
    const [unlucky = ''] = corpus.samples.keys();
    const { document: refusal } = onlyRefusals(corpus);
    proxy.faults.document = (document) => (document.id === unlucky ? 'itemUnavailable' : refusal(document));
    const { handler, settled } = startIndexer();
    const mapping = new EventSourceMapping(handler, {
      ...mappingOptions,
      // Others get through by then, however slow the machine is.
      maximumRetryAttempts: 4,
      timeout: TIMEOUT,
    });
    for (const record of corpus.records) mapping.put(record);
    await mapping.drained();
    await mapping.stop();
    expect(mapping.discarded.map(({ requestContext }) => requestContext.condition)).toEqual([
      'RetryAttemptsExhausted',
    ]);
    const event = JSON.parse(mapping.discarded[0]?.payload ?? '') as KinesisStreamEvent;
    expect(event.Records).toHaveLength(1);
    expect(corpus.records).toContainEqual(event.Records[0]);
    const { samples } = await compare(corpus);
    expect(samples).toEqual({ ...none, missing: [unlucky] });

    proxy.faults = onlyRefusals(corpus);
    await invoke(handler, JSON.stringify(event), TIMEOUT, realClock);
    await settled();
    expect(await compare(corpus)).toEqual({ samples: none, rejected: none });
  });
});
