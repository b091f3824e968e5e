import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCloudFormation } from '../../support/setup/cloud-formation.js';
import { startCluster } from '../../support/setup/cluster.js';

const [INDEXER, ALICE, BOB] = ['indexer', 'alice', 'bob'].map(
  (name) => `arn:aws:iam::111122223333:role/${name}`,
);
let cluster: Awaited<ReturnType<typeof startCluster>>;
let cloudFormation: Awaited<ReturnType<typeof startCloudFormation>>;
let log: string[];
beforeEach(async () => {
  cluster = await startCluster();
  cloudFormation = await startCloudFormation();
  log = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void log.push(line));
});
afterEach(() => {
  cluster.close();
  cloudFormation.close();
  vi.restoreAllMocks();
});

type More = Parameters<typeof cloudFormation.event>[2];
const event = (properties: Record<string, unknown> = {}, more: More = {}) => {
  const needed = { endpoint: cluster.url, auth: 'none', index: 'heart_rate', rotation: 'day' };
  return cloudFormation.event('Custom::HeartRateIndex', { ...needed, ...properties }, more);
};
const ask = (properties?: Record<string, unknown>, more?: More, milliseconds?: number) =>
  cloudFormation.ask(event(properties, more), milliseconds);
const secured = { security: 'true', indexer: INDEXER };

describe('an index that is set up', () => {
  it('has its templates and its life cycle, and CloudFormation is told', async () => {
    await expect(ask({ retention: '90' })).resolves.toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: `${new URL(cluster.url).host}/heart_rate`,
      StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/hearts/1',
      RequestId: 'request-1',
      LogicalResourceId: 'HeartRateSpeedIndex',
      Data: { lifecycle: 'created' },
      pauses: [],
    });
    expect([...cluster.templates.keys()]).toEqual(['heart_rate', 'heart_rate-rejected']);
    expect(JSON.stringify(cluster.policies.get('heart_rate'))).toContain('91d');
    expect(cluster.security.roles.size).toBe(0);
  });

  it('has everything that is said in texts', async () => {
    const properties = {
      shards: '6',
      replicas: '2',
      refreshInterval: '5s',
      rejected: 'other',
      rotation: 'month',
    };
    await expect(ask(properties)).resolves.toMatchObject({ Status: 'SUCCESS' });
    const settings = { refresh_interval: '5s', number_of_replicas: 2 };
    expect(cluster.templates.get('heart_rate')?.template.settings).toEqual({
      ...settings,
      number_of_shards: 6,
    });
    expect(cluster.templates.get('other')?.template.settings).toEqual(settings);
  });

  it('takes numbers too, which not everything that stands in for CloudFormation makes texts of', async () => {
    const told = await ask({ ...secured, shards: 6, security: true, viewers: [] });
    expect(told).toMatchObject({ Status: 'SUCCESS' });
    expect(cluster.templates.get('heart_rate')?.template.settings).toMatchObject({ number_of_shards: 6 });
    expect(cluster.security.roles.size).toBe(1);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ endpoint: undefined }, /endpoint is missing/],
    [{ endpoint: 'here' }, /endpoint must be a URL/],
    [{ index: '' }, /index must be a text/],
    [{ index: ['heart_rate'] }, /index must be a text/],
    [{ index: 'Heart' }, /index must be a name/],
    [{ auth: 'password' }, /auth must be one of es, aoss, basic, none/],
    [{ auth: 'basic' }, /secretArn is missing/],
    [{ rotation: 'week' }, /rotation must be one of/],
    [{ shards: '1.5' }, /shards must be a whole number/],
    [{ shards: '0' }, /shards must be a whole number from 1/],
    [{ replicas: '-1' }, /replicas must be a whole number/],
    [{ retention: '90 days' }, /retention must be a whole number/],
    [{ retention: '90', rotation: 'none' }, /retention wants a rotation/],
    [{ refreshInterval: 'soon' }, /refreshInterval must be a time/],
    [{ security: 'yes', indexer: INDEXER }, /security must be one of true, false/],
    [{ security: 'true', viewers: ALICE, indexer: INDEXER }, /viewers must be a list/],
  ])('is refused with what cannot be read, at once: %j', async (properties, reason) => {
    const told = await ask(properties);
    expect(told).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'HeartRateSpeedIndex', pauses: [] });
    expect(told.Reason).toMatch(reason);
    expect(cluster.security.roles.size).toBe(0);
  });

  it('is not made for a kind of resource that nobody knows', async () => {
    const told = await cloudFormation.ask(event({}, { ResourceType: 'Custom::Other' }));
    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('Custom::HeartRateIndex'),
    });
  });
});

describe('a domain that has just been made', () => {
  it.each([401, 403, 429, 500, 503])(
    'is tried again, with growing pauses, while it answers %s',
    async (status) => {
      cluster.fail(3, /_resolve/, [status]);
      await expect(ask()).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [1_000, 2_000, 4_000] });
      expect(cluster.templates.size).toBe(2);
    },
  );

  it('is tried again while it is not there', async () => {
    const told = await ask({ endpoint: 'http://127.0.0.1:1' }, {}, 1_000);
    expect(told.Status).toBe('FAILED');
    expect(told.Reason).toContain('ECONNREFUSED');
    expect(told.pauses.length).toBeGreaterThan(1);
    expect(Math.max(...told.pauses)).toBe(20_000);
  });

  it('is given up in time to say so, and why', async () => {
    cluster.fail(Number.POSITIVE_INFINITY, /_resolve/, [403]);
    const told = await ask({}, {}, 1_000);
    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('status 403') });
  });

  it('is given up in time where it never answers', async () => {
    cluster.fail(1, /_resolve/, undefined);
    const told = await ask({}, {}, 1_000);
    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('did not answer in time'),
    });
    expect(cluster.templates.size).toBe(0);
  });

  it('is not tried again where that never helps', async () => {
    cluster.fail(1, /PUT \/_index_template/, [400]);
    await expect(ask()).resolves.toMatchObject({ Status: 'FAILED', pauses: [] });
  });
});

describe('fine-grained access control', () => {
  const viewers = () => cluster.security.rolesmapping.get('liveheartrate-heart_rate-viewer')?.backend_roles;

  it('lets the indexer index and nothing else, and people look', async () => {
    await expect(ask({ ...secured, viewers: [ALICE, BOB] })).resolves.toMatchObject({ Status: 'SUCCESS' });
    const { roles, rolesmapping } = cluster.security;
    const days = Array.from('0123456789', (digit) => `heart_rate-${digit}*`);
    expect(roles.get('liveheartrate-heart_rate-indexer')).toMatchObject({
      cluster_permissions: ['indices:data/write/bulk'],
      index_permissions: [
        {
          index_patterns: [...days, 'heart_rate-rejected'],
          allowed_actions: ['indices:data/write/bulk*', 'indices:data/write/index', 'create_index'],
        },
      ],
    });
    expect(rolesmapping.get('liveheartrate-heart_rate-indexer')?.backend_roles).toEqual([INDEXER]);
    expect(roles.get('liveheartrate-heart_rate-viewer')).toMatchObject({
      cluster_permissions: ['cluster_composite_ops_ro'],
      index_permissions: [
        { index_patterns: ['heart_rate', ...days, 'heart_rate-rejected'], allowed_actions: ['read'] },
        { index_patterns: ['.kibana*', '.opensearch_dashboards*'], allowed_actions: ['read'] },
      ],
      tenant_permissions: [{ tenant_patterns: ['global_tenant'], allowed_actions: ['kibana_all_read'] }],
    });
    expect(viewers()).toEqual([ALICE, BOB]);
  });

  it('is the same after a second time, and other after a change', async () => {
    await ask({ ...secured, viewers: [ALICE, BOB] });
    const before = structuredClone(cluster.security.roles);
    await ask({ ...secured, viewers: [ALICE, BOB] });
    expect(cluster.security.roles).toEqual(before);
    await ask({ ...secured, viewers: [BOB] }, { RequestType: 'Update' });
    expect(viewers()).toEqual([BOB]);
  });

  it('has no role for people where there are none any more', async () => {
    await ask({ ...secured, viewers: [ALICE] });
    await expect(ask(secured, { RequestType: 'Update' })).resolves.toMatchObject({ Status: 'SUCCESS' });
    expect([...cluster.security.roles.keys()]).toEqual(['liveheartrate-heart_rate-indexer']);
    expect(viewers()).toBeUndefined();
  });

  it('keeps two pipelines on one domain apart', async () => {
    await ask(secured);
    const before = structuredClone(cluster.security.rolesmapping);
    await ask({ ...secured, index: 'team', indexer: ALICE });
    expect(cluster.security.rolesmapping).toEqual(
      new Map([
        ...before,
        ['liveheartrate-team-indexer', expect.objectContaining({ backend_roles: [ALICE] })],
      ]),
    );
  });

  it('is waited for, and for whoever changes it as well', async () => {
    cluster.fail(1, /PUT .*\/roles\//, [403]);
    cluster.fail(1, /PUT .*\/rolesmapping\//, [409]);
    await expect(ask(secured)).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [1_000, 2_000] });
    expect(cluster.security.rolesmapping.size).toBe(1);
  });

  it('has to be there where it is asked for', async () => {
    cluster.fail(1, /_security/, [400]);
    const told = await ask(secured);
    expect(told).toMatchObject({ Status: 'FAILED', pauses: [] });
    expect(told.Reason).toMatch(/^The role liveheartrate-heart_rate-indexer: .*status 400/);
  });
});

describe('the resource of an index', () => {
  it('is the same one while endpoint and index are', async () => {
    const { PhysicalResourceId } = await ask();
    const again = await ask(
      { retention: '30', endpoint: `${cluster.url}/` },
      { RequestType: 'Update', PhysicalResourceId },
    );
    expect(again.PhysicalResourceId).toBe(PhysicalResourceId);
    const other = await ask({ index: 'team' }, { RequestType: 'Update', PhysicalResourceId });
    expect(other.PhysicalResourceId).not.toBe(PhysicalResourceId);
  });

  it('stays the one it was where it cannot be changed', async () => {
    const told = await ask({ index: 'Heart' }, { RequestType: 'Update', PhysicalResourceId: 'before' });
    expect(told).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'before' });
  });

  it('tells no user that is in the endpoint', async () => {
    const endpoint = cluster.url.replace('//', '//admin:hunter2@');
    const told = await ask({ endpoint });
    expect(told.Status).toBe('SUCCESS');
    const failed = await ask({ endpoint: endpoint.replace(/:\d+$/, ':1') }, {}, 1_000);
    expect(failed.Status).toBe('FAILED');
    expect(JSON.stringify([told, failed, log])).not.toMatch(/hunter2|admin/);
  });

  it('leaves everything as it is when it is deleted, and asks nobody', async () => {
    await ask({ ...secured, retention: '90' });
    const asked = cluster.asked.length;
    const more = { RequestType: 'Delete', PhysicalResourceId: 'it' } as const;
    const told = await ask({ ...secured, retention: '90' }, more);
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'it' });
    expect(cluster.asked.length).toBe(asked);
    await expect(ask({ endpoint: 'gone' }, more)).resolves.toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('the answer to CloudFormation', () => {
  it('has no type of content, for which its URL is not signed', async () => {
    await ask();
    expect(cloudFormation.asked.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['PUT', ''],
    ]);
  });

  it('is sent again where it is not taken', async () => {
    cloudFormation.fail(2, /PUT/, [503]);
    await expect(ask()).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [500, 1_000] });
    expect(cloudFormation.asked.length).toBe(3);
  });

  it('has the invocation fail where it is never taken, so that Lambda repeats it', async () => {
    cloudFormation.fail(Number.POSITIVE_INFINITY, /PUT/, [503]);
    await expect(ask()).rejects.toThrow('CloudFormation was not told: status 503.');
    expect(cloudFormation.asked.length).toBe(4);
  });

  it('is short, and its URL in no log', async () => {
    const indices = Array.from({ length: 500 }, (_, at) => ({ name: `heart_rate-1.${at}`, aliases: [] }));
    cluster.fail(2, /_resolve/, [200, { indices }]);
    cloudFormation.fail(1, /PUT/, [503]);
    const told = await ask();
    expect(told.Status).toBe('FAILED');
    expect(JSON.stringify(told).length).toBeLessThan(4_096);
    expect(log.length).toBeGreaterThan(1);
    expect(log.join()).not.toContain('Signature');
  });
});
