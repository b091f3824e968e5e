import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import { runProgram } from '../support/program.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 30_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterEach(() => rm(folder, { recursive: true }));
const demo = (...words: string[]) => runProgram(CLI, ['demo', ...words], folder);

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
    const directory = await demo('--directory', 'file').ended(DEADLINE);
    expect(directory).toEqual({ code: 1, output: expect.stringContaining('ARCHIVE_FAILED: ') });
  });
});
