import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tap } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Dashboard, type DashboardOptions, startDashboard } from '../../src/dashboard/index.js';
import type { HistoryAnswer, SampleEvent, SummaryAnswer } from '../../src/dashboard/protocol.js';
import { type LocalPipeline, startLocalPipeline } from '../../src/local/index.js';
import { type HeartRateSample, parseSamples, serializeSample } from '../../src/sample/index.js';
import { heartRates } from '../../src/sensor/index.js';
import { simulatedCentral } from '../../src/simulator/index.js';
import { sendTo } from '../../src/sink/index.js';
import { watch, watchBySocket } from '../support/live.js';
import { sampleOf } from '../support/samples.js';

let directory: string;
let pipeline: LocalPipeline;
let dashboard: Dashboard;

const start = async (options: Partial<DashboardOptions> = {}) => {
  pipeline = await startLocalPipeline({ directory });
  dashboard = await startDashboard({ pipeline, port: 0, ...options });
};
const stop = async () => {
  await dashboard.close();
  await pipeline.close();
};
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dashboard-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

/** Samples of just now. */
const now = Date.now();
const recent = (sequence: number, more: Partial<HeartRateSample> = {}) =>
  sampleOf(sequence, { timestamp: new Date(now - 60_000 + sequence * 1_000), ...more });
const show = (...samples: HeartRateSample[]) => {
  for (const sample of samples) {
    dashboard.show(sample);
    pipeline.sink.accept(sample);
  }
};
const asSample = (event: SampleEvent) => parseSamples(JSON.stringify(event)).samples[0];
const ask = (path: string, init?: RequestInit) => fetch(new URL(path, dashboard.url), init);
const json = async <Answer>(path: string) => (await (await ask(path)).json()) as Answer;
const live = { state: 'live', time: new Date(now), reason: 'The sensor sends its heart rate.' } as const;
const { sensor } = sampleOf(0);

describe('the live feed', () => {
  it.each([
    ['server-sent events', watch],
    ['WebSocket', watchBySocket],
  ])('carries by %s exactly the samples that were shown, to each viewer', async (_, open) => {
    const viewers = [await open(dashboard.url), await open(dashboard.url)];
    const samples = Array.from({ length: 100 }, (_, at) =>
      recent(at, {
        ...{ rrIntervals: at % 3 === 0 ? [] : [812.5, 1_000 / 3], heartRate: at % 7 === 0 ? 0 : 60 + at },
        ...{
          energyExpended: at,
          sensorContact: at % 2 === 0,
          sensor: { id: 'é\n\u2028', name: 'data: \n\nx' },
        },
      }),
    );
    for (const sample of samples) dashboard.show(sample);
    for (const viewer of viewers) {
      await expect.poll(() => viewer.all('sample')).toHaveLength(100);
      expect(viewer.all('sample').map(asSample)).toEqual(samples);
    }
    expect(viewers[0]?.all('sample')).toEqual(viewers[1]?.all('sample'));
    for (const viewer of viewers) viewer.close();
  });

  it('begins with what is so: hello, where each sensor is, alerts, latency; and goes on with heartbeats', async () => {
    dashboard.showStatus({ ...live, sensor }, sensor);
    dashboard.show(recent(0, { heartRate: 160 }));
    dashboard.show(recent(0, { sensor: { id: 'strap-2' }, session: 'other' }));
    const viewer = await watch(dashboard.url);
    await expect.poll(() => viewer.all('heartbeat').length).toBeGreaterThan(1);
    expect(viewer.events.slice(0, 5)).toMatchObject([
      { event: 'hello', data: { zones: [95, 114, 133, 152, 171], alert: { above: 150, below: 145 } } },
      { event: 'status', data: { sensor_id: 'strap-1', sensor_name: 'Strap 1', state: 'live' } },
      { event: 'status', data: { sensor_id: 'strap-2', state: 'live' } },
      { event: 'alert', data: { state: 'raised', sensor_id: 'strap-1', heart_rate: 160 } },
      { event: 'latency', data: { samples: 0 } },
    ]);
    dashboard.showStatus({ ...live, state: 'ended', reason: 'Nobody listens any more.' }, sensor);
    await expect.poll(() => viewer.all('alert')).toMatchObject([{ state: 'raised' }, { state: 'cleared' }]);
    expect(viewer.all('status').at(-1)).toMatchObject({ sensor_id: 'strap-1', state: 'ended' });
    viewer.close();
  });

  it('measures the latency from arrival, however old a sample is', async () => {
    const viewer = await watch(dashboard.url);
    show(sampleOf(0, { timestamp: new Date('2020-01-01T00:00:00Z') }), sampleOf(1));
    await expect.poll(() => viewer.all('latency').at(-1)?.samples).toBe(2);
    expect(viewer.all('latency').at(-1)?.p99).toBeLessThan(60_000);
    viewer.close();
  });

  it('says how many samples were shown and given up', async () => {
    const viewer = await watch(dashboard.url);
    // More at once than the sink holds.
    show(...Array.from({ length: 11_000 }, (_, at) => recent(at)));
    await expect.poll(() => viewer.all('latency').at(-1)?.dropped).toBeGreaterThan(0);
    const dropped = Number(
      /liveheartrate_dropped_total (\d+)/.exec(await (await ask('/metrics')).text())?.[1],
    );
    expect(viewer.all('latency').at(-1)?.dropped).toBe(dropped);
    viewer.close();
  });

  it('sends away a viewer who does not read, and nobody else', async () => {
    const slow = get(new URL('/live', dashboard.url), { agent: false }).on('error', () => undefined);
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    // It is sent away in the middle of what it has not read.
    const closed = new Promise((resolve) => response.on('error', () => undefined).on('close', resolve));
    response.pause();
    const other = await watch(dashboard.url);
    const name = 'x'.repeat(250);
    let sequence = 0;
    const dropped = async () =>
      Number(/viewers_dropped_total (\d+)/.exec(await (await ask('/metrics')).text())?.[1]);
    while ((await dropped()) === 0) {
      for (let at = 0; at < 2_000; at++)
        dashboard.show(recent(sequence++, { sensor: { id: 'strap-1', name } }));
      await expect.poll(() => other.all('sample').length).toBe(sequence);
    }
    response.resume();
    await closed;
    dashboard.show(recent(sequence++));
    await expect.poll(() => other.all('sample').length).toBe(sequence);
    other.close();
  });
});

describe('what came before', () => {
  it('is in /history, also after a restart, with exact values', async () => {
    const samples = Array.from({ length: 50 }, (_, at) =>
      recent(at, { rrIntervals: at % 2 ? [] : [1_000 / 3, 812.5] }),
    );
    show(...samples);
    await pipeline.sink.flush();
    const before = await json<HistoryAnswer>('/history?minutes=60');
    expect(before).toEqual({
      sessions: [
        {
          ...{ session_id: 'ride', sensor_id: 'strap-1', sensor_name: 'Strap 1' },
          sequence: samples.map(({ sequence }) => sequence),
          timestamp: samples.map(({ timestamp }) => timestamp.getTime()),
          heart_rate: samples.map(({ heartRate }) => heartRate),
          rr_intervals: samples.map(({ rrIntervals }) => rrIntervals),
        },
      ],
    });
    await stop();
    await start();
    expect(await json('/history')).toEqual(before);
    show(recent(0, { session: 'next' }));
    const after = await json<HistoryAnswer>('/history?minutes=60');
    expect(after.sessions.map(({ session_id: id }) => id)).toEqual(['ride', 'next']);
  });

  it('is summed up by SQL over the archive', async () => {
    const rates = [90, 100, 0, 150, 180];
    show(
      ...rates.map((heartRate, at) => recent(at, { heartRate })),
      recent(0, { session: 'other', heartRate: 40 }),
    );
    const { zones, ...summary } = await json<SummaryAnswer>('/summary?session=ride');
    expect(summary).toEqual({
      ...{ session_id: 'ride', samples: 5, maximum: 180, minimum: 90, difference: 90, mean: 130 },
      ...{ first: recent(0).timestamp.toISOString(), last: recent(4).timestamp.toISOString() },
    });
    expect(zones.map(({ from_rate: from, below_rate: below, seconds }) => [from, below, seconds])).toEqual([
      ...[
        [0, 95, 1],
        [95, 114, 1],
        [114, 133, 0],
      ],
      ...[
        [133, 152, 1],
        [152, 171, 0],
        [171, null, 0],
      ],
    ]);
    expect(await json<SummaryAnswer>("/summary?session=' OR 1=1")).toMatchObject({
      samples: 0,
      maximum: null,
    });
  });

  it.each([
    '/history?minutes=0',
    '/history?minutes=61',
    '/history?minutes=x',
    '/summary',
    `/summary?session=${'x'.repeat(129)}`,
  ])('is not asked so: %s', async (path) => {
    expect((await ask(path)).status).toBe(400);
  });
});

describe('/metrics', () => {
  const metrics = async () => {
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    const text = await response.text();
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
    for (const line of lines)
      expect(line).toMatch(/^liveheartrate_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+$/);
    const values = lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.split(' ').at(-1)),
    ]);
    return { text, values: Object.fromEntries(values) as Record<string, number> };
  };

  it('tells what is so, without the address of a sensor, and never a rate that is not present', async () => {
    const address = 'AA:BB:CC:DD:EE:FF';
    const mine = { id: address, name: 'Strap 1' };
    dashboard.showStatus({ ...live, sensor: mine }, mine);
    show(recent(0, { sensor: mine, heartRate: 160 }), recent(1, { sensor: mine, heartRate: 161 }));
    await pipeline.sink.flush();
    const viewer = await watch(dashboard.url);
    const { text, values } = await metrics();
    expect(text).not.toContain(address);
    expect(values).toMatchObject({
      liveheartrate_samples_total: 2,
      liveheartrate_indexed_total: 2,
      liveheartrate_delivered_total: 2,
      liveheartrate_dropped_total: 0,
      liveheartrate_alerts_raised_total: 1,
      liveheartrate_alerts: 1,
      liveheartrate_indexing_latency_seconds_count: 2,
      'liveheartrate_sensors{state="live"}': 1,
      'liveheartrate_viewers{transport="sse"}': 1,
      'liveheartrate_viewers{transport="websocket"}': 0,
    });
    const rates = Object.entries(values).filter(([name]) => name.includes('heart_rate_bpm'));
    expect(rates).toEqual([[expect.stringMatching(/\{sensor="Strap 1",sensor_hash="[0-9a-f]{4}"\}$/), 161]]);

    dashboard.showStatus({ ...live, state: 'silent', sensor: mine }, mine);
    expect((await metrics()).text).not.toMatch(/^liveheartrate_heart_rate_bpm\{/m);
    viewer.close();
    await expect.poll(async () => (await metrics()).values['liveheartrate_viewers{transport="sse"}']).toBe(0);
  });

  it('counts what was dropped', async () => {
    const samples = Array.from({ length: 10_100 }, (_, at) => recent(at));
    show(...samples);
    await pipeline.sink.flush();
    const { values } = await metrics();
    const { dropped, delivered } = pipeline.sink.stats();
    expect(dropped).toBeGreaterThan(0);
    expect(dropped + delivered).toBe(10_100);
    expect(values).toMatchObject({
      liveheartrate_dropped_total: dropped,
      liveheartrate_delivered_total: delivered,
      liveheartrate_indexed_total: delivered,
    });
  });
});

it('shows a lost Bluetooth as reconnecting, with the alert as it was, and goes on when it is back', async () => {
  await stop();
  await start({ alert: { above: 1 } });
  const central = simulatedCentral({ speed: 20 });
  const onStatus = dashboard.showStatus;
  const running = heartRates(central, { onStatus, reconnect: { maxDelay: 100 } })
    .pipe(tap(dashboard.show), sendTo(pipeline.sink))
    .subscribe();
  const viewer = await watch(dashboard.url);
  const states = () => viewer.all('status').map(({ state }) => state);
  await expect.poll(() => viewer.all('sample').length).toBeGreaterThan(0);
  central.switchOff();
  await expect.poll(states).toContain('reconnecting');
  expect(await (await ask('/metrics')).text()).not.toMatch(/^liveheartrate_heart_rate_bpm\{/m);
  expect(viewer.all('alert')).toMatchObject([{ state: 'raised' }]);
  const before = viewer.all('sample').length;
  central.switchOn();
  await expect.poll(() => viewer.all('sample').length).toBeGreaterThan(before);
  expect(states().at(-1)).toBe('live');
  running.unsubscribe();
  await expect.poll(() => viewer.all('alert').at(-1)).toMatchObject({ state: 'cleared' });
  expect(states().at(-1)).toBe('ended');
  viewer.close();
});

/** Like `fetch`, which sets some headers as it likes. */
async function raw(path: string, headers: Record<string, string>, method = 'GET') {
  const { hostname, port } = new URL(dashboard.url);
  const request = get({ hostname, port, path, headers, method, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  request.on('error', () => undefined).destroy();
  return { status: response.statusCode, headers: response.headers };
}

describe('who may ask', () => {
  const paths = ['/', '/overlay', '/live', '/history', '/summary?session=ride', '/metrics', '/missing'];

  it.each(paths)('not a page of another site, by no name and from no origin of its own: %s', async (path) => {
    expect((await raw(path, { host: 'evil.example' })).status).toBe(421);
    expect((await raw(path, { origin: 'http://evil.example' })).status).toBe(403);
    const { headers } = await raw(path, {});
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('nor such a page by WebSocket', async () => {
    await expect(watchBySocket(dashboard.url, { origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(watchBySocket(dashboard.url, { host: 'evil.example' })).rejects.toThrow('421');
    const own = await watchBySocket(dashboard.url, { origin: new URL(dashboard.url).origin });
    await expect.poll(() => own.all('hello')).toHaveLength(1);
    own.close();
  });

  it('only who knows the token, where there is one', async () => {
    await stop();
    await start({ token: 'open-sesame' });
    expect(new URL(dashboard.url).search).toBe('?token=open-sesame');
    for (const path of paths) expect((await raw(path, {})).status).toBe(401);
    await expect(watchBySocket(new URL('/', dashboard.url).href)).rejects.toThrow('401');

    const first = await raw('/?token=open-sesame', {});
    expect(first).toMatchObject({ status: 200, headers: { refresh: '0; url=/' } });
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toContain('HttpOnly; SameSite=Strict');
    const authorization = 'Bearer open-sesame';
    for (const path of paths.filter((path) => path !== '/missing')) {
      expect((await raw(path, { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
      expect((await raw(path, { authorization })).status).toBe(200);
    }
    const viewer = await watchBySocket(dashboard.url, { authorization });
    await expect.poll(() => viewer.all('hello')).toHaveLength(1);
    viewer.close();
  });

  it('nobody who would change something, or asks for what is not there', async () => {
    expect((await raw('/', {}, 'POST')).status).toBe(405);
    for (const path of ['/missing', '/../package.json', '/%2e%2e/package.json', '/index.html'])
      expect((await raw(path, {})).status).toBe(404);
    expect((await raw('//evil.example/', {})).status).toBe(404);
  });
});

describe('where it listens', () => {
  it('is another port where the usual one is taken, and no other than the one that is wanted', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startDashboard({ pipeline, port })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining(`Port ${port} is taken`),
    });
    other.close();
    const [first, second] = [await startDashboard({ pipeline }), await startDashboard({ pipeline })];
    expect(first.url).not.toBe(second.url);
    await Promise.all([first.close(), second.close()]);
  });

  it('is this machine alone, unless another address is given, and then with a token', async () => {
    expect(new URL(dashboard.url).hostname).toBe('127.0.0.1');
    const open = await startDashboard({ pipeline, port: 0, host: '::' }).catch(() =>
      startDashboard({ pipeline, port: 0, host: '0.0.0.0' }),
    );
    expect(new URL(open.url).searchParams.get('token')).toMatch(/^[\w-]{24}$/);
    await open.close();
    await expect(startDashboard({ pipeline, port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining('no address of this machine'),
    });
  });

  it.each([
    [{ port: 65_536 }, 'port'],
    [{ token: 'two words' }, 'token'],
    [{ host: '' }, 'host'],
    [{ alert: { above: 0 } }, 'alert'],
    [{ alert: { above: 100, below: 101 } }, 'alert'],
    [{ zones: [100, 90] }, 'zones'],
    [{ silence: 0 }, 'silence'],
  ])('%j is refused', async (options, word) => {
    await expect(startDashboard({ pipeline, ...options })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining(word),
    });
  });

  it('is left at once, with all viewers told', async () => {
    const viewers = [await watch(dashboard.url), await watchBySocket(dashboard.url)];
    await dashboard.close();
    await Promise.all(viewers.map(({ closed }) => closed));
    await expect(watch(dashboard.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('is left by viewers who do not hear it too, and by who was refused', async () => {
    const { host, port } = new URL(dashboard.url);
    // A machine that sleeps: it reads nothing, and closes nothing.
    const asleep = ['/live', '/missing'].map((path) => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}\r\n${key}\r\n\r\n`);
      return socket.on('error', () => undefined);
    });
    const answers = await Promise.all(asleep.map((socket) => once(socket, 'data')));
    expect(answers.map(([data]) => String(data).slice(9, 12))).toEqual(['101', '404']);
    await dashboard.close();
    for (const socket of asleep) socket.destroy();
  });
});

it('a sample that cannot be written is not shown, and disturbs nothing', async () => {
  const viewer = await watch(dashboard.url);
  dashboard.show(recent(0, { heartRate: -1 }));
  dashboard.show(recent(1));
  await expect.poll(() => viewer.all('sample')).toEqual([JSON.parse(serializeSample(recent(1)))]);
  viewer.close();
});
