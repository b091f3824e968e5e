import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dashboards, rateMonitor } from '../../../src/serving/index.js';
import { isSigned } from '../../support/opensearch/signature.js';
import { startCloudFormation } from '../../support/setup/cloud-formation.js';
import { startCluster } from '../../support/setup/cluster.js';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:hearts';
const ROLE = 'arn:aws:iam::111122223333:role/alerts';
let cluster: Awaited<ReturnType<typeof startCluster>>;
let cloudFormation: Awaited<ReturnType<typeof startCloudFormation>>;
beforeEach(async () => {
  cluster = await startCluster();
  cloudFormation = await startCloudFormation();
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  cluster.close();
  cloudFormation.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Values = Record<string, unknown>;
type More = Parameters<typeof cloudFormation.event>[2];
const defaults = () => ({
  endpoint: cluster.url,
  auth: 'none',
  index: 'heart_rate',
  name: 'Hearts-Serving-1A',
  alert: 'false',
});
const ask = (properties: Values = {}, more: More = {}, milliseconds?: number) =>
  cloudFormation.ask(
    cloudFormation.event('Custom::HeartRateServing', { ...defaults(), ...properties }, more),
    milliseconds,
  );
const alert = { alert: 'true', topicArn: TOPIC, topicRoleArn: ROLE };
const changed = (from: Values) =>
  ({ RequestType: 'Update', OldResourceProperties: { ...defaults(), ...from } }) as const;
const monitors = () => [...cluster.alerting.monitors.values()];

describe('dashboards that are put', () => {
  const there = () => `${cluster.url}/_dashboards`;

  it('are those of the library, where everybody sees them', async () => {
    const told = await ask({ dashboards: there(), above: '160', zones: ['100', '120', '140'] });
    expect(told).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: `${new URL(cluster.url).host}/Hearts-Serving-1A`,
    });
    const expected = dashboards({ above: 160, zones: [100, 120, 140] });
    expect([...cluster.dashboards.objects.values()]).toEqual(JSON.parse(JSON.stringify(expected)));
    expect([...cluster.dashboards.tenants]).toEqual(['global']);
  });

  it('are overwritten', async () => {
    await ask({ dashboards: there() });
    const before = cluster.dashboards.objects.size;
    await expect(ask({ dashboards: `${there()}/`, above: '170' })).resolves.toMatchObject({
      Status: 'SUCCESS',
    });
    expect(cluster.dashboards.objects.size).toBe(before);
    expect(JSON.stringify([...cluster.dashboards.objects])).toContain('170');
  });

  it('are not put where there are none', async () => {
    await expect(ask()).resolves.toMatchObject({ Status: 'SUCCESS' });
    expect(cluster.asked).toEqual([]);
  });

  it('are waited for', async () => {
    cluster.fail(1, /_import/, [403]);
    cluster.fail(1, /_import/, [503, { message: 'OpenSearch Dashboards server is not ready yet' }]);
    cluster.fail(1, /_import/, [200, 'a page to sign in']);
    await expect(ask({ dashboards: there() })).resolves.toMatchObject({
      Status: 'SUCCESS',
      pauses: [1_000, 2_000, 4_000],
    });
    expect(cluster.dashboards.objects.size).toBeGreaterThan(0);
  });

  it('fail where one of them is not taken, and it is said why', async () => {
    const error = { type: 'dashboard', id: 'its id', error: { type: 'missing_references' } };
    cluster.fail(1, /_import/, [200, { success: false, successCount: 5, errors: [error] }]);
    const told = await ask({ dashboards: there() });
    expect(told).toMatchObject({ Status: 'FAILED', pauses: [] });
    expect(told.Reason).toContain('dashboard: missing_references');
  });

  it('are signed for, as they arrive', async () => {
    const credentials = { accessKeyId: 'AKIAALICE', secretAccessKey: 'secret', sessionToken: 'token' };
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', credentials.sessionToken);
    await expect(ask({ ...alert, dashboards: there(), auth: 'es' })).resolves.toMatchObject({
      Status: 'SUCCESS',
    });
    const scope = { service: 'es', region: 'eu-central-1', credentials };
    const signed = cluster.asked.map(({ method, path, query, headers, body }) => {
      const url = query.size > 0 ? `${path}?${query}` : path;
      return isSigned({ method, url, headers: headers as Record<string, string>, body }, scope);
    });
    expect(signed.length).toBeGreaterThan(3);
    expect(new Set(await Promise.all(signed))).toEqual(new Set([true]));
  });

  it.each<[Values, RegExp]>([
    [{ name: undefined }, /name is missing/],
    [{ alert: 'true' }, /topicArn is missing/],
    [{ ...alert, above: 'high' }, /above must be a whole number/],
    [{ ...alert, above: '0' }, /above must be a whole number from 1/],
    [{ ...alert, window: '60' }, /window must be longer/],
    [{ ...alert, throttle: '0' }, /throttle must be a whole number/],
    [{ zones: '100,120' }, /zones must be a list/],
    [{ zones: ['120', '100'], dashboards: 'http://localhost' }, /zones must rise/],
  ])('are refused with what cannot be read: %j', async (properties, reason) => {
    const told = await ask(properties);
    expect(told).toMatchObject({ Status: 'FAILED', pauses: [] });
    expect(told.Reason).toMatch(reason);
    expect(cluster.alerting.monitors.size).toBe(0);
  });
});

describe('an alert that is put', () => {
  it('is a channel to the topic, and a monitor of the library', async () => {
    await expect(ask({ ...alert, above: '160', window: '300', throttle: '10' })).resolves.toMatchObject({
      Status: 'SUCCESS',
    });
    const channel = 'liveheartrate-Hearts-Serving-1A';
    expect([...cluster.alerting.channels]).toEqual([
      [
        channel,
        expect.objectContaining({
          config_type: 'sns',
          is_enabled: true,
          sns: { topic_arn: TOPIC, role_arn: ROLE },
        }),
      ],
    ]);
    const expected = rateMonitor({ above: 160, window: 300, throttle: 10, channel });
    expect(monitors()).toEqual([
      { ...expected, name: 'Heart rate above 160 (heart_rate) [Hearts-Serving-1A]' },
    ]);
  });

  it('needs no role where the server has one of its own', async () => {
    await ask({ ...alert, topicRoleArn: undefined });
    expect([...cluster.alerting.channels.values()]).toMatchObject([{ sns: { topic_arn: TOPIC } }]);
    expect(JSON.stringify([...cluster.alerting.channels])).not.toContain('role_arn');
  });

  it('is the same one after a second time, and after each change', async () => {
    const { PhysicalResourceId } = await ask(alert);
    await ask(alert);
    const told = await ask({ ...alert, above: '170', index: 'other', topicArn: `${TOPIC}2` }, changed(alert));
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect([...cluster.alerting.monitors.keys()]).toEqual(['monitor/1']);
    expect(monitors()[0]?.name).toBe('Heart rate above 170 (other) [Hearts-Serving-1A]');
    expect([...cluster.alerting.channels.values()]).toMatchObject([{ sns: { topic_arn: `${TOPIC}2` } }]);
  });

  it('is found again where the request that made it was never answered, and is one', async () => {
    await ask(alert);
    const [one] = monitors();
    cluster.alerting.monitors.set('monitor/late', { ...one });
    await ask(alert);
    expect([...cluster.alerting.monitors.keys()]).toEqual(['monitor/1']);
  });

  it('waits for who makes the same channel at the same time', async () => {
    cluster.fail(1, /POST .*configs/, [409]);
    await expect(ask(alert)).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [1_000] });
    expect(cluster.alerting.channels.size).toBe(1);
  });

  it('is waited for while it is refused', async () => {
    cluster.fail(1, /PUT .*configs/, [403]);
    cluster.fail(1, /POST .*monitors$/, [500]);
    await expect(ask(alert)).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [1_000, 2_000] });
    expect([cluster.alerting.channels.size, cluster.alerting.monitors.size]).toEqual([1, 1]);
  });

  it('has to be possible where it is asked for', async () => {
    cluster.fail(Number.POSITIVE_INFINITY, /_notifications/, [400, 'no handler found']);
    const told = await ask(alert);
    expect(told).toMatchObject({ Status: 'FAILED', pauses: [] });
    expect(told.Reason).toMatch(/^The channel: .*status 400/);
  });

  it('is another one for another pipeline, whose name may begin or end the same', async () => {
    const others = ['Hearts-Serving-1A-2', 'My-Hearts-Serving-1A'];
    for (const name of others) await ask({ ...alert, name });
    await ask(alert);
    expect(monitors().map(({ name }) => name?.replace(/^.*\[/, '['))).toEqual([
      ...others.map((name) => `[${name}]`),
      '[Hearts-Serving-1A]',
    ]);
    await ask(alert, { RequestType: 'Delete', PhysicalResourceId: 'it' });
    expect([cluster.alerting.channels.size, cluster.alerting.monitors.size]).toEqual([2, 2]);
  });
});

describe('an alert that is taken away', () => {
  const failing = (times: number, answer: Parameters<typeof cluster.fail>[2]): Values => {
    cluster.fail(times, /./, answer);
    return {};
  };

  it('goes with an update, which may be made again', async () => {
    await ask(alert);
    await expect(ask({}, changed(alert))).resolves.toMatchObject({ Status: 'SUCCESS' });
    expect([cluster.alerting.channels.size, cluster.alerting.monitors.size]).toEqual([0, 0]);
    await expect(ask({}, changed(alert))).resolves.toMatchObject({ Status: 'SUCCESS', pauses: [] });
    // As a stack does that is rolled back.
    await ask(alert, changed({}));
    expect([cluster.alerting.channels.size, cluster.alerting.monitors.size]).toEqual([1, 1]);
  });

  it('is not asked for where there never was one, since the server may not know what that is', async () => {
    await expect(ask({}, changed({}))).resolves.toMatchObject({ Status: 'SUCCESS' });
    expect(cluster.asked).toEqual([]);
  });

  it('goes with the stack, and dashboards stay', async () => {
    const properties = { ...alert, dashboards: `${cluster.url}/_dashboards` };
    await ask(properties);
    const before = cluster.dashboards.objects.size;
    const told = await ask(properties, { RequestType: 'Delete', PhysicalResourceId: 'it' });
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'it', pauses: [] });
    expect([cluster.alerting.channels.size, cluster.alerting.monitors.size]).toEqual([0, 0]);
    expect(cluster.dashboards.objects.size).toBe(before);
  });

  it('is tried again where that may help', async () => {
    await ask(alert);
    cluster.fail(1, /DELETE .*monitors/, [503]);
    await expect(ask(alert, { RequestType: 'Delete' })).resolves.toMatchObject({
      Status: 'SUCCESS',
      pauses: [1_000],
    });
    expect(monitors()).toEqual([]);
  });

  it.each<[string, () => Values]>([
    ['is gone', () => ({ endpoint: 'http://127.0.0.1:1' })],
    ['refuses', () => failing(Number.POSITIVE_INFINITY, [403])],
    ['never answers', () => failing(1, undefined)],
    ['never had one', () => ({})],
    ['cannot be read', () => ({ endpoint: 'nowhere', auth: 'none at all' })],
  ])('does not keep a stack from being deleted whose server %s', async (_, properties) => {
    const told = await ask(
      { ...alert, ...properties() },
      { RequestType: 'Delete', PhysicalResourceId: 'it' },
      1_000,
    );
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'it' });
  });
});
