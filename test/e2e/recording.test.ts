import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastValueFrom, toArray } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeHeartRateMeasurement } from '../../src/profile/index.js';
import { replay } from '../../src/recording/index.js';
import { packetOf, parseSamples } from '../../src/sample/index.js';
import { runProgram } from '../support/program.js';

const RECORDER = fileURLToPath(new URL('recorder.mjs', import.meta.url));
const LONG = 120_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a file gives; every packet must be that of its sample. */
async function readAll(path: string) {
  let malformed = 0;
  const options = { speed: Number.POSITIVE_INFINITY, onMalformed: () => malformed++ };
  const samples = await lastValueFrom(replay(path, options).pipe(toArray()));
  for (const sample of samples)
    expect(sample).toMatchObject(decodeHeartRateMeasurement(packetOf(sample) ?? new Uint8Array()));
  return { sequences: samples.map(({ sequence }) => sequence), malformed };
}

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, sequence) => sequence);

/** Waits until so many samples are in the file, of a program that goes on with it. */
const untilRecorded = (path: string, count: number) =>
  vi.waitFor(
    async () => expect(parseSamples(await readFile(path)).samples.length).toBeGreaterThanOrEqual(count),
    { timeout: LONG },
  );

describe('a program that records', () => {
  it('ends by itself when it unsubscribes, with every sample in the file', async () => {
    const path = join(folder, 'unsubscribed.jsonl');
    const program = runProgram(RECORDER, ['record', path]);
    await untilRecorded(path, 20);
    program.process.kill('SIGTERM');
    const { code, output } = await program.ended(LONG);
    const last = Number(/unsubscribed after (\d+)/.exec(output)?.[1]);
    expect(code).toBe(0);
    expect(await readAll(path)).toEqual({ sequences: upTo(last), malformed: 0 });
  });

  it('ends by itself when it unsubscribes before the file is open', async () => {
    const path = join(folder, 'at-once.jsonl');
    const { code, output } = await runProgram(RECORDER, ['record', path, 'at once']).ended(LONG);
    expect({ code, output }).toEqual({ code: 0, output: 'unsubscribed after -1\n' });
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('leaves a file that is replayed, and recorded to again, when it is killed', async () => {
    const path = join(folder, 'killed.jsonl');
    const kill = async (count: number) => {
      const program = runProgram(RECORDER, ['record', path]);
      await untilRecorded(path, count);
      program.process.kill('SIGKILL');
      await program.ended(LONG);
      return readAll(path);
    };
    const { sequences, malformed } = await kill(50);
    expect(sequences.length).toBeGreaterThanOrEqual(50);
    expect(sequences).toEqual(upTo(sequences.length - 1));
    expect(malformed).toBeLessThanOrEqual(1);

    const again = await kill(sequences.length + 10);
    const more = again.sequences.length - sequences.length;
    expect(again.sequences).toEqual([...sequences, ...upTo(more - 1)]);
    expect(again.malformed).toBeLessThanOrEqual(2);
  });
});

describe('a program that replays', () => {
  it('ends by itself when it unsubscribes while it waits for the next sample', async () => {
    const path = join(folder, 'replayed.jsonl');
    const recorder = runProgram(RECORDER, ['record', path]);
    await untilRecorded(path, 3);
    recorder.process.kill('SIGTERM');
    await recorder.ended(LONG);
    const { code, output } = await runProgram(RECORDER, ['replay', path, 'first']).ended(LONG);
    expect({ code, output }).toEqual({ code: 0, output: 'first\nunsubscribed after 0\n' });
  });
});
