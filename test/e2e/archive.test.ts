import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openArchive } from '../../src/local/index.js';
import { soak } from '../support/chaos/soak.js';
import { runProgram } from '../support/program.js';

const APPENDER = fileURLToPath(new URL('appender.mjs', import.meta.url));
const ROUNDS = soak(25);
/** How late a process is killed at the latest, milliseconds. */
const LATEST = 75;
/** For whatever a process does by itself, milliseconds. */
const DEADLINE = 120_000;

it(`loses and doubles nothing when its process is killed ${ROUNDS} times, and lets nobody in meanwhile`, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'killed-'));
  const safe = new Map<string, number>();
  let killed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const session = `session-${round}`;
    const program = runProgram(APPENDER, [
      JSON.stringify({ directory, session, batches: round === 0 ? 1e6 : 10 }),
    ]);
    await program.says(/^50$/m, DEADLINE);
    if (round === 0) {
      await expect(openArchive(directory)).rejects.toThrow(
        expect.objectContaining({
          code: 'ARCHIVE_FAILED',
          message: expect.stringContaining('Another process'),
        }),
      );
    }
    await sleep((round / ROUNDS) * LATEST);
    program.process.kill('SIGKILL');
    const { output } = await program.ended(DEADLINE);
    if (!output.includes('closed')) killed++;
    safe.set(session, Math.max(...output.split('\n').map((line) => Number(line) || 0)));
  }

  const archive = await openArchive(directory);
  const rows = await archive.query(
    'SELECT session_id, count(*)::INT AS n, count(DISTINCT sequence)::INT AS d, max(sequence)::INT AS last FROM heart_rate GROUP BY 1',
  );
  const alone = new Map<unknown, number>();
  for (const session of safe.keys()) alone.set(session, (await archive.summary(session)).samples);
  await archive.close();
  await rm(directory, { recursive: true });
  expect(killed).toBeGreaterThan(ROUNDS / 4);
  expect(rows).toHaveLength(ROUNDS);
  for (const { session_id, n, d, last } of rows) {
    expect(n).toBeGreaterThanOrEqual(safe.get(String(session_id)) ?? Number.NaN);
    expect({ n, d }).toEqual({ n: Number(last) + 1, d: n });
    expect(alone.get(session_id)).toBe(n);
  }
});
