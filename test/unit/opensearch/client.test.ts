import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenSearchOptions, openSearchClient } from '../../../src/opensearch/index.js';
import { type Listener, startListener } from '../../support/opensearch/listener.js';
import { isSigned, type Scope } from '../../support/opensearch/signature.js';

const ENVIRONMENT = [
  ...['OPENSEARCH_ENDPOINT', 'OPENSEARCH_AUTH', 'OPENSEARCH_USERNAME', 'OPENSEARCH_PASSWORD'],
  ...['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
];
const ALICE = { accessKeyId: 'AKIAALICE', secretAccessKey: 'alice/secret+key' };
const BOB = { accessKeyId: 'AKIABOB', secretAccessKey: 'bob-secret', sessionToken: 'token/of+bob==' };
const BULK = { body: '{"create":{"_index":"heart_rate"}}\n{"heart_rate":72,"sensor_name":"Äpfel ♥"}\n' };

let listener: Listener;
beforeEach(async () => {
  for (const name of ENVIRONMENT) vi.stubEnv(name, undefined);
  listener = await startListener();
});
afterEach(() => {
  listener.close();
  vi.unstubAllEnvs();
});

const clientWith = (auth?: OpenSearchOptions['auth']) =>
  openSearchClient({ endpoint: listener.url, ...(auth && { auth }) });
// The client takes a body that is ready, though its types do not know.
const bulk = (client: ReturnType<typeof openSearchClient>, options = {}) =>
  client.bulk(BULK as never, options);
const authorization = () => listener.received.at(-1)?.headers.authorization;
const signedFor = (scope: Scope) => Promise.all(listener.received.map((each) => isSigned(each, scope)));
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe.each(['es', 'aoss'] as const)('requests signed for %s', (service) => {
  const region = 'eu-west-1';
  const auth = { service, region, credentials: async () => BOB };

  it.each([
    ['a plain body', {}, (body: Buffer) => body],
    ['a compressed body', { compression: 'gzip' }, gunzipSync],
  ] as const)('have a signature over the bytes of %s', async (_, options, read) => {
    await bulk(clientWith(auth), options);
    expect(read(listener.received[0]?.body ?? Buffer.of()).toString()).toBe(BULK.body);
    expect(await signedFor({ service, region, credentials: BOB })).toEqual([true]);
  });

  it('have one over paths and queries with special characters, and without a body', async () => {
    const client = clientWith(auth);
    await client.search({ index: 'heart_rate-*,-heart_rate-rejected', q: "a'b (c)! *:é♥ +&=/~" });
    await client.get({ index: 'heart rate', id: "ses/sion:1:é'()*!" });
    await client.indices.exists({ index: 'heart_rate' });
    expect(await signedFor({ service, region, credentials: BOB })).toEqual([true, true, true]);
  });

  it('are not taken for those of others', async () => {
    await bulk(clientWith(auth));
    const right = { service, region, credentials: BOB };
    const others: Scope[] = [
      { ...right, credentials: ALICE },
      { ...right, credentials: { ...BOB, secretAccessKey: 'wrong' } },
      { ...right, credentials: { ...BOB, sessionToken: 'wrong' } },
      { ...right, region: 'us-east-1' },
      { ...right, service: 'other' },
    ];
    for (const other of others) expect(await signedFor(other)).toEqual([false]);
    const [request] = listener.received;
    if (!request) throw new Error('Nothing was sent.');
    expect(await isSigned({ ...request, body: Buffer.from('changed') }, right)).toBe(false);
    expect(await isSigned({ ...request, url: '/_other' }, right)).toBe(false);
  });

  it('follow credentials that rotate in the environment', async () => {
    vi.stubEnv('AWS_REGION', region);
    const client = clientWith({ service });
    for (const { accessKeyId, secretAccessKey, sessionToken } of [ALICE, BOB, ALICE] as (typeof BOB)[]) {
      vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
      vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
      await bulk(client);
    }
    expect(await signedFor({ service, region, credentials: ALICE })).toEqual([true, false, true]);
    expect(await signedFor({ service, region, credentials: BOB })).toEqual([false, true, false]);
  });

  it('are each signed whole, by the credentials of their own client, where many are under way', async () => {
    const clients = [ALICE, BOB].map((credentials) =>
      clientWith({ service, region, credentials: async () => credentials }),
    );
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        clients[n % 2]?.get({ index: ['alice', 'bob'][n % 2] ?? '', id: `${n}` }),
      ),
    );
    for (const request of listener.received) {
      const credentials = request.url.startsWith('/alice/') ? ALICE : BOB;
      expect(await isSigned(request, { service, region, credentials })).toBe(true);
    }
    expect(listener.received).toHaveLength(20);
  });
});

describe('without usable credentials', () => {
  it.each([
    [undefined, 'AWS_ACCESS_KEY_ID'],
    [{ accessKeyId: '', secretAccessKey: '' }, 'accessKeyId'],
    [{ ...ALICE, sessionToken: 'two\nlines' }, 'accessKeyId'],
  ])('nothing is sent, and the error says what to do', async (credentials, hint) => {
    const client = clientWith({
      service: 'es',
      region: 'eu-west-1',
      ...(credentials && { credentials: async () => credentials }),
    });
    const error = await bulk(client, { compression: 'gzip' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(hint) });
    expect(inspect(error)).not.toMatch(/alice|two/);
    expect(listener.received).toEqual([]);
  });

  it('an error of who gives them comes through', async () => {
    const cause = new Error('The metadata service is away.');
    const credentials = () => Promise.reject(cause);
    await expect(bulk(clientWith({ service: 'es', region: 'eu-west-1', credentials }))).rejects.toBe(cause);
  });

  it('the region must be known', () => {
    expect(() => clientWith({ service: 'es' })).toThrow(/auth\.region.*AWS_REGION/);
  });

  it('no name of another service is signed for', () => {
    expect(() => clientWith({ service: 's3' as 'es', region: 'eu-west-1' })).toThrow('es or aoss');
  });
});

describe('requests by user and password', () => {
  it('send both, also with other headers', async () => {
    await bulk(clientWith({ username: 'ada', password: 'p:ä♥' }), { headers: { 'x-own': '1' } });
    expect(authorization()).toBe(basic('ada:p:ä♥'));
    expect(listener.received[0]?.headers).toMatchObject({ 'x-own': '1', 'content-type': expect.any(String) });
  });

  it.each([
    { username: 'a:b', password: 'secret' },
    { username: '', password: 'secret' },
    { username: 'ada', password: '' },
  ])('want both', (auth) => {
    expect(() => clientWith(auth)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('take them from the URL, with escapes, over those of the environment', async () => {
    vi.stubEnv('OPENSEARCH_USERNAME', 'environment');
    vi.stubEnv('OPENSEARCH_PASSWORD', 'its');
    await openSearchClient({ endpoint: listener.url.replace('//', '//ada:100%@') }).info();
    expect(authorization()).toBe(basic('ada:100%'));
    await openSearchClient({ endpoint: listener.url.replace('//', '//a%40da:%C3%A4@') }).info();
    expect(authorization()).toBe(basic('a@da:ä'));
    vi.stubEnv('OPENSEARCH_ENDPOINT', listener.url);
    await openSearchClient().info();
    expect(authorization()).toBe(basic('environment:its'));
  });

  it('refuse escapes that are no UTF-8, without showing them', () => {
    expect(() => openSearchClient({ endpoint: 'https://ada:%E4hush@example.com' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.not.stringContaining('hush') }),
    );
  });

  it('are none where auth is none', async () => {
    await openSearchClient({ endpoint: listener.url.replace('//', '//ada:x@'), auth: 'none' }).info();
    expect(authorization()).toBeUndefined();
  });
});

describe('the client', () => {
  it('asks under the path of the endpoint', async () => {
    await openSearchClient({ endpoint: `${listener.url}/search/` }).count({ index: 'heart_rate' });
    expect(listener.received[0]?.url).toBe('/search/heart_rate/_count');
  });

  it('sends nothing twice and nothing by itself, and asks again when it is asked to', async () => {
    const client = clientWith();
    for (const status of [503, 502, 504, 429]) {
      listener.answer(status);
      await expect(bulk(client)).rejects.toMatchObject({ statusCode: status });
    }
    listener.answer(200);
    await bulk(client);
    expect(listener.received.map(({ method }) => method)).toEqual(Array(5).fill('POST'));
  });

  it('gives a request up in the time that is set for it', async () => {
    listener.answer(undefined);
    await expect(bulk(clientWith(), { requestTimeout: 20 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each([undefined, '', 'search.example.com', 'search.example.com:9200', 'ftp://example.com'])(
    'wants a URL and not %j',
    (endpoint) => {
      expect(() => openSearchClient(endpoint === undefined ? {} : { endpoint })).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('https://') }),
      );
    },
  );

  it.each(['http://example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1:9200'])(
    'sends no secret in the clear to %s',
    (endpoint) => {
      for (const auth of [
        { username: 'ada', password: 'secret' },
        { service: 'es', region: 'eu-west-1' } as const,
      ])
        expect(() => openSearchClient({ endpoint, auth })).toThrow('plain HTTP');
      expect(() => openSearchClient({ endpoint: endpoint.replace('//', '//ada:secret@') })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret') }),
      );
      openSearchClient({ endpoint });
    },
  );

  it.each(['http://localhost:9200', 'http://[::1]:9200', 'http://127.1.2.3', 'https://example.com'])(
    'may send it to %s',
    (endpoint) => {
      openSearchClient({ endpoint, auth: { username: 'ada', password: 'secret' } });
    },
  );

  it.each<OpenSearchOptions['auth']>([
    { username: 'ada', password: 'hush' },
    { service: 'es', region: 'eu-west-1', credentials: async () => ({ ...ALICE, secretAccessKey: 'hush' }) },
  ])('shows no secret, nor do its errors', async (auth) => {
    listener.answer(403, '{"error":"no"}');
    const client = clientWith(auth);
    const failure = () => bulk(client).catch((error: unknown) => error);
    const refused = await failure();
    listener.close();
    const away = await failure();
    expect([refused, away]).toEqual([expect.any(Error), expect.any(Error)]);
    for (const thing of [client, refused, away]) {
      const shown = inspect(thing, { depth: 20, showHidden: true, getters: true });
      expect(shown).not.toMatch(/hush|AWS4-HMAC|Basic /);
      expect(shown).not.toContain(Buffer.from('ada:hush').toString('base64'));
    }
  });
});
