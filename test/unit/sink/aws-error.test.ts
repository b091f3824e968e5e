import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromAwsError, fromRecordError } from '../../../src/sink/aws-error.js';

const client = { config: { region: async () => 'eu-west-1' } };
const sort = (error: object) => fromAwsError(error, 'Kinesis stream rides', client);

afterEach(() => void vi.unstubAllEnvs());

describe('fromAwsError', () => {
  it.each([
    [{ name: 'ResourceNotFoundException', $fault: 'client' }, /create it first/],
    [{ name: 'AccessDeniedException', $fault: 'client' }, /allowed to write/],
    [{ name: 'ValidationException', $fault: 'client' }, /cause/],
  ])('rejects at once %o', async (error, remedy) => {
    const rejected = await sort(error);
    expect(rejected).toMatchObject({ code: 'DELIVERY_REJECTED', retriable: false });
    expect(rejected.message).toMatch(/^Kinesis stream rides in eu-west-1 refuses/);
    expect(rejected.message).toMatch(remedy);
  });

  it.each([
    { name: 'ExpiredTokenException', $fault: 'client' },
    { name: 'InternalFailure', $fault: 'server' },
    { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    { name: 'TimeoutError', message: 'socket' },
  ])('tries again after %o', async (error) => {
    expect(await sort(error)).toMatchObject({ code: 'DELIVERY_FAILED', retriable: true });
  });

  it.each([
    { name: 'ProvisionedThroughputExceededException', $fault: 'client' },
    { name: 'LimitExceededException', $fault: 'client' },
    { name: 'ThrottlingException', $fault: 'client' },
    { name: 'ServiceUnavailableException', $fault: 'server' },
  ])('knows that it is throttled by %o', async (error) => {
    expect(await sort(error)).toMatchObject({ code: 'DELIVERY_THROTTLED', retriable: true });
  });

  it('reads the answer for one record', () => {
    const codeOf = (code?: string) => fromRecordError(code, 'Kinesis stream rides')?.code;
    expect(codeOf()).toBeUndefined();
    expect(codeOf('ProvisionedThroughputExceededException')).toBe('DELIVERY_THROTTLED');
    expect(codeOf('InternalFailure')).toBe('DELIVERY_FAILED');
  });

  it('says what to do where the client has no region, as the client itself puts it', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null');
    const client = new KinesisClient({ credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    const call = client.send(new PutRecordsCommand({ StreamName: 'rides', Records: [] }));
    const error = await call.catch((reason: object) => fromAwsError(reason, 'Kinesis stream rides', client));
    expect(error).toMatchObject({
      code: 'DELIVERY_REJECTED',
      message: expect.stringMatching(/^Kinesis stream rides cannot be called\. .*AWS_REGION/),
    });
  });
});
