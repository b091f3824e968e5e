import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultAuth } from '../../../src/opensearch/auth.js';

const NAMES = ['OPENSEARCH_AUTH', 'OPENSEARCH_USERNAME', 'OPENSEARCH_PASSWORD'];
beforeEach(() => {
  for (const name of NAMES) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});
const of = (url: string) => defaultAuth(new URL(url));

describe('without auth', () => {
  it.each([
    ['search-hearts-abc.eu-central-1.es.amazonaws.com', 'es', 'eu-central-1'],
    ['vpc-hearts-abc.us-gov-west-1.es.amazonaws.com', 'es', 'us-gov-west-1'],
    ['search-hearts-abc.cn-north-1.es.amazonaws.com.cn', 'es', 'cn-north-1'],
    ['search-hearts-abc.eusc-de-east-1.es.amazonaws.eu', 'es', 'eusc-de-east-1'],
    ['search-hearts-abc.aos.us-east-1.on.aws', 'es', 'us-east-1'],
    ['abc123.ap-southeast-2.aoss.amazonaws.com', 'aoss', 'ap-southeast-2'],
    ['abc123.us-east-2.aoss-fips.amazonaws.com', 'aoss', 'us-east-2'],
    ['abc123.aoss.us-west-2.on.aws', 'aoss', 'us-west-2'],
  ])('%s is signed for', (host, service, region) => {
    expect(of(`https://${host}`)).toEqual({ service, region });
  });

  it.each(['localhost', 'search.example.com', 'x.eu-central-1.es.amazonaws.com.example.org', '127.0.0.1'])(
    '%s is asked as nobody',
    (host) => {
      expect(of(`https://${host}`)).toBe('none');
    },
  );

  it('a user counts more than the name of the host', () => {
    expect(of('https://ada:x@search-a.eu-central-1.es.amazonaws.com')).toEqual({
      username: 'ada',
      password: 'x',
    });
  });
});

describe('OPENSEARCH_AUTH', () => {
  it.each([
    ['none', 'none'],
    ['es', { service: 'es' }],
    ['aoss', { service: 'aoss' }],
    ['basic', { username: 'ada', password: 'x' }],
    ['', { username: 'ada', password: 'x' }],
  ])('%j counts most', (word, auth) => {
    vi.stubEnv('OPENSEARCH_AUTH', word);
    expect(of('https://ada:x@search.example.com')).toEqual(auth);
  });

  it('basic wants a user', () => {
    vi.stubEnv('OPENSEARCH_AUTH', 'basic');
    expect(() => of('https://search.example.com')).toThrow(/OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD/);
  });

  it('is one of four words', () => {
    vi.stubEnv('OPENSEARCH_AUTH', 'sigv4');
    expect(() => of('https://search.example.com')).toThrow('none, basic, es, aoss');
  });
});
