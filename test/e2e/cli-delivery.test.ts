import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSamples } from '../../src/sample/index.js';
import { type AwsEndpoint, startAwsEndpoint } from '../support/aws-endpoint/endpoint.mjs';
import { runProgram } from '../support/program.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 120_000;

let folder: string;
let aws: AwsEndpoint;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-delivery-'));
  aws = await startAwsEndpoint({ streams: ['rides'] });
});
afterEach(async () => {
  await aws.stop();
  await rm(folder, { recursive: true });
});

const start = (...words: string[]) =>
  runProgram(CLI, words, folder, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
async function run(...words: string[]) {
  const program = start(...words);
  const { code, output } = await program.ended(DEADLINE);
  return { code, output, stdout: program.stdout() };
}
const toAws = () => ['--region', 'us-east-1', '--endpoint', aws.url];
const stream = (...words: string[]) => ['stream', '--simulated', '1', ...words];
const arrived = () => parseSamples(aws.records.map(({ text }) => text).join('')).samples;
const sequences = () => arrived().map(({ sequence }) => sequence);
/** What a program is told of its delivery, on its standard error. */
const delivery = (output: string) => JSON.parse(/^\{"delivery":.*$/m.exec(output)?.[0] ?? '{}').delivery;

describe('stream', () => {
  it('delivers every sample to each place, and writes samples alone on its standard output', async () => {
    const places = ['--kinesis', 'rides', '--firehose', 'rides', '--file', 'ride.jsonl'];
    const { code, output, stdout } = await run(...stream('--count', '3', '--json', ...places, ...toAws()));
    expect(code).toBe(0);
    const { samples, rejected } = parseSamples(stdout);
    expect([samples.length, rejected]).toEqual([3, []]);
    expect(await readFile(join(folder, 'ride.jsonl'), 'utf8')).toBe(stdout);
    const of = (operation: string) =>
      aws.calls.filter((call) => call.operation === operation).reduce((sum, { records }) => sum + records, 0);
    expect([of('PutRecords'), of('PutRecordBatch')]).toEqual([3, 3]);
    expect(delivery(output)).toEqual(
      ['Kinesis stream rides', 'Firehose delivery stream rides', 'file ride.jsonl'].map((sink) => ({
        ...{ sink, delivered: 3, dropped: 0, left: 0 },
      })),
    );
  });

  it('keeps in the spool what an outage holds up, and delivers it the next time', async () => {
    await aws.outage('refuse');
    const words = stream('--count', '2', '--kinesis', 'rides', '--spool', 'spool', ...toAws());
    const away = await run(...words);
    expect(away).toMatchObject({ code: 0, output: expect.stringContaining('did not take the records') });
    expect(away.output).toMatch(/0 delivered, 2 left in the spool for the next time\n$/);

    await aws.outage(undefined);
    const back = await run(...words);
    expect(back).toMatchObject({ code: 0, output: expect.stringMatching(/rides: 4 delivered\n$/) });
    expect(sequences()).toEqual([0, 1, 0, 1]);
  });

  it('says so when an outage is over', async () => {
    aws.faults = { unavailable: true };
    const program = start(...stream('--kinesis', 'rides', ...toAws()));
    await program.says(/takes no more now|did not take the records/, DEADLINE);
    aws.faults = {};
    await program.says(/Kinesis stream rides: delivers again/, DEADLINE);
    program.process.kill('SIGINT');
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });

  it('settles at Ctrl-C what waits for more to go with it', async () => {
    const program = start(...stream('--kinesis', 'rides', '--pack', '600', ...toAws()));
    await program.says(/bpm/, DEADLINE);
    program.process.kill('SIGINT');
    const { code, output } = await program.ended(DEADLINE);
    expect(code).toBe(0);
    const count = Number(/rides: (\d+) delivered$/m.exec(output)?.[1]);
    expect(sequences()).toEqual(Array.from({ length: count }, (_, at) => at));
    expect(aws.records).toHaveLength(1);
  });

  it('ends at once with 1 where a stream does not exist', async () => {
    const nowhere = await run(...stream('--kinesis', 'no-such-stream', ...toAws()));
    expect(nowhere.code).toBe(1);
    expect(nowhere.output).toMatch(/^Kinesis stream no-such-stream: 0 delivered, 1 dropped$/m);
    expect(nowhere.output).toMatch(/^DELIVERY_REJECTED: .*no-such-stream.* create it first\.$/m);
  });

  it('goes on where a spool keeps what is refused, and ends with 1 where it still is', async () => {
    const words = stream('--count', '2', '--kinesis', 'no-such-stream', '--spool', 'spool', ...toAws());
    const refused = await run(...words);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('0 delivered, 2 left in the spool');
    expect(refused.output).toMatch(/^DELIVERY_REJECTED: /m);
  });

  it('ends with 1 where samples were dropped', async () => {
    const { code, output } = await run(...stream('--count', '2', '--file', 'missing/ride.jsonl', '--json'));
    expect(code).toBe(1);
    const [{ delivered, dropped }] = delivery(output);
    expect([delivered, dropped > 0]).toEqual([0, true]);
  });
});

describe('replay', () => {
  it('delivers a recording as fast as it is taken', async () => {
    expect((await run(...stream('--count', '3', '--record', 'ride.jsonl', '--json'))).code).toBe(0);
    const again = await run('replay', 'ride.jsonl', '--speed', 'max', '--kinesis', 'rides', ...toAws());
    expect(again).toMatchObject({ code: 0, output: expect.stringMatching(/rides: 3 delivered\n$/) });
    expect(sequences()).toEqual([0, 1, 2]);
  });
});

it.each([
  [['--spool', 'spool'], '--spool needs a place'],
  [['--file', 'a.jsonl', '--pack', '10'], '--pack needs a place'],
  [['--endpoint', 'http://127.0.0.1:9'], '--endpoint needs a place'],
  [['--kinesis', 'rides', '--endpoint', '127.0.0.1:9'], 'an address such as'],
  [['--kinesis', ''], 'must not be empty'],
])('stream %j is asked wrongly', async (words, message) => {
  const { code, output, stdout } = await run(...stream(...words));
  expect([code, stdout]).toEqual([2, '']);
  expect(output).toContain(message);
});
