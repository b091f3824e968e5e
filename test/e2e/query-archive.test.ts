import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import type { HeartRateSample } from '../../src/sample/index.js';
import { runProgram } from '../support/program.js';
import { sampleOf } from '../support/samples.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 120_000;
const ADDRESS = 'AA:BB:CC:DD:EE:FF';
const NAME = 'Strap "5", \u001b[2J';
const env = { OPENSEARCH_ENDPOINT: '', TZ: 'UTC' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'query-archive-'));
  const archive = await openArchive(join(folder, 'archive'));
  await archive.append(samples);
  await archive.close();
});
afterAll(() => rm(folder, { recursive: true }));

const of = (session: string, times: readonly [string, number][], name = NAME) =>
  times.map(
    ([time, heartRate], sequence): HeartRateSample =>
      sampleOf(sequence, { timestamp: new Date(time), heartRate, session, sensor: { id: ADDRESS, name } }),
  );
/** Around the changes of the clocks in Berlin, and in Adelaide. */
const samples = [
  ...of('autumn', [
    ['2025-10-26T00:30:00Z', 60],
    ['2025-10-26T00:30:01Z', 0],
    ['2025-10-26T01:30:00Z', 101],
  ]),
  ...of(
    'spring',
    [
      ['2026-03-29T00:59:59Z', 120],
      ['2026-03-29T01:00:00Z', 125],
    ],
    'Plain',
  ),
  ...of(
    'south',
    [
      ['2026-04-04T15:45:00Z', 70],
      ['2026-04-04T16:45:00Z', 80],
    ],
    'Plain',
  ),
];

async function run(...words: readonly string[]) {
  const program = runProgram(CLI, words, folder, env);
  const { code, output } = await program.ended(DEADLINE);
  return { code, output, stdout: program.stdout() };
}
const query = (...words: readonly string[]) => run('query', ...words);
const json = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('liveheartrate query of the archive in this folder', () => {
  it('shows each session with times as clocks show them, names that steer no terminal, and no address', async () => {
    const { code, output } = await query('--sessions', '--tz', 'Europe/Berlin');
    expect([code, output.split('\n')]).toEqual([
      0,
      [
        'All there is, Europe/Berlin',
        'session  sensor           first                          last                           samples  max  min  diff   mean',
        'autumn   Strap "5", \ufffd[2J  2025-10-26T02:30:00.000+02:00  2025-10-26T02:30:00.000+01:00        3  101   60    41   80.5',
        'spring   Plain            2026-03-29T01:59:59.000+01:00  2026-03-29T03:00:00.000+02:00        2  125  120     5  122.5',
        'south    Plain            2026-04-04T17:45:00.000+02:00  2026-04-04T18:45:00.000+02:00        2   80   70    10   75.0',
        '',
      ],
    ]);
    expect(output).not.toContain(ADDRESS);
  });

  it.each([
    // The first 02:30 of two, and up to the second 03:00.
    [['2025-10-26T02:30', '2025-10-26T03:00', 'Europe/Berlin'], { samples: 3, maximum: 101, minimum: 60 }],
    [['2025-10-26T02:30:00+01:00', '2025-10-26T03:00', 'Europe/Berlin'], { samples: 1, maximum: 101 }],
    // A time that clocks skip counts on from before: it is 03:00.
    [['2026-03-29T02:00', '2026-03-29T04:00', 'Europe/Berlin'], { samples: 1, maximum: 125 }],
    // In Adelaide 02:15 is there twice; and without a zone of their own times are of --tz.
    [['2026-04-05T02:15', '2026-04-05T02:16', 'Australia/Adelaide'], { samples: 1, maximum: 70 }],
    [['2026-04-05', '2026-04-06', 'Australia/Adelaide'], { samples: 2, maximum: 80 }],
  ])('answers between two local times %j', async ([a = '', b = '', tz = ''], expected) => {
    const { code, stdout } = await query('--between', a, b, '--tz', tz, '--json');
    expect([code, json(stdout)]).toEqual([0, [expect.objectContaining(expected)]]);
  });

  it('sums up one session, and all', async () => {
    expect((await query('--session', 'autumn', '--tz', 'Europe/Berlin')).stdout.split('\n')).toEqual([
      'All there is, Europe/Berlin',
      'samples     3',
      'first       2025-10-26T02:30:00.000+02:00',
      'last        2025-10-26T02:30:00.000+01:00',
      'maximum     101 bpm',
      'minimum     60 bpm',
      'difference  41 bpm',
      'mean        80.5 bpm',
      '',
    ]);
    expect(json((await query('--json')).stdout)).toMatchObject([
      { samples: 7, first: '2025-10-26T00:30:00.000Z' },
    ]);
    expect((await query('--last', '1s')).stdout).toMatch(/\nsamples {5}0\nfirst {7}–\n/);
  });

  it('shows the time in zones that are asked for', async () => {
    const { stdout } = await query('--zones', '100,110', '--session', 'spring', '--format', 'csv');
    expect(stdout).toBe(
      [
        'zone,from_rate,below_rate,samples,seconds,share',
        '0,0,100,0,0,0',
        '1,100,110,0,0,0',
        '2,110,,2,1,1',
        '',
      ].join('\r\n'),
    );
  });

  it('answers SQL as CSV, JSON and a table, with TIMESTAMP as UTC', async () => {
    const sql = `SELECT "timestamp", sensor_name, count(*) OVER () AS n, 9007199254740993 AS big, day
      FROM heart_rate WHERE session_id = 'autumn' ORDER BY 1 DESC LIMIT 1`;
    expect((await query(sql, '--format', 'csv', '--tz', 'Europe/Berlin')).stdout).toBe(
      `timestamp,sensor_name,n,big,day\r\n2025-10-26T02:30:00.000+01:00,"Strap ""5"", \u001b[2J",3,9007199254740993,2025-10-26\r\n`,
    );
    expect(json((await query(sql, '--json')).stdout)).toEqual([
      {
        timestamp: '2025-10-26T01:30:00.000Z',
        sensor_name: NAME,
        n: 3,
        big: '9007199254740993',
        day: '2025-10-26',
      },
    ]);
    expect((await query(sql)).stdout).toContain('2025-10-26T01:30:00.000+00:00  Strap "5", \ufffd[2J  3');
  });

  it('writes a long answer as it comes, and ends well when nobody reads it any more', async () => {
    const program = runProgram(
      CLI,
      ['query', 'SELECT * FROM range(100000000)', '--format', 'csv'],
      folder,
      env,
    );
    await program.says(/70000/, DEADLINE);
    program.process.stdout?.destroy();
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });

  it('is ended by Ctrl-C, and by its own deadline', async () => {
    const endless = 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b';
    const program = runProgram(CLI, ['query', endless], folder, env);
    // It tells nothing before it is done; it has begun by then, however busy the machine is.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    program.process.kill('SIGINT');
    expect(await program.ended(DEADLINE)).toEqual({ code: 130, output: '' });
    expect(await query(endless, '--timeout', '1s')).toMatchObject({
      code: 1,
      output: expect.stringContaining('QUERY_FAILED: The question took too long'),
    });
  });

  it('answers while the demonstration writes, in the folder of both', async () => {
    const busy = await mkdtemp(join(tmpdir(), 'query-demo-'));
    const demo = runProgram(CLI, ['demo', '--speed', '20'], busy);
    await demo.says(/indexed [1-9]/, DEADLINE);
    const program = runProgram(CLI, ['query', '--sessions', '--json'], busy, env);
    const { code } = await program.ended(DEADLINE);
    expect([code, json(program.stdout())]).toEqual([0, [expect.objectContaining({ sensor: 'Simulated 1' })]]);
    demo.process.kill('SIGINT');
    expect((await demo.ended(DEADLINE)).code).toBe(0);
    await rm(busy, { recursive: true });
  });

  it.each([
    [['SELECT 1', '--sessions'], 2, 'SQL says itself'],
    [['SELECT 1; SELECT 2'], 2, 'one SELECT'],
    [["COPY (SELECT 1) TO 'mine.csv'"], 1, 'ARCHIVE_FAILED'],
    [["SELECT * FROM read_text('archive/recent/recent.duckdb')"], 1, 'disabled by configuration'],
    [['SELECT nothing FROM heart_rate'], 1, 'nothing'],
    [['--sessions', '--zones'], 2, 'one of --sessions and --zones'],
    [['--zones', '120,110'], 2, 'zones must rise'],
    [['--json', '--format', 'csv'], 2, '--json is short'],
    [['--archive', 'archive', '--athena'], 2, 'all but one'],
    [['--workgroup', 'w'], 2, '--workgroup is of Athena'],
    [['--day-format', 'yyyy/MM/dd'], 2, '--day-format is of Athena'],
    [['--archive', 'none'], 1, 'There is no archive in the folder "none"'],
    [['SELECT 1', '--opensearch', 'http://127.0.0.1:9', '--last', '1h'], 2, 'leave --last'],
    [['--zones', '--opensearch', 'http://127.0.0.1:9', '--last', '1h'], 2, 'neither SQL nor --zones'],
  ] as [string[], number, string][])('says what is wrong: %j', async (words, code, message) => {
    expect(await query(...words)).toMatchObject({
      code,
      stdout: '',
      output: expect.stringContaining(message),
    });
  });
});

describe('liveheartrate plot', () => {
  it('draws the last session, or another one, in local times', async () => {
    expect(await run('plot', '--output', 'last.svg', '--tz', 'Australia/Adelaide')).toEqual({
      ...{ code: 0, output: '', stdout: '' },
    });
    const last = await readFile(join(folder, 'last.svg'), 'utf8');
    expect(last).toContain('2026-04-05 02:15:00 +10:30 to 2026-04-05 02:15:00 +09:30');
    expect(last).toContain('max 80, min 70, mean 75 bpm');
    const { stdout } = await run('plot', '--session', 'autumn', '--output', '-', '--tz', 'Europe/Berlin');
    expect(stdout).toMatch(/^<svg .*02:30:00 \+02:00 to 2025-10-26 02:30:00 \+01:00.*<\/svg>\n$/s);
    expect(stdout).toContain('Strap &quot;5&quot;, \ufffd[2J');
  });

  it('draws a PNG of a span', async () => {
    const words = ['--between', '2026-03-29', '2026-04-06', '--output', 'two.png'];
    expect(await run('plot', ...words)).toMatchObject({ code: 0, output: '' });
    expect((await readFile(join(folder, 'two.png'))).subarray(1, 4).toString()).toBe('PNG');
  });

  it.each([
    [[], 2, '--output'],
    [['--output', 'last.gif'], 2, '.svg or .png'],
    [['--output', 'none/last.svg'], 1, 'PLOT_FAILED: The picture cannot be written'],
    [['--output', 'x.svg', '--session', 'none'], 1, 'PLOT_FAILED: There is no heart rate'],
    [['--output', 'x.png', '--font', 'none.ttf'], 1, 'PLOT_FAILED: There is no font'],
    [['--output', 'x.svg', '--archive', 'none'], 1, 'There is no archive'],
  ] as [string[], number, string][])('says what is wrong: %j', async (words, code, message) => {
    expect(await run('plot', ...words)).toMatchObject({
      code,
      stdout: '',
      output: expect.stringContaining(message),
    });
  });
});
