import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { OpenSearchProxy } from '../support/opensearch-faults/proxy.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');

describe('the OpenSearch in which things go wrong', () => {
  const proxy = new OpenSearchProxy(opensearch.url);
  const direct = new Client({ node: opensearch.url });
  let client: Client;
  let index: string;

  beforeAll(async () => {
    await proxy.listen();
    client = new Client({ node: proxy.url, maxRetries: 0 });
  });
  afterAll(() => proxy.stop());
  beforeEach(async () => {
    proxy.faults = {};
    proxy.injected.clear();
    index = `faults-${randomUUID()}`;
    await direct.indices.create({ index });
  });

  const bodyOf = (ids: string[]) =>
    ids.flatMap((_id) => [{ create: { _index: index, _id } }, { value: _id }]);
  const send = (...ids: string[]) => client.bulk({ body: bodyOf(ids) });
  const statuses = async (...ids: string[]) =>
    (await send(...ids)).body.items.map((item) => [item.create?.status, item.create?.error?.type]);
  const there = async () => {
    await direct.indices.refresh({ index });
    const { body } = await direct.search({ index });
    return body.hits.hits.map(({ _id }) => _id).toSorted();
  };

  it('is the real one where nothing goes wrong', async () => {
    expect(await statuses('a', 'b')).toEqual([
      [201, undefined],
      [201, undefined],
    ]);
    expect(await statuses('a')).toEqual([[409, 'version_conflict_engine_exception']]);
    expect((await client.count({ index })).body).toHaveProperty('count');
    await expect(client.get({ index, id: 'c' })).rejects.toMatchObject({ statusCode: 404 });
    expect(proxy.injected.size).toBe(0);
  });

  it('turns single documents away, and takes the others', async () => {
    const faults = { a: 'itemBusy', c: 'itemUnavailable', d: 'itemRefused' } as const;
    proxy.faults.document = ({ id }) => faults[id as keyof typeof faults];
    expect(await statuses('a', 'b', 'c', 'd', 'e')).toEqual([
      [429, 'rejected_execution_exception'],
      [201, undefined],
      [503, 'unavailable_shards_exception'],
      [400, 'mapper_parsing_exception'],
      [201, undefined],
    ]);
    expect(await statuses('a')).toEqual([[429, 'rejected_execution_exception']]);
    expect(await there()).toEqual(['b', 'e']);
    expect(Object.fromEntries(proxy.injected)).toEqual({ itemBusy: 2, itemUnavailable: 1, itemRefused: 1 });
  });

  it('knows the index of a document, also where only the path names it', async () => {
    const seen: string[] = [];
    proxy.faults.document = (document) => {
      seen.push(document.index);
      return 'itemBusy';
    };
    await send('a');
    await client.bulk({ index, body: [{ create: { _id: 'b' } }, { value: 'b' }] });
    expect(seen).toEqual([index, index]);
  });

  it.each([
    ['throttled', 429],
    ['unavailable', 503],
    ['badGateway', 502],
  ] as const)('refuses a whole request: %s', async (fault, statusCode) => {
    proxy.faults.request = () => fault;
    await expect(send('a')).rejects.toMatchObject({ statusCode });
    expect(await there()).toEqual([]);
  });

  it.each([
    ['resetBefore', 'ConnectionError', []],
    ['resetAfter', 'ConnectionError', ['a']],
    ['hangBefore', 'TimeoutError', []],
    ['hangAfter', 'TimeoutError', ['a']],
  ] as const)('leaves a request without an answer: %s', async (fault, name, taken) => {
    proxy.faults.request = () => fault;
    // Nothing but an answer that never comes is waited for so long.
    const sent = client.bulk({ body: bodyOf(['a']) }, { requestTimeout: 2_000 });
    await expect(sent).rejects.toMatchObject({ name });
    expect(await there()).toEqual(taken);
    expect(proxy.injected.get(fault)).toBe(1);
  });

  it('answers what is no JSON, though it has taken the documents', async () => {
    proxy.faults.request = () => 'notJson';
    expect((await send('a')).body).toBe('<html></html>');
    expect(await there()).toEqual(['a']);
  });

  it('refuses what is too large, also where it is compressed', async () => {
    proxy.faults.maxBytes = 100;
    const packed = new Client({ node: proxy.url, maxRetries: 0, compression: 'gzip' });
    const body = [{ create: { _index: index, _id: 'a' } }, { value: 'x'.repeat(200) }];
    await expect(packed.bulk({ body })).rejects.toMatchObject({ statusCode: 413 });
    proxy.faults.maxBytes = 1_000;
    expect((await packed.bulk({ body })).body.items[0]?.create?.status).toBe(201);
    expect(proxy.injected.get('tooLarge')).toBe(1);
  });

  it.each(['refuse', 'reset'] as const)('is away for some time: %s', async (outage) => {
    await proxy.outage(outage);
    await expect(send('a')).rejects.toMatchObject({ name: 'ConnectionError' });
    await proxy.outage(undefined);
    expect(await statuses('a')).toEqual([[201, undefined]]);
  });
});
