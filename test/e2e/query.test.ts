import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe as always, beforeAll, expect, it } from 'vitest';
import { indexNames, openSearchClient, prepareIndex } from '../../src/opensearch/index.js';
import { type HeartRateSample, serializeSample } from '../../src/sample/index.js';
import { freePort } from '../support/free-port.js';
import { runProgram } from '../support/program.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const { describe, opensearch } = needs('opensearch');
const ADDRESS = 'AA:BB:CC:DD:EE:FF';

async function query(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const nothing = { OPENSEARCH_ENDPOINT: '', OPENSEARCH_INDEX: '', OPENSEARCH_AUTH: 'none', TZ: 'UTC' };
  const program = runProgram(CLI, ['query', ...words], undefined, { ...nothing, ...env });
  const { code, output } = await program.ended(120_000);
  return { code, output, stdout: program.stdout() };
}
const json = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('liveheartrate query', () => {
  const index = `heart_rate-${randomUUID()}`;
  const env = { OPENSEARCH_ENDPOINT: opensearch.url, OPENSEARCH_INDEX: index };
  const now = Date.now();
  const sensor = { id: ADDRESS, name: 'Strap\u001b[2J' };
  // Around the hour that Berlin has twice, and just now.
  const samples: HeartRateSample[] = [
    ['2026-10-25T00:30:00Z', 60, 'night'],
    ['2026-10-25T01:30:00Z', 0, 'night'],
    ['2026-10-25T02:30:00Z', 101, 'morning'],
    [now - 60_000, 120, 'now'],
    [now - 50_000, 125, 'now'],
  ].map(([time, heartRate, session], sequence) =>
    sampleOf(sequence, {
      timestamp: new Date(time as string | number),
      heartRate: Number(heartRate),
      session: String(session),
      sensor,
    }),
  );
  beforeAll(async () => {
    const client = openSearchClient({ endpoint: opensearch.url, auth: 'none' });
    await prepareIndex(client, { index });
    const names = indexNames(index, 'day');
    const lines = samples.map(
      (each) => `{"create":{"_index":"${names.of(each.timestamp)}"}}\n${serializeSample(each)}`,
    );
    await client.bulk({ body: lines.join(''), refresh: 'true' } as never);
  });

  it('answers for the last minutes', async () => {
    const { code, stdout } = await query(['--last', '15m', '--json'], env);
    expect(code).toBe(0);
    expect(json(stdout)).toMatchObject([
      { samples: 2, maximum: 125, minimum: 120, difference: 5, mean: 122.5 },
    ]);
  });

  it('answers between two local times, in the zone that is meant', async () => {
    const words = ['--between', '2026-10-25T02:00', '2026-10-25T03:30', '--tz', 'Europe/Berlin'];
    const expected = [
      '2026-10-25T02:00:00.000+02:00 to 2026-10-25T03:30:00.000+01:00, Europe/Berlin',
      'samples     2',
      'first       2026-10-25T02:30:00.000+02:00',
      'last        2026-10-25T02:30:00.000+01:00',
      'maximum     60 bpm',
      'minimum     60 bpm',
      'difference  0 bpm',
      'mean        60.0 bpm',
      '',
    ].join('\n');
    expect(await query(words, env)).toEqual({ code: 0, output: expected, stdout: expected });
    expect(await query(words.slice(0, 3), { ...env, TZ: 'Europe/Berlin' })).toMatchObject({
      stdout: expected,
    });
  });

  it('shows each session, with names that steer no terminal, and no address', async () => {
    const words = ['--between', '2026-10-25', '2026-10-26', '--sessions', '--opensearch', opensearch.url];
    const { code, output } = await query([...words, '--index', index]);
    expect(code).toBe(0);
    expect(output.split('\n').slice(1)).toEqual([
      'session  sensor     first                          last                           samples  max  min  diff   mean',
      'night    Strap�[2J  2026-10-25T00:30:00.000+00:00  2026-10-25T01:30:00.000+00:00        2   60   60     0   60.0',
      'morning  Strap�[2J  2026-10-25T02:30:00.000+00:00  2026-10-25T02:30:00.000+00:00        1  101  101     0  101.0',
      '',
    ]);
    const { stdout } = await query([...words, '--index', index, '--json', '--session', 'night']);
    expect(json(stdout)).toEqual([
      {
        ...{
          session: 'night',
          sensor: sensor.name,
          samples: 2,
          maximum: 60,
          minimum: 60,
          difference: 0,
          mean: 60,
        },
        ...{ first: '2026-10-25T00:30:00.000Z', last: '2026-10-25T01:30:00.000Z' },
      },
    ]);
    expect(output + stdout).not.toContain(ADDRESS);
  });

  it('answers that there is nothing', async () => {
    const words = ['--last', '30s', '--opensearch', opensearch.url, '--index', `missing-${randomUUID()}`];
    const { code, stdout } = await query(words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nsamples {5}0\nfirst {7}–\nlast {8}–\nmaximum {5}–\n.*mean {8}–\n$/s);
    expect((await query([...words, '--sessions', '--json'])).stdout).toBe('');
  });
});

always('liveheartrate query, asked wrongly', () => {
  const url = ['--opensearch', 'http://127.0.0.1:9'];
  it.each([
    [url, 'Say one of'],
    [[...url, '--last', '15m', '--between', '2026-11-23', '2026-11-24'], 'Say one of'],
    [[...url, '--last', '15'], 'such as 15m'],
    [[...url, '--between', '2026-11-24', '2026-11-23'], 'earlier time first'],
    [[...url, '--between', '2026-11-23', 'tomorrow'], 'tomorrow'],
    [[...url, '--last', '15m', '--tz', 'Mars/Olympus'], 'Europe/Berlin'],
    [[...url, '--sessions'], 'Say one of'],
    [[...url, '--last', '15m', '--zones'], 'neither SQL nor --zones'],
    [[...url, 'SELECT 1'], 'neither SQL nor --zones'],
    [['--last', '15m', '--opensearch', 'search.example.com'], 'https://'],
  ])('%j', async (words, message) => {
    expect(await query(words)).toMatchObject({
      code: 2,
      stdout: expect.not.stringContaining('bpm'),
      output: expect.stringContaining(message),
    });
  });

  it('says that OpenSearch is away', async () => {
    const words = ['--last', '15m', '--json', '--opensearch', `http://127.0.0.1:${await freePort()}`];
    const { code, output } = await query(words);
    expect(code).toBe(1);
    expect(json(output)).toMatchObject([{ error: { code: 'INDEX_UNAVAILABLE' } }]);
  });

  it('tells in its help who answers, and which times are meant', async () => {
    const { stdout } = await query(['--help']);
    expect(stdout).toMatch(
      /OPENSEARCH_ENDPOINT.*archive.*A counts, B no more.*time zone of this machine.*UTC/s,
    );
  });

  it('asks the OpenSearch of the environment, unless an archive is named', async () => {
    const away = { OPENSEARCH_ENDPOINT: `http://127.0.0.1:${await freePort()}` };
    expect((await query(['--last', '15m'], away)).output).toContain('INDEX_UNAVAILABLE');
    expect((await query(['SELECT 1'], away)).output).toContain('name an archive');
    expect((await query(['--archive', 'none', 'SELECT 1'], away)).output).toContain('There is no archive');
  });
});
