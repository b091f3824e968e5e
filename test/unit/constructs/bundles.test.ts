import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildFunctions } from '../../../constructs/scripts/bundle.mjs';
import { serializeSample } from '../../../src/sample/index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { runProgram } from '../../support/program.js';
import { sampleOf } from '../../support/samples.js';
import { startCloudFormation } from '../../support/setup/cloud-formation.js';
import { startCluster } from '../../support/setup/cluster.js';
import { startGuardedIndex, startSecretsManager } from '../../support/setup/secrets-manager.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LAMBDA = fileURLToPath(new URL('../../support/setup/lambda.cjs', import.meta.url));
/** For a process or two to start, milliseconds. */
const PATIENCE = 60_000;
const NAMES = ['indexer', 'setup', 'normalize'];
/** Where there are no packages, as in Lambda. */
const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const fileOf = (name: string, build = 'one') => join(folder, build, name, 'index.js');
beforeAll(async () => {
  await buildFunctions(join(folder, 'one'));
  await buildFunctions(join(folder, 'two'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let secrets: Awaited<ReturnType<typeof startSecretsManager>>;
beforeEach(async () => {
  secrets = await startSecretsManager(JSON.stringify({ username: 'writer', password: 'hunter2' }));
});
afterEach(() => secrets.close());

/** Runs one as Lambda does, where the AWS SDK is among what the runtime brings. */
const run = async (...how: Parameters<typeof ran>) => (await ran(...how)).answer;

/** The same, with what it writes. */
async function ran(name: string, event: unknown, env: Record<string, string>) {
  const words = [fileOf(name), JSON.stringify(event), '30000'];
  const { code, output } = await runProgram(LAMBDA, words, folder, {
    NODE_PATH: join(ROOT, 'node_modules'),
    ...env,
  }).ended(100_000);
  expect(output).not.toContain('hunter2');
  expect(code).toBe(0);
  return { output, answer: JSON.parse(/^ANSWER (.*)$/m.exec(output)?.[1] ?? '') as unknown };
}

it.each(NAMES)(
  '%s is the same byte for byte each time, small, and tells nothing of where it was made',
  (name) => {
    const bundle = readFileSync(fileOf(name));
    expect(bundle.equals(readFileSync(fileOf(name, 'two')))).toBe(true);
    expect(bundle.includes(ROOT)).toBe(false);
    expect(statSync(fileOf(name)).size).toBeLessThan(400 * 1_024);
  },
);

it(
  'indexer indexes in a process of its own, as the user in the secret',
  async () => {
    const index = await startGuardedIndex('writer:hunter2');
    try {
      const env = { OPENSEARCH_ENDPOINT: index.url, OPENSEARCH_SECRET_ARN: 'arn', ...secrets.environment };
      const answer = await run('indexer', kinesisEvent([serializeSample(sampleOf(0))]), env);
      expect(answer).toEqual({ batchItemFailures: [] });
      expect(index.asked.map(({ path }) => path)).toEqual(['/heart_rate-2026.11.23/_bulk']);
    } finally {
      index.close();
    }
  },
  PATIENCE,
);

it(
  'setup sets up everything in a process of its own, and tells CloudFormation',
  async () => {
    const cluster = await startCluster();
    const cloudFormation = await startCloudFormation();
    try {
      const endpoint = cluster.url;
      const known = { endpoint, auth: 'basic', secretArn: 'arn', index: 'heart_rate' };
      const index = {
        ...known,
        rotation: 'day',
        security: 'true',
        indexer: 'arn:aws:iam::111122223333:role/indexer',
      };
      const topicArn = 'arn:aws:sns:eu-central-1:111122223333:hearts';
      const serving = {
        ...known,
        name: 'Hearts',
        dashboards: `${endpoint}/_dashboards`,
        alert: 'true',
        topicArn,
      };
      await run('setup', cloudFormation.event('Custom::HeartRateIndex', index), secrets.environment);
      await run('setup', cloudFormation.event('Custom::HeartRateServing', serving), secrets.environment);
      expect(cloudFormation.told).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
      expect(cluster.templates.size).toBe(2);
      expect(cluster.security.rolesmapping.size).toBe(1);
      expect(cluster.dashboards.objects.size).toBeGreaterThan(1);
      expect(cluster.alerting.monitors.size).toBe(1);
      const users = new Set(cluster.asked.map(({ headers }) => headers.authorization));
      expect([...users]).toEqual([`Basic ${Buffer.from('writer:hunter2').toString('base64')}`]);
    } finally {
      cluster.close();
      cloudFormation.close();
    }
  },
  PATIENCE,
);

it(
  'normalize answers Firehose in a process of its own, and counts what is lost',
  async () => {
    const data = (...lines: string[]) => Buffer.from(lines.join('')).toString('base64');
    const line = serializeSample(sampleOf(0));
    const records = [
      { recordId: 'good', data: data(line) },
      { recordId: 'mixed', data: data(line, '{"heart_rate":"none"}\n', '{"heart_rate":"none"}\n') },
      { recordId: 'bad', data: data('none') },
    ];
    const env = { POWERTOOLS_METRICS_NAMESPACE: 'hearts', POWERTOOLS_SERVICE_NAME: 'Batch' };
    const { answer, output } = await ran('normalize', { invocationId: 'i', records }, env);
    expect(answer).toEqual({
      records: [
        { recordId: 'good', result: 'Ok', data: data(line) },
        { recordId: 'mixed', result: 'Ok', data: data(line) },
        { recordId: 'bad', result: 'ProcessingFailed', data: data('none') },
      ],
    });
    const told = JSON.parse(/^\{.*"_aws".*$/m.exec(output)?.[0] ?? '{}');
    expect(told).toMatchObject({ service: 'Batch', NotArchived: 3 });
    expect(told._aws.CloudWatchMetrics).toMatchObject([{ Namespace: 'hearts', Dimensions: [['service']] }]);
  },
  PATIENCE,
);
