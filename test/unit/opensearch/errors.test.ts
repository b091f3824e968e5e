import { inspect } from 'node:util';
import { errors } from '@opensearch-project/opensearch';
import { describe, expect, it } from 'vitest';
import { IndexUnavailableError } from '../../../src/opensearch/errors.js';

const request = { params: { body: 'heart_rate', headers: { authorization: 'Basic c2VjcmV0' } } };

describe('IndexUnavailableError', () => {
  it.each([
    [new errors.ConnectionError('connect ECONNREFUSED 127.0.0.1:9200'), 'ConnectionError, ECONNREFUSED'],
    [new errors.ConnectionError('getaddrinfo ENOTFOUND search.invalid'), 'ConnectionError, ENOTFOUND'],
    [new errors.ConnectionError('unable to verify: CERT_HAS_EXPIRED'), 'ConnectionError, CERT_HAS_EXPIRED'],
    [new errors.ConnectionError('self-signed; DEPTH_ZERO_SELF_SIGNED_CERT'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [Object.assign(new Error('no'), { name: 'ResponseError', statusCode: 403 }), 'ResponseError, status 403'],
    ['text', '(Error)'],
    [undefined, '(Error)'],
  ])('says in its message what happened, and what to do: %s', (cause, words) => {
    const error = new IndexUnavailableError(cause);
    expect(error).toMatchObject({ code: 'INDEX_UNAVAILABLE', retriable: true });
    expect(error.message).toContain(words);
    expect(error.message).toContain('Check that the endpoint is right, up, and lets this caller in.');
  });

  it('tells whether an answer came, or none in time', () => {
    expect(new IndexUnavailableError({ statusCode: 503 })).toMatchObject({ status: 503, timedOut: false });
    const late = new errors.TimeoutError('Request timed out', undefined as never);
    expect(new IndexUnavailableError(late)).toMatchObject({ status: undefined, timedOut: true });
  });

  it('holds no request', () => {
    const cause = new errors.ConnectionError('reset', { meta: { request } } as never);
    expect(inspect(cause, { depth: Infinity })).toContain('c2VjcmV0');
    const error = new IndexUnavailableError(cause);
    expect(inspect(error, { depth: Infinity })).not.toMatch(/c2VjcmV0|heart_rate/);
    expect(error.cause).toMatchObject({ name: 'ConnectionError', message: 'reset' });
  });
});
