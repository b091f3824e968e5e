import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serializeSample } from '../../../src/sample/index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';
import { startGuardedIndex, startSecretsManager } from '../../support/setup/secrets-manager.js';

const SECRET = JSON.stringify({ username: 'writer', password: 'hunter2' });
let secrets: Awaited<ReturnType<typeof startSecretsManager>>;
let index: Awaited<ReturnType<typeof startGuardedIndex>>;
let lines: string[];
beforeEach(async () => {
  vi.resetModules();
  secrets = await startSecretsManager(SECRET);
  index = await startGuardedIndex('writer:hunter2');
  for (const [name, value] of Object.entries(secrets.environment)) vi.stubEnv(name, value);
  vi.stubEnv('OPENSEARCH_ENDPOINT', index.url);
  vi.stubEnv('OPENSEARCH_AUTH', undefined);
  vi.stubEnv('OPENSEARCH_SECRET_ARN', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:writer');
  lines = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const level of ['log', 'debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((text: unknown) => void lines.push(String(text)));
  }
});
afterEach(() => {
  secrets.close();
  index.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const event = kinesisEvent([serializeSample(sampleOf(0)), serializeSample(sampleOf(1))]);
const handler = async () => (await import('../../../constructs/functions/indexer/index.js')).handler;
const DONE = { batchItemFailures: [] };

it('reads the user from the secret, at the first event and once', async () => {
  const index = await handler();
  expect(secrets.asked.length).toBe(0);
  await expect(index(event)).resolves.toEqual(DONE);
  await expect(index(event)).resolves.toEqual(DONE);
  expect(secrets.asked.map(({ body }) => JSON.parse(body.toString()))).toEqual([
    { SecretId: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:writer' },
  ]);
  expect(lines.join()).not.toMatch(/hunter2|writer/);
});

it('asks for no secret where none is named', async () => {
  vi.stubEnv('OPENSEARCH_SECRET_ARN', '');
  vi.stubEnv('OPENSEARCH_USERNAME', 'writer');
  vi.stubEnv('OPENSEARCH_PASSWORD', 'hunter2');
  await expect((await handler())(event)).resolves.toEqual(DONE);
  expect(secrets.asked.length).toBe(0);
});

it('fails where the secret cannot be read, says what to do, and reads it at the next event', async () => {
  const index = await handler();
  secrets.fail(1, /./, [400, { __type: 'AccessDeniedException', message: 'about hunter2' }]);
  const error = await index(event).catch((reason: Error) => reason);
  expect(error).toMatchObject({
    name: 'CredentialsError',
    message: expect.stringMatching(/AccessDeniedException.*secretsmanager:GetSecretValue/),
  });
  expect(String(error)).not.toContain('hunter2');
  await expect(index(event)).resolves.toEqual(DONE);
});

it.each([
  'hunter2',
  'null',
  '"hunter2"',
  '{"username":"writer"}',
  '{"username":"writer","password":""}',
  '{"username":1,"password":"hunter2"}',
])('fails where the secret is something else, without saying what: %s', async (text) => {
  secrets.rotate(text);
  const error = await (await handler())(event).catch((reason: Error) => reason);
  expect(error).toMatchObject({
    message: expect.stringContaining('must be JSON with the texts username and password'),
  });
  expect(`${error} ${lines}`).not.toContain('hunter2');
});

it('hands back what is refused, and reads the secret again for the next event', async () => {
  const handle = await handler();
  await expect(handle(event)).resolves.toEqual(DONE);
  secrets.rotate(JSON.stringify({ username: 'writer', password: 'hunter3' }));
  index.allow('writer:hunter3');
  await expect(handle(event)).resolves.toMatchObject({
    batchItemFailures: [{ itemIdentifier: expect.anything() }],
  });
  await expect(handle(event)).resolves.toEqual(DONE);
  expect(secrets.asked.length).toBe(2);
});
