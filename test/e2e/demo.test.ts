import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import { openSearchClient } from '../../src/opensearch/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { freePort } from '../support/free-port.js';
import { watch, watchBySocket } from '../support/live.js';
import { type Program, runProgram } from '../support/program.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 120_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterEach(() => rm(folder, { recursive: true }));
const demo = (...words: string[]) => runProgram(CLI, ['demo', '--port', '0', ...words], folder);
/** Where the page is. */
async function pageOf(program: Program): Promise<string> {
  await program.says(/^Open http:\S+$/m, DEADLINE);
  return /^Open (\S+)$/m.exec(program.stdout())?.[1] ?? '';
}

describe('the demonstration', () => {
  it('shows the live rate, ends after --seconds, and sums the session up by SQL over the archive', async () => {
    const { code, output } = await demo('--seconds', '2', '--speed', '30').ended(DEADLINE);
    expect(code).toBe(0);
    expect(output).toMatch(/^♥ \d+ bpm {3}samples \d+ {3}indexed \d+$/m);

    const archive = await openArchive(join(folder, 'archive'));
    const parquet = `read_parquet('${join(folder, 'archive', 'heart_rate', '*', '*.parquet')}')`;
    const [row = {}] = await archive.query(
      `SELECT count(*)::INT AS n, max(heart_rate) AS hi, min(heart_rate) AS lo, min("timestamp") AS t0, any_value(session_id) AS id FROM ${parquet}`,
    );
    await archive.close();
    expect(row.n).toBeGreaterThan(10);
    expect(output).toContain(`session    ${row.id}\n`);
    expect(output).toContain(`samples    ${row.n}\n`);
    expect(output).toContain(`first      ${(row.t0 as Date).toISOString()}\n`);
    expect(output).toContain(`maximum    ${row.hi} bpm\n`);
    expect(output).toContain(`minimum    ${row.lo} bpm\n`);
    expect(output).toContain(`difference ${Number(row.hi) - Number(row.lo)} bpm\n`);
    expect(output).toMatch(/mean {7}[\d.]+ bpm\n/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly at a %s, with every sample archived',
    async (signal) => {
      const program = demo('--speed', '20');
      await program.says(/indexed [1-9]/, DEADLINE);
      program.process.kill(signal);
      const { code, output } = await program.ended(DEADLINE);
      expect(code).toBe(0);
      const shown = [...output.matchAll(/samples (\d+) /g)].map(([, count]) => Number(count));
      const summed = Number(/samples {4}(\d+)/.exec(output)?.[1]);
      expect(summed).toBeGreaterThanOrEqual(Math.max(...shown));
      const archive = await openArchive(join(folder, 'archive'));
      const [row = {}] = await archive.query('SELECT count(*)::INT AS n FROM heart_rate');
      await archive.close();
      expect(row.n).toBe(summed);
    },
  );

  it('says that samples were dropped, where they come faster than they are stored', async () => {
    // Far more than any machine stores, until more has come than the sink holds.
    const program = demo('--sensors', '100', '--speed', '300');
    await program.says(/samples \d+ {3}indexed \d+ {3}dropped [1-9]\d*$/m, DEADLINE);
    program.process.kill('SIGINT');
    const { code, output } = await program.ended(DEADLINE);
    const [, dropped] = /^ {2}dropped {4}(\d+)$/m.exec(output) ?? [];
    expect(output).toContain(`${dropped} samples were dropped, of those that were shown: they came faster`);
    expect(code).toBe(1);
  });

  it('shows at least one sample, however short it is', async () => {
    const { code, output } = await demo('--seconds', '0.1').ended(DEADLINE);
    expect(code).toBe(0);
    expect(output).toMatch(/^ {2}samples {4}[1-9]/m);
  });

  it('ends cleanly, with what it has archived, when nobody reads it any more', async () => {
    const program = demo('--speed', '20');
    await program.says(/indexed [1-9]/, DEADLINE);
    program.process.stdout?.destroy();
    const { code } = await program.ended(DEADLINE);
    expect(code).toBe(0);
    const archive = await openArchive(join(folder, 'archive'));
    const [row = {}] = await archive.query('SELECT count(*)::INT AS n FROM heart_rate');
    await archive.close();
    expect(row.n).toBeGreaterThan(0);
  });

  it('says what is wrong with an option, and with a folder that cannot be used', async () => {
    const option = await demo('--seconds', 'soon').ended(DEADLINE);
    expect(option).toEqual({ code: 2, output: expect.stringContaining('It must be a positive number') });
    const seed = await demo('--seed', 'x').ended(DEADLINE);
    expect(seed).toEqual({ code: 2, output: expect.stringContaining('INVALID_ARGUMENT: seed') });
    await writeFile(join(folder, 'file'), '');
    const directory = await demo('--archive', 'file').ended(DEADLINE);
    expect(directory).toEqual({ code: 1, output: expect.stringContaining('ARCHIVE_FAILED: ') });
  });
});

describe('the demonstration on a page', () => {
  it('shows each sample of several straps to all viewers, and sums each session up at the end', async () => {
    const program = demo(
      '--sensors',
      '3',
      '--speed',
      '5',
      '--seconds',
      '4',
      '--alert-above',
      '40',
      '--zones',
      '60,70',
    );
    const page = await pageOf(program);
    const viewers = [await watch(page), await watchBySocket(page)];
    const { code, output } = await program.ended(DEADLINE);
    expect(code).toBe(0);
    await Promise.all(viewers.map(({ closed }) => closed));

    const archive = await openArchive(join(folder, 'archive'));
    const rows = await archive.query('SELECT session_id, sequence, heart_rate FROM heart_rate');
    const sums = await archive.query(
      'SELECT any_value(sensor_name) AS name, count(*)::INT AS n, max(heart_rate) AS hi, min(heart_rate) AS lo FROM heart_rate GROUP BY session_id',
    );
    await archive.close();
    const archived = new Map(rows.map((row) => [`${row.session_id}:${row.sequence}`, row.heart_rate]));
    expect(sums).toHaveLength(3);
    for (const { name, n, hi, lo } of sums)
      expect(output).toMatch(new RegExp(`^  ${name} +${n} +${hi} +${lo} +${Number(hi) - Number(lo)} `, 'm'));
    for (const viewer of viewers) {
      const seen = viewer.all('sample');
      expect(seen.length).toBeGreaterThan(20);
      for (const { session_id: session, sequence, heart_rate: rate } of seen)
        expect(archived.get(`${session}:${sequence}`)).toBe(rate);
      expect(viewer.all('hello')).toMatchObject([
        { source: '3 simulated straps', store: 'embedded', zones: [60, 70], alert: { above: 40, below: 35 } },
      ]);
      expect(new Set(viewer.all('alert').map(({ sensor_id: id }) => id)).size).toBe(3);
    }
  });

  it('shows a recording from its first sample to its end, and stays', async () => {
    const samples = Array.from({ length: 5 }, (_, at) => sampleOf(at));
    await writeFile(join(folder, 'ride.jsonl'), samples.map(serializeSample).join(''));
    const program = demo('--replay', 'ride.jsonl', '--speed', '20');
    const page = await pageOf(program);
    const viewer = await watch(page);
    await expect
      .poll(() => viewer.all('status').at(-1))
      .toMatchObject({ state: 'ended', reason: 'The recording is over.' });
    expect(viewer.all('hello')).toMatchObject([{ source: 'recording ride.jsonl' }]);
    const history = await (await fetch(new URL('/history', page))).json();
    expect(history).toMatchObject({ sessions: [{ session_id: 'ride', sequence: [0, 1, 2, 3, 4] }] });
    await expect.poll(() => viewer.all('latency').at(-1)?.samples).toBe(5);
    expect(viewer.all('latency').at(-1)?.p99).toBeLessThan(60_000);
    // With somebody who still watches.
    program.process.kill('SIGTERM');
    const { code, output } = await program.ended(DEADLINE);
    expect(code).toBe(0);
    expect(output).toContain('  samples    5\n');
    await viewer.closed;
  });

  it('finds what it has shown before again after a restart', async () => {
    const first = demo('--seconds', '2');
    expect((await first.ended(DEADLINE)).code).toBe(0);
    const session = /session {4}(\S+)/.exec(first.stdout())?.[1];
    const second = demo();
    const history = await (await fetch(new URL('/history', await pageOf(second)))).json();
    expect(history).toMatchObject({
      sessions: expect.arrayContaining([expect.objectContaining({ session_id: session })]),
    });
    second.process.kill('SIGTERM');
    expect((await second.ended(DEADLINE)).code).toBe(0);
  });

  it('wants its token, and says it once, in the URL', async () => {
    const program = demo('--token', 'open-sesame', '--seconds', '1');
    const page = await pageOf(program);
    expect(page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=open-sesame$/);
    await expect(watch(page)).rejects.toThrow('401');
    const viewer = await watch(page, { authorization: 'Bearer open-sesame' });
    const { output } = await program.ended(DEADLINE);
    await viewer.closed;
    expect(output.match(/sesame/g)).toHaveLength(1);
  });

  it('takes the port that is wanted, or says that it is taken', async () => {
    const port = String(await freePort());
    const program = demo('--port', port);
    expect(await pageOf(program)).toBe(`http://127.0.0.1:${port}/`);
    const other = runProgram(CLI, ['demo', '--port', port, '--archive', 'other'], folder);
    expect(await other.ended(DEADLINE)).toEqual({
      code: 1,
      output: expect.stringMatching(/^LISTEN_FAILED: Port \d+ is taken/),
    });
    program.process.kill('SIGTERM');
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });

  it.each([
    [['--simulate', '--ble'], 'cannot be used with'],
    [['--ble', '--replay', 'x'], 'cannot be used with'],
    [['--replay', 'x', '--sensors', '2'], 'cannot be used with'],
    [['--ble', '--speed', '2'], 'cannot be used with'],
    [['--name', 'x'], '--name wants --ble'],
    [['--port', '65536'], '65,535'],
    [['--zones', '1,x'], 'whole number'],
    [['--zones', '90,80'], 'zones must rise'],
    [['--alert-above', '100', '--alert-below', '120'], 'alert.above'],
    [['--token', 'two words'], 'token must be'],
  ])('is asked wrongly by %j', async (words, message) => {
    expect(await demo(...words).ended(DEADLINE)).toEqual({
      code: 2,
      output: expect.stringContaining(message),
    });
  });

  it('says that a recording is not there, and that OpenSearch is away', async () => {
    const missing = await demo('--replay', 'missing.jsonl').ended(DEADLINE);
    expect(missing).toEqual({ code: 1, output: expect.stringContaining('RECORDING_FAILED: ') });
    const away = await demo('--opensearch', `http://127.0.0.1:${await freePort()}`).ended(DEADLINE);
    expect(away).toEqual({ code: 1, output: expect.stringMatching(/^INDEX_UNAVAILABLE: /) });
  });
});

const { describe: withOpenSearch, opensearch } = needs('opensearch');
withOpenSearch('the demonstration with OpenSearch', () => {
  it('indexes there what it shows and archives', async () => {
    const index = `heart_rate-${randomUUID()}`;
    const env = { OPENSEARCH_INDEX: index, OPENSEARCH_AUTH: 'none' };
    const words = ['demo', '--port', '0', '--opensearch', opensearch.url, '--sensors', '2'];
    const program = runProgram(CLI, words, folder, env);
    const viewer = await watch(await pageOf(program));
    // The first document makes an index, which takes its time.
    await program.says(/indexed [1-9]/, DEADLINE);
    program.process.kill('SIGTERM');
    expect((await program.ended(DEADLINE)).code).toBe(0);
    expect(viewer.all('hello')).toMatchObject([{ store: 'OpenSearch' }]);
    const archive = await openArchive(join(folder, 'archive'));
    const [row = {}] = await archive.query('SELECT count(*)::INT AS n FROM heart_rate');
    await archive.close();
    const client = openSearchClient({ endpoint: opensearch.url, auth: 'none' });
    await client.indices.refresh({ index });
    const { body } = await client.count({ index });
    expect(row.n).toBeGreaterThan(0);
    expect(body.count).toBe(row.n);
  });
});
