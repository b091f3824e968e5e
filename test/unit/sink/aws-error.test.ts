import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromAwsError } from '../../../src/sink/aws-error.js';

const sort = (error: object) => fromAwsError(error, 'Kinesis stream rides');

afterEach(() => void vi.unstubAllEnvs());

describe('fromAwsError', () => {
  it.each([
    [{ name: 'ResourceNotFoundException', $fault: 'client' }, /create it first/],
    [{ name: 'AccessDeniedException', $fault: 'client' }, /allowed to write/],
    [{ name: 'CredentialsProviderError', message: 'Could not load credentials' }, /credentials/],
    [{ name: 'ValidationException', $fault: 'client' }, /cause/],
  ])('rejects at once %o', (error, remedy) => {
    expect(sort(error)).toMatchObject({
      code: 'DELIVERY_REJECTED',
      retriable: false,
      message: expect.stringMatching(remedy),
    });
  });

  it.each([
    { name: 'ProvisionedThroughputExceededException', $fault: 'client' },
    { name: 'ExpiredTokenException', $fault: 'client' },
    { name: 'InternalFailure', $fault: 'server' },
    { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    { name: 'TimeoutError', message: 'socket' },
  ])('tries again after %o', (error) => {
    expect(sort(error)).toMatchObject({ code: 'DELIVERY_FAILED', retriable: true });
  });

  it('says what to do where the client has no region, as the client itself puts it', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null');
    const client = new KinesisClient({ credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    const call = client.send(new PutRecordsCommand({ StreamName: 'rides', Records: [] }));
    const error = await call.catch((reason: object) => sort(reason));
    expect(error).toMatchObject({
      code: 'DELIVERY_REJECTED',
      message: expect.stringContaining('AWS_REGION'),
    });
  });
});
