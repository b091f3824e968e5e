import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { Client } from '@opensearch-project/opensearch';
import { from, lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { pythonOfVenv } from '../../scripts/servers.mjs';
import { sendTo } from '../../src/index.js';
import { kinesisSink } from '../../src/kinesis/index.js';
import { type HeartRateSample, serializeSample } from '../../src/sample/index.js';
import { awsClientConfig } from '../support/aws.js';
import { command } from '../support/command.js';
import { workGroupAt } from '../support/deploy/athena.js';
import { listObjects, readCode, readObject, stackResources } from '../support/deploy/aws-call.js';
import { type Deployment, type Outputs, prepareDeployment } from '../support/deploy/deployment.js';
import { type Archived, asAnswer, knownAnswers, rounded } from '../support/deploy/known-answers.js';
import { type ParquetRow, readParquet } from '../support/deploy/parquet.js';
import { sessionUntilNow } from '../support/deploy/session.js';
import { needs } from '../support/skip.js';

const { describe, aws, opensearch } = needs('aws', 'opensearch');

const INDIA = { timeZone: 'Asia/Kolkata', minutesEast: 330 };
const ZONES = [95, 114, 133, 152, 171];
const HOUR = 3_600_000;
const POISON = 'no sample at all';
const QUERIES = ['daily_summary', 'difference', 'latency', 'maximum', 'minimum', 'sessions', 'zones'];
/** What comes by itself, such as what Firehose delivers. */
const SOON = { timeout: 200_000, interval: 200 };

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

describe('the deployed pipeline', () => {
  const samples = sessionUntilNow();
  const [first] = samples as [HeartRateSample];
  const older = { timestamp: new Date(+first.timestamp - HOUR), heartRate: 61, rrIntervals: [] };
  const search = new Client({ node: opensearch.url, requestTimeout: 60_000 });
  const kinesis = new KinesisClient(awsClientConfig(aws.url));
  let deployment: Deployment;
  let outputs: Outputs;
  let archived: Archived[] = [];

  beforeAll(async () => {
    deployment = await prepareDeployment(aws.url, opensearch.url, { timeZone: INDIA.timeZone });
    await deployment.bootstrap();
    ({ outputs } = await deployment.deploy());
  });

  afterAll(async () => {
    kinesis.destroy();
    await search.close();
    await deployment?.close();
  });

  const monitors = () => [...deployment.plugins.monitors];
  const channels = () => [...deployment.plugins.channels];
  const savedObjects = () => [...deployment.plugins.savedObjects];
  const find = async (index: string, query: object) => {
    await search.indices.refresh({ index });
    const { body } = await search.search({ index, size: 10_000, body: { query } as never });
    return body.hits.hits as unknown as { _id: string; _source: Record<string, unknown> }[];
  };

  it('runs the indexer that is published, byte for byte', async () => {
    const { folder, constructs } = deployment;
    const zip = join(folder, 'code.zip');
    await writeFile(zip, await readCode(aws.url, 'Indexes heart-rate samples into OpenSearch'));
    await command([pythonOfVenv, '-m', 'zipfile', '-e', zip, join(folder, 'code')], { cwd: folder });
    const deployed = await readFile(join(folder, 'code', 'index.js'));
    expect(deployed.equals(await readFile(join(constructs, 'assets', 'indexer', 'index.js')))).toBe(true);
  });

  it('has prepared OpenSearch, its dashboards and its alerts', async () => {
    const { body } = await search.transport.request({ method: 'GET', path: '/_index_template/heart_rate' });
    expect(body).toMatchObject({
      index_templates: [
        {
          index_template: {
            template: {
              mappings: { properties: { timestamp: { type: 'date' } } },
              aliases: { heart_rate: {} },
            },
          },
        },
      ],
    });
    expect([...deployment.plugins.policies.keys()]).toEqual(['heart_rate']);
    const types = savedObjects().map(([, { type }]) => type);
    expect(types).toEqual(expect.arrayContaining(['index-pattern', 'visualization', 'dashboard']));
    expect(monitors()).toHaveLength(1);
    const [[channel, config] = []] = channels();
    expect(JSON.stringify(monitors())).toContain(`"destination_id":"${channel}"`);
    const topics = (await stackResources(aws.url, 'HeartRate'))['AWS::SNS::Topic'];
    expect(config).toMatchObject({ sns: { topic_arn: expect.toBeOneOf(topics ?? []) } });
  });

  it('answers every named query while there are no samples', async () => {
    const workGroup = workGroupAt(aws.url, outputs.WorkGroup);
    const queries = await workGroup.queries();
    const clocks = ['2026-11-23 00:00:00', '2026-11-24 00:00:00'];
    const answers = await Promise.all([...queries.values()].map((query) => workGroup.run(query, clocks)));
    expect(Object.fromEntries([...queries.keys()].map((name, at) => [name, answers[at]?.length]))).toEqual({
      ...{ maximum: 1, minimum: 1, difference: 1, latency: 1 },
      ...{ sessions: 0, daily_summary: 0, zones: ZONES.length + 1 },
    });
  });

  it('has every sample once in OpenSearch, and what is none beside them', async () => {
    const sink = kinesisSink({ streamName: outputs.StreamName, client: kinesis, pack: true });
    await lastValueFrom(from(samples).pipe(sendTo(sink)));
    const naive = older.timestamp.toISOString().replace('Z', '456');
    // A sample again, as after an answer that got lost; one as older producers write it; and no sample.
    for (const data of [
      serializeSample(first),
      JSON.stringify({ timestamp: naive, heart_rate: older.heartRate }),
      POISON,
    ]) {
      const record = { PartitionKey: 'older', Data: Buffer.from(data) };
      await kinesis.send(new PutRecordCommand({ StreamName: outputs.StreamName, ...record }));
    }

    const hits = await vi.waitFor(async () => {
      const found = await find('heart_rate', { match_all: {} });
      expect(found).toHaveLength(samples.length + 1);
      return found;
    }, SOON);
    await vi.waitFor(async () => {
      const rejected = (await find('heart_rate-rejected', { match_all: {} })).map(({ _source }) => _source);
      expect(rejected).toMatchObject([{ payload: JSON.stringify(POISON) }]);
    }, SOON);
    expect(new Set(hits.map(({ _id }) => _id)).size).toBe(samples.length + 1);
    const documents = hits
      .map(({ _source: { index_latency: _, ...document } }) => document)
      .sort((one, other) => Number(one.sequence ?? -1) - Number(other.sequence ?? -1));
    expect(documents).toEqual([older, ...samples].map((sample) => JSON.parse(serializeSample(sample))));
  });

  it('has every sample in Parquet, in the folder of the day', async () => {
    const days = [dayOf(new Date(Date.now() - HOUR)), dayOf(new Date())];
    const rows: (ParquetRow & { written: Date })[] = await vi.waitFor(async () => {
      const found = [];
      for (const { key, written } of await listObjects(aws.url, outputs.Archive, 'heart_rate/')) {
        expect(days.map((day) => `heart_rate/day=${day}`)).toContain(key.slice(0, key.lastIndexOf('/')));
        const { types, rows } = await readParquet(await readObject(aws.url, outputs.Archive, key));
        expect(types).toMatchObject({
          timestamp: 'TIMESTAMP',
          heart_rate: 'INTEGER',
          rr_intervals: 'DOUBLE[]',
        });
        found.push(...rows.map((row) => ({ ...row, written })));
      }
      // What was sent twice is there twice.
      expect(found).toHaveLength(samples.length + 2);
      return found;
    }, SOON);

    const bySequence = new Map(rows.map((row) => [row.sequence, row]));
    archived = [older, ...samples].flatMap((sample) => {
      const row = bySequence.get('sequence' in sample ? sample.sequence : null);
      return row ? { ...sample, written: row.written } : [];
    });
    expect([...bySequence.values()].sort((one, other) => one.timestamp - other.timestamp)).toMatchObject(
      archived.map((sample) => ({
        timestamp: sample.timestamp.getTime(),
        heart_rate: sample.heartRate,
        rr_intervals: sample.rrIntervals.length > 0 ? sample.rrIntervals : null,
        session_id: sample.session ?? null,
        sensor_id: sample.sensor?.id ?? null,
        sensor_name: sample.sensor?.name ?? null,
      })),
    );

    const errors = await listObjects(aws.url, outputs.Archive, 'errors/');
    expect(errors.map(({ key }) => key.split('/')[1])).toEqual(['processing-failed']);
    const error = JSON.parse(String(await readObject(aws.url, outputs.Archive, errors[0]?.key ?? '')));
    expect(Buffer.from(error.rawData, 'base64').toString()).toBe(POISON);
  });

  it.each(QUERIES)('knows the answer to the named query %s', async (name) => {
    const workGroup = workGroupAt(aws.url, outputs.WorkGroup);
    const query = (await workGroup.queries()).get(name);
    if (!query) throw new Error(`There is no query ${name}.`);
    expect(archived).toHaveLength(samples.length + 1);
    // Everything, and what begins within the session.
    for (const begin of [+older.timestamp, +first.timestamp + 1_000_000]) {
      const clocks = [begin, Date.now() + HOUR].map((time) =>
        new Date(time + INDIA.minutesEast * 60_000).toISOString().slice(0, -1).replace('T', ' '),
      );
      const known = archived.filter(({ timestamp }) => +timestamp >= begin);
      const answers = knownAnswers(known, { zones: ZONES, ...INDIA });
      expect(rounded(asAnswer(await workGroup.run(query, clocks)))).toEqual(rounded(answers[name] ?? []));
    }
  });

  it('changes the alert, the dashboards and the queries, and makes no second ones', async () => {
    const [before, keys] = [JSON.stringify(monitors()), savedObjects().map(([key]) => key)];
    const options = { above: '161', zones: '100,120,143' };
    await deployment.deploy(options);
    expect(JSON.stringify(monitors())).toBe(before.replaceAll('150', '161'));
    expect(channels()).toHaveLength(1);
    expect(savedObjects().map(([key]) => key)).toEqual(keys);
    expect(JSON.stringify(savedObjects())).toContain('143');
    const queries = await workGroupAt(aws.url, outputs.WorkGroup).queries();
    expect([...queries.keys()].sort()).toEqual(QUERIES);
    expect(queries.get('zones')?.QueryString).toContain('143');

    const changes = deployment.plugins.changes.length;
    expect((await deployment.deploy(options)).said).toContain('(no changes)');
    expect(deployment.plugins.changes).toHaveLength(changes);
  });

  it('leaves samples and dashboards when it is destroyed, and can be deployed again', async () => {
    const kept = (await deployment.resources()).filter(({ Type }) => /::(Bucket|Stream)$/.test(Type));
    expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(4).fill('RetainExceptOnCreate'));
    const keys = savedObjects().map(([key]) => key);

    await deployment.destroy();
    expect(await stackResources(aws.url, 'HeartRate')).toEqual({});
    expect([...monitors(), ...channels()]).toEqual([]);
    expect(savedObjects().map(([key]) => key)).toEqual(keys);
    expect(await find('heart_rate', { match_all: {} })).toHaveLength(samples.length + 1);
    expect(await listObjects(aws.url, outputs.Archive, 'heart_rate/')).not.toEqual([]);

    const again = await deployment.deploy();
    expect(again.outputs.Archive).not.toBe(outputs.Archive);
    expect([monitors().length, channels().length]).toEqual([1, 1]);
  });

  it('removes the alert where there is to be none', async () => {
    const keys = savedObjects().map(([key]) => key);
    await deployment.deploy({ alerts: 'false' });
    expect([...monitors(), ...channels()]).toEqual([]);
    expect(savedObjects().map(([key]) => key)).toEqual(keys);
  });
});
