import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { guardOf } from '../../../src/dashboard/guard.js';

function ask(guard: ReturnType<typeof guardOf>, headers: IncomingHttpHeaders, path = '/live') {
  return guard.refuse({ headers } as IncomingMessage, new URL(path, 'http://dashboard'))?.status;
}

describe('the name under which it is asked', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1:7272', undefined],
    ['127.0.0.1', 'localhost:7272', undefined],
    ['127.0.0.1', '[::1]:7272', undefined],
    ['127.0.0.1', 'evil.example:7272', 421],
    ['127.0.0.1', '127.0.0.1.evil.example', 421],
    ['127.0.0.1', 'localhost.evil.example', 421],
    ['127.0.0.1', '192.168.1.4:7272', 421],
    ['127.0.0.1', 'user@evil.example', 421],
    ['127.0.0.1', '', 421],
    ['127.0.0.1', undefined, 421],
    ['0.0.0.0', '192.168.1.4:7272', undefined],
    ['0.0.0.0', '[fe80::1]:7272', undefined],
    ['0.0.0.0', 'localhost:7272', undefined],
    ['0.0.0.0', 'evil.example', 421],
    ['heart.lan', 'heart.lan:7272', undefined],
  ])('at %s, by %s: %s', (host, name, status) => {
    expect(ask(guardOf(host, 7272, undefined), { host: name })).toBe(status);
  });
});

describe('where the asking page is from', () => {
  const host = '127.0.0.1:7272';
  it.each([
    [undefined, undefined],
    ['http://127.0.0.1:7272', undefined],
    ['https://127.0.0.1:7272', undefined],
    ['http://127.0.0.1:8080', 403],
    ['http://evil.example', 403],
    ['null', 403],
  ])('%s: %s', (origin, status) => {
    expect(ask(guardOf('127.0.0.1', 7272, undefined), { host, ...(origin && { origin }) })).toBe(status);
  });
});

describe('a token', () => {
  const guard = guardOf('127.0.0.1', 7272, 'secret');
  const host = '127.0.0.1:7272';
  const cookie = guard.cookieFor(new URL('http://dashboard/?token=secret')) ?? '';

  it('comes in the URL, a header or a cookie', () => {
    expect(ask(guard, { host }, '/live?token=secret')).toBeUndefined();
    expect(ask(guard, { host, authorization: 'Bearer secret' })).toBeUndefined();
    expect(ask(guard, { host, cookie: `other=1; ${cookie.split(';')[0]}` })).toBeUndefined();
  });

  it('is wanted, and no other', () => {
    expect(ask(guard, { host })).toBe(401);
    expect(ask(guard, { host }, '/live?token=')).toBe(401);
    expect(ask(guard, { host }, '/live?token=secret2')).toBe(401);
    expect(ask(guard, { host, authorization: 'Bearer no' })).toBe(401);
    expect(ask(guard, { host, authorization: 'Basic secret' })).toBe(401);
    expect(ask(guard, { host, cookie: 'liveheartrate_7272=secret' })).toBe(401);
  });

  it('is in the cookie as something else, for this server and no script', () => {
    expect(cookie).toMatch(/^liveheartrate_7272=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('secret');
    const another = guardOf('127.0.0.1', 7272, 'other');
    expect(ask(another, { host, cookie: cookie.split(';')[0] })).toBe(401);
  });
});
