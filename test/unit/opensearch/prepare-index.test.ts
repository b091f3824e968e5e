import { describe, expect, it } from 'vitest';
import { type PrepareOptions, prepareIndex } from '../../../src/opensearch/index.js';
import { lifecycles } from '../../support/lifecycles.js';

const DAYS = '0123456789'.replace(/./g, (digit) => `heart_rate-${digit}*,`).slice(0, -1);
const POLICY = '/_plugins/_ism/policies/heart_rate';

describe('prepareIndex, where the server knows lifecycles', () => {
  it('keeps everything for ever unless told otherwise', async () => {
    const { client, changes } = lifecycles(['heart_rate-2026.11.23']);
    await expect(prepareIndex(client)).resolves.toEqual({ lifecycle: 'none' });
    expect(changes()).toEqual([]);
  });

  it.each([
    ['day', '31d'],
    ['month', '61d'],
  ] as const)('keeps the youngest sample of a %s as long as the oldest', async (rotation, age) => {
    const { client, policies } = lifecycles();
    await expect(prepareIndex(client, { rotation, retention: 30 })).resolves.toEqual({
      lifecycle: 'created',
    });
    expect(JSON.stringify(policies.get('heart_rate'))).toContain(`{"min_index_age":"${age}"}`);
  });

  it('never has to do with what is rejected', async () => {
    const { client, policies } = lifecycles();
    await prepareIndex(client, { retention: 30 });
    expect(policies.get('heart_rate')?.policy.ism_template).toEqual([
      expect.objectContaining({ index_patterns: DAYS.split(',') }),
    ]);
  });

  it('changes nothing the second time', async () => {
    const { client, changes } = lifecycles();
    await prepareIndex(client, { retention: 30 });
    await expect(prepareIndex(client, { retention: 30 })).resolves.toEqual({ lifecycle: 'unchanged' });
    expect(changes()).toEqual([`PUT ${POLICY}`]);
  });

  it('has indices that exist follow the policy, and each change of it', async () => {
    const { client, changes, policies } = lifecycles(['heart_rate-2026.11.23']);
    await prepareIndex(client, { retention: 30 });
    await expect(prepareIndex(client, { retention: 365 })).resolves.toEqual({ lifecycle: 'updated' });
    expect(JSON.stringify(policies.get('heart_rate'))).toContain('366d');
    await expect(prepareIndex(client)).resolves.toEqual({ lifecycle: 'updated' });
    expect(policies.size).toBe(0);
    expect(changes()).toEqual([
      ...[`PUT ${POLICY}`, `POST /_plugins/_ism/add/${DAYS}`],
      ...[`PUT ${POLICY}`, `POST /_plugins/_ism/change_policy/${DAYS}`, `POST /_plugins/_ism/add/${DAYS}`],
      ...[`POST /_plugins/_ism/remove/${DAYS}`, `DELETE ${POLICY}`],
    ]);
  });

  it('fails rather than overwrite what somebody else has changed in the meantime', async () => {
    const { client, policies } = lifecycles([], ({ method, path }) => {
      const policy = policies.get('heart_rate');
      if (policy && method === 'PUT' && path === POLICY) policy._seq_no++;
      return undefined;
    });
    await prepareIndex(client, { retention: 30 });
    const refused = { code: 'INDEX_UNAVAILABLE', status: 409 };
    await expect(prepareIndex(client, { retention: 31 })).rejects.toMatchObject(refused);
  });
});

describe('prepareIndex, where it does not', () => {
  it.each([400, 404, 405])('says so: status %s', async (status) => {
    const { client } = lifecycles([], ({ path }) => (path.includes('_ism') ? status : undefined));
    const lifecycle = status === 404 ? 'none' : 'unavailable';
    await expect(prepareIndex(client)).resolves.toEqual({ lifecycle });
    await expect(prepareIndex(client, { retention: 30 })).resolves.toEqual({ lifecycle: 'unavailable' });
  });

  it.each([401, 403])('fails where it may not put the policy, and has to: status %s', async (status) => {
    const { client } = lifecycles([], ({ path }) => (path.includes('_ism') ? status : undefined));
    await expect(prepareIndex(client)).resolves.toEqual({ lifecycle: 'unavailable' });
    await expect(prepareIndex(client, { retention: 30 })).rejects.toMatchObject({ status });
  });

  it('fails where the server does not take the policy', async () => {
    const { client } = lifecycles([], ({ method, path }) =>
      method === 'PUT' && path === POLICY ? 400 : undefined,
    );
    await expect(prepareIndex(client, { retention: 30 })).rejects.toMatchObject({ status: 400 });
  });
});

describe('prepareIndex', () => {
  it.each<[PrepareOptions, RegExp]>([
    [{ shards: 0 }, /^shards must be/],
    [{ shards: 1.5 }, /^shards must be/],
    [{ shards: 1_025 }, /^shards must be/],
    [{ replicas: -1 }, /^replicas must be/],
    [{ replicas: 0.5 }, /^replicas must be/],
    [{ refreshInterval: 'often' }, /^refreshInterval must be/],
    [{ retention: 0 }, /^retention must be/],
    [{ retention: 30, rotation: 'none' }, /^retention wants a rotation/],
    [{ index: 'Heart' }, /^index must be/],
    [{ rotation: 'week' as never }, /^rotation must be/],
  ])('asks nothing where an option cannot be used: %j', async (options, message) => {
    const client = { transport: { request: () => Promise.reject(new Error('asked')) } };
    await expect(prepareIndex(client, options)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(message),
    });
  });
});
