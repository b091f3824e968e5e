import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe as always, beforeAll, expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import { DATABASE, RESULTS, uploadArchive, WORKGROUP } from '../support/athena-archive.js';
import { type Script, startAthena } from '../support/athena-stand-in.js';
import { freePort } from '../support/free-port.js';
import { startMinistackPipeline } from '../support/ministack.js';
import { runProgram } from '../support/program.js';
import { sampleOf } from '../support/samples.js';
import type { Server } from '../support/server.js';
import { needs } from '../support/skip.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 120_000;
const { describe } = needs('aws');

const environment = (url: string) => ({
  ...{
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
    TZ: 'UTC',
    NODE_NO_WARNINGS: '1',
  },
  ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', OPENSEARCH_ENDPOINT: '' },
});
const start = (url: string, words: readonly string[], cwd?: string) =>
  runProgram(CLI, words, cwd, environment(url));
async function run(url: string, words: readonly string[], cwd?: string) {
  const program = start(url, words, cwd);
  const { code, output } = await program.ended(DEADLINE);
  return { code, output, stdout: program.stdout() };
}

describe('liveheartrate query --athena', () => {
  const anywhere = ['--athena', '--database', DATABASE];
  const athena = [...anywhere, '--workgroup', WORKGROUP];
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'query-athena-'));
    server = await startMinistackPipeline(1);
    const archive = await openArchive(join(folder, 'archive'));
    const times = (session: string, from: string, to: string) =>
      Array.from({ length: (Date.parse(to) - Date.parse(from)) / 600_000 }, (_, at) =>
        sampleOf(at, {
          session,
          timestamp: new Date(Date.parse(from) + at * 600_000),
          heartRate: 60 + at * 3,
        }),
      );
    // Around the changes of the clocks in Berlin, and in Santiago, where they are at midnight.
    await archive.append(times("it's autumn", '2025-10-25T23:00:00Z', '2025-10-26T03:00:00Z'));
    await archive.append(times('spring', '2026-03-28T23:00:00Z', '2026-03-29T03:00:00Z'));
    await archive.append(times('south', '2026-04-05T01:00:00Z', '2026-04-05T05:00:00Z'));
    await archive.close();
    await uploadArchive(server.url, join(folder, 'archive'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it.each([
    [['--sessions', '--tz', 'Europe/Berlin']],
    [['--session', "it's autumn", '--format', 'csv', '--tz', 'Europe/Berlin']],
    [['--zones', '--format', 'csv']],
    [['--between', '2025-10-26T02:30', '2025-10-26T03:00', '--tz', 'Europe/Berlin', '--json']],
    [['--between', '2026-03-29T01:30', '2026-03-29T03:30', '--tz', 'Europe/Berlin', '--json']],
    [['--between', '2026-03-29T02:30', '2026-03-29T04:30', '--tz', 'Europe/Berlin']],
    [['--between', '2026-04-04T23:30', '2026-04-05', '--tz', 'America/Santiago', '--sessions', '--json']],
    [
      [
        'SELECT "timestamp", session_id, rr_intervals IS NULL AS empty, heart_rate FROM heart_rate ORDER BY 1',
        '--json',
      ],
    ],
  ] as [string[]][])('answers as the local archive does: %j', async (words) => {
    const there = await run(server.url, ['query', ...athena, ...words]);
    const here = await run(server.url, ['query', ...words], folder);
    expect(here).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d/) });
    expect(there).toEqual(here);
  });

  it('has what was asked for, and not nothing', async () => {
    const between = ['--between', '2025-10-26T02:30', '2025-10-26T03:00', '--tz', 'Europe/Berlin', '--json'];
    const { stdout } = await run(server.url, ['query', ...anywhere, '--output', RESULTS, ...between]);
    // From the first 02:30 to 03:00 there are 90 minutes.
    expect(JSON.parse(stdout)).toMatchObject({ samples: 9, first: '2025-10-26T00:30:00.000Z' });
  });

  it('draws the same picture', async () => {
    const words = ['plot', '--session', 'spring', '--output', '-', '--tz', 'Europe/Berlin'];
    const there = await run(server.url, [...words, ...athena]);
    const here = await run(server.url, words, folder);
    expect(here.stdout).toContain('<svg');
    expect(there).toEqual(here);
  });

  it('says that nobody has said where the answers go', async () => {
    const { code, output } = await run(server.url, ['query', ...anywhere, '--sessions']);
    expect([code, output]).toEqual([1, expect.stringMatching(/^QUERY_FAILED: .*--output s3:/)]);
  });

  it('tells what Athena says of a query that fails', async () => {
    const { code, output } = await run(server.url, ['query', ...athena, 'SELECT nothing FROM heart_rate']);
    expect([code, output]).toEqual([1, expect.stringMatching(/^QUERY_FAILED: Athena .*nothing/)]);
  });
});

always('liveheartrate query --athena, whatever Athena answers', () => {
  let athena: Awaited<ReturnType<typeof startAthena>>;
  afterEach(() => athena.stop());
  async function answered(script: Script, ...words: string[]) {
    athena = await startAthena(script);
    return run(athena.url, ['query', '--athena', ...words]);
  }
  const called = () => athena.calls.map(({ action }) => action);
  const select = 'SELECT * FROM heart_rate';

  it('waits for it, and reads all pages, each value as what it is', async () => {
    const columns = [
      ['n', 'bigint'],
      ['at', 'timestamp'],
      ['zoned', 'timestamp with time zone'],
      ['day', 'varchar'],
      ['worn', 'boolean'],
      ['rr', 'array'],
    ] as const;
    const row = [
      '7',
      '2026-10-25 01:30:00.500',
      '2026-10-25 01:30:00.000 UTC',
      '2026-10-25',
      'true',
      '[1.0, 2.0]',
    ];
    const pages = [
      [columns.map(([name]) => name), row],
      [[null, null, null, null, null, null]],
      [['9007199254740993', ...row.slice(1)]],
    ];
    const script = { states: ['QUEUED', 'RUNNING', 'SUCCEEDED'], columns, pages };
    const words = ['--database', 'health', '--workgroup', 'w', '--output', 's3://b/r/', '--json'];
    const { code, stdout } = await answered(script, select, ...words);
    const read = {
      ...{ at: '2026-10-25T01:30:00.500Z', zoned: '2026-10-25T01:30:00.000Z', day: '2026-10-25' },
      ...{ worn: true, rr: '[1.0, 2.0]' },
    };
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { n: 7, ...read },
      { n: null, at: null, zoned: null, day: null, worn: null, rr: null },
      { n: '9007199254740993', ...read },
    ]);
    expect(athena.calls[0]?.body).toMatchObject({
      QueryString: select,
      QueryExecutionContext: { Database: 'health' },
      WorkGroup: 'w',
      ResultConfiguration: { OutputLocation: 's3://b/r/' },
    });
    expect(called().filter((action) => action === 'GetQueryResults')).toHaveLength(3);
  });

  it('asks with parameters in the words of Athena, which no session can leave', async () => {
    const columns = ['samples', 'first', 'last', 'maximum', 'minimum', 'difference', 'mean'];
    const pages = [[columns, ['0', null, null, null, null, null, null]]];
    const script = {
      states: ['SUCCEEDED'],
      columns: columns.map((name) => [name, 'bigint'] as const),
      pages,
    };
    const words = ['--session', "x' OR ''='", '--table', 'mine', '--day-format', 'yyyy/MM/dd'];
    await answered(
      script,
      ...words,
      '--between',
      '2025-10-26T02:30',
      '2025-10-26T03:00',
      '--tz',
      'Europe/Berlin',
    );
    expect(athena.calls[0]?.body).toMatchObject({
      QueryString: expect.stringMatching(/FROM "mine" .*'%Y\/%m\/%d'.*session_id = \?/s),
      ExecutionParameters: ["'2025-10-26 00:30:00.000'", "'2025-10-26 02:00:00.000'", "'x'' OR ''''='''"],
    });
  });

  it.each([
    [
      { states: ['RUNNING', 'FAILED'], reason: 'line 1:8: Column x' },
      'Athena has failed the query: line 1:8: Column x',
    ],
    [{ states: ['CANCELLED'] }, 'Athena has cancelled the query'],
    [
      {
        states: [],
        refusal: { status: 400, type: 'InvalidRequestException', message: 'No output location provided.' },
      },
      '--output s3://',
    ],
    [
      {
        states: [],
        refusal: { status: 400, type: 'AccessDeniedException', message: 'not allowed: athena:Start' },
      },
      'not allowed: athena:Start',
    ],
    [
      { states: [], refusal: { status: 403, type: 'ExpiredTokenException', message: 'token SECRET' } },
      'Sign in to AWS again',
    ],
  ] as [Script, string][])('says why it did not answer: %j', async (script, message) => {
    const { code, output, stdout } = await answered(script, select);
    expect([code, stdout, output]).toEqual([1, '', expect.stringContaining(message)]);
    expect(output).toMatch(/^QUERY_FAILED: /);
    expect(output).not.toContain('SECRET');
  });

  it('cancels the query at Ctrl-C, and where it takes too long', async () => {
    athena = await startAthena({ states: ['RUNNING'] });
    const program = start(athena.url, ['query', '--athena', select]);
    await expect.poll(called).toContain('GetQueryExecution');
    program.process.kill('SIGINT');
    expect(await program.ended(DEADLINE)).toEqual({ code: 130, output: '' });
    expect(called().at(-1)).toBe('StopQueryExecution');
    athena.calls.length = 0;
    await athena.stop();

    const late = await answered({ states: ['RUNNING'] }, select, '--timeout', '10s');
    expect(late).toMatchObject({ code: 1, output: expect.stringContaining('took too long') });
    expect(called().at(-1)).toBe('StopQueryExecution');
  });

  it('asks nothing but one SELECT', async () => {
    for (const sql of [
      'DROP TABLE heart_rate',
      '/* SELECT */ INSERT INTO t SELECT 1',
      "UNLOAD (SELECT 1) TO 's3://b/'",
    ]) {
      expect(await answered({ states: [] }, sql)).toMatchObject({ code: 2 });
      expect(called()).toEqual([]);
      if (!sql.startsWith('UNLOAD')) await athena.stop();
    }
  });

  it('says that Athena is away', async () => {
    athena = await startAthena({ states: [] });
    const { code, output } = await run(`http://127.0.0.1:${await freePort()}`, ['query', '--athena', select]);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/QUERY_FAILED: .*ECONNREFUSED.*Check the network/),
    ]);
  });
});
