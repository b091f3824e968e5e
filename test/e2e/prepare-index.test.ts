import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { expect, it } from 'vitest';
import { indexNames, prepareIndex } from '../../src/opensearch/index.js';
import { indexMapping } from '../../src/sample/index.js';
import { needs } from '../support/skip.js';

const properties = { ...indexMapping().properties, index_latency: { type: 'long' } };
const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const fresh = () => `prepared-${randomUUID()}`;
const sample = { timestamp: '2026-11-23T10:00:00.000Z', heart_rate: 72, session_id: 'ride', sequence: 0 };

/** Indexes one document, and tells what the server has made of it. */
async function index(name: string, document: Record<string, unknown> = sample) {
  await client.index({ index: name, body: document, refresh: true });
  const { body } = await client.indices.get({ index: name });
  const [real = '', made] = Object.entries(body)[0] ?? [];
  return { name: real, ...made, health: (await client.cluster.health({ index: real })).body.status };
}
const templates = async (name: string) =>
  (await client.indices.getIndexTemplate({ name: `${name}*` })).body.index_templates;
const found = async (name: string) => (await client.count({ index: name })).body.count;

describe('prepareIndex on the real OpenSearch', () => {
  it('has an index made for each day, with exact types, behind the alias, and healthy on one node', async () => {
    const alias = fresh();
    await expect(prepareIndex(client, { index: alias })).resolves.toEqual({ lifecycle: 'unavailable' });
    const made = await index(`${alias}-2026.11.23`, { ...sample, rr_intervals: [812.5], unknown: 1 });
    expect(made.mappings).toEqual({ dynamic: 'false', properties });
    expect(made.aliases).toEqual({ [alias]: {} });
    expect(made.settings?.index).toMatchObject({
      refresh_interval: '1s',
      auto_expand_replicas: '0-1',
      number_of_replicas: '0',
    });
    expect(made.health).toBe('green');
    await index(`${alias}-2026.11.24`);
    expect(await found(alias)).toBe(2);
  });

  it('has the index of what is rejected take anything, outside of the alias', async () => {
    const alias = fresh();
    const { rejected } = indexNames(alias, 'day');
    await prepareIndex(client, { index: alias });
    await index(`${alias}-2026.11.23`);
    const made = await index(rejected, { code: 'INDEX_REJECTED', reason: 'r'.repeat(40_000), payload: '{' });
    await index(rejected, { payload: 'é'.repeat(100_000), unknown: { of: 'any depth' } });
    expect(made.aliases).toEqual({});
    expect(made.health).toBe('green');
    expect(await found(rejected)).toBe(2);
    expect(await found(alias)).toBe(1);
  });

  it('takes one index without rotation', async () => {
    const alias = fresh();
    await prepareIndex(client, { index: alias, rotation: 'none' });
    const made = await index(alias);
    expect(made.mappings?.properties).toEqual(properties);
    expect(
      (await index(indexNames(alias, 'none').rejected, { code: 'x' })).mappings?.properties,
    ).toHaveProperty('code');
    await expect(prepareIndex(client, { index: alias, rotation: 'none' })).resolves.toBeDefined();
  });

  it('changes nothing the second time, and what is told to', async () => {
    const alias = fresh();
    const prepare = (options = {}) => prepareIndex(client, { index: alias, ...options });
    await prepare();
    const before = await templates(alias);
    expect(before).toHaveLength(2);
    await prepare();
    expect(await templates(alias)).toEqual(before);
    await prepare({ rotation: 'month', replicas: 2, refreshInterval: '5s' });
    const { settings } = await index(`${alias}-2026.11`);
    expect(settings?.index).toMatchObject({ number_of_replicas: '2', refresh_interval: '5s' });
    expect(settings?.index).not.toHaveProperty('auto_expand_replicas');
  });

  it('has as many shards made as it is told, of samples alone, and else leaves that to the server', async () => {
    const alias = fresh();
    const { rejected } = indexNames(alias, 'day');
    await prepareIndex(client, { index: alias });
    const shards = async (name: string) => (await index(name)).settings?.index?.number_of_shards;
    expect(await shards(`${alias}-2026.11.22`)).toBe('1');
    await prepareIndex(client, { index: alias, shards: 3 });
    expect(await shards(`${alias}-2026.11.23`)).toBe('3');
    expect(await shards(rejected)).toBe('1');
  });

  it('keeps indices with longer names apart', async () => {
    const alias = fresh();
    await prepareIndex(client, { index: alias, refreshInterval: '2s' });
    await prepareIndex(client, { index: `${alias}-2`, refreshInterval: '3s' });
    const made = await index(`${alias}-2-2026.11.23`);
    expect(made.aliases).toEqual({ [`${alias}-2`]: {} });
    expect(made.settings?.index?.refresh_interval).toBe('3s');
  });

  it('says so where an index has the name of the alias, and its remedy works', async () => {
    const alias = fresh();
    await index(alias);
    await expect(prepareIndex(client, { index: alias })).rejects.toMatchObject({
      code: 'INDEX_CONFLICT',
      indices: [alias],
      message: expect.stringContaining("rotation: 'none'"),
    });
    const copy = `older-${alias}`;
    await client.reindex({ body: { source: { index: alias }, dest: { index: copy } }, refresh: true });
    await client.indices.updateAliases({
      body: { actions: [{ add: { index: copy, alias } }, { remove_index: { index: alias } }] },
    });
    await prepareIndex(client, { index: alias });
    await index(`${alias}-2026.11.24`);
    expect(await found(alias)).toBe(2);
  });

  it('says so where an index has been made before the template, and its remedy works', async () => {
    const alias = fresh();
    const early = `${alias}-2026.11.23`;
    await index(early);
    const conflict = { code: 'INDEX_CONFLICT', indices: [early] };
    await expect(prepareIndex(client, { index: alias })).rejects.toMatchObject(conflict);
    // Everything is prepared nevertheless, so that the next day is not in the same way.
    await index(`${alias}-2026.11.24`);
    expect(await found(alias)).toBe(1);

    const copy = `copy-${alias}`;
    const move = (from: string, to: string) =>
      client.reindex({ body: { source: { index: from }, dest: { index: to } }, refresh: true });
    await move(early, copy);
    await client.indices.delete({ index: early });
    await move(copy, early);
    await client.indices.delete({ index: copy });
    await expect(prepareIndex(client, { index: alias })).resolves.toBeDefined();
    expect(await found(alias)).toBe(2);
  });

  it('says what the server has against it', async () => {
    const nowhere = new Client({ node: 'http://127.0.0.1:1', maxRetries: 0 });
    await expect(prepareIndex(nowhere)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE', retriable: true });
  });
});
