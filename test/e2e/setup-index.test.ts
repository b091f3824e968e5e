import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startCloudFormation } from '../support/setup/cloud-formation.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
let cloudFormation: Awaited<ReturnType<typeof startCloudFormation>>;
beforeAll(async () => {
  cloudFormation = await startCloudFormation();
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterAll(() => {
  cloudFormation.close();
  vi.restoreAllMocks();
});

const ask = (
  index: string,
  properties: Record<string, unknown> = {},
  RequestType: 'Create' | 'Update' | 'Delete' = 'Create',
) => {
  const all = { endpoint: opensearch.url, auth: 'none', index, rotation: 'day', ...properties };
  return cloudFormation.ask(cloudFormation.event('Custom::HeartRateIndex', all, { RequestType }));
};
const fresh = () => `set-up-${randomUUID()}`;
/** Indexes one document, and tells what the server has made of it. */
async function settingsOf(name: string) {
  await client.index({
    index: name,
    body: { timestamp: '2026-10-01T10:00:00.000Z', heart_rate: 72 },
    refresh: true,
  });
  return Object.values((await client.indices.get({ index: name })).body)[0];
}

describe('the setup of an index on the real OpenSearch', () => {
  it('has indices made as the properties say, and as they say after an update', async () => {
    const index = fresh();
    const told = await ask(index, { shards: '2', replicas: '0', refreshInterval: '2s' });
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { lifecycle: 'unavailable' }, pauses: [] });
    const made = await settingsOf(`${index}-2026.10.01`);
    expect(made?.aliases).toEqual({ [index]: {} });
    expect(made?.settings?.index).toMatchObject({
      number_of_shards: '2',
      number_of_replicas: '0',
      refresh_interval: '2s',
    });
    await expect(ask(index, { shards: '1' }, 'Update')).resolves.toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: told.PhysicalResourceId,
    });
    expect((await settingsOf(`${index}-2026.10.02`))?.settings?.index?.number_of_shards).toBe('1');
  });

  it('makes the index of today, so that there is something behind the alias, and no second one', async () => {
    const index = fresh();
    const days = [new Date()];
    await ask(index);
    days.push(new Date());
    const made = Object.entries((await client.indices.get({ index })).body);
    expect(made.map(([, { aliases }]) => aliases)).toEqual([{ [index]: {} }]);
    const names = days.map((day) => `${index}-${day.toISOString().slice(0, 10).replaceAll('-', '.')}`);
    expect(names).toContain(made[0]?.[0]);
    await ask(index, {}, 'Update');
    expect(Object.keys((await client.indices.get({ index })).body)).toEqual([made[0]?.[0]]);
  });

  it('leaves samples and templates there when the resource is deleted', async () => {
    const index = fresh();
    await ask(index);
    await settingsOf(`${index}-2026.10.01`);
    await expect(ask(index, {}, 'Delete')).resolves.toMatchObject({ Status: 'SUCCESS' });
    expect((await client.count({ index })).body.count).toBe(1);
    expect((await settingsOf(`${index}-2026.10.02`))?.aliases).toEqual({ [index]: {} });
  });

  it('says what is in the way, and leaves it there', async () => {
    const index = fresh();
    await settingsOf(index);
    const told = await ask(index);
    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('_reindex'), pauses: [] });
    expect((await client.count({ index })).body.count).toBe(1);
  });

  it('fails where fine-grained access control is asked for and the server has none', async () => {
    const told = await ask(fresh(), { security: 'true', indexer: 'arn:aws:iam::111122223333:role/indexer' });
    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('status 400'),
      pauses: [],
    });
  });
});
