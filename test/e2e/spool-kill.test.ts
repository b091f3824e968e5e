import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSamples } from '../../src/sample/index.js';
import { startAwsEndpoint } from '../support/aws-endpoint/endpoint.mjs';
import { Chance } from '../support/chaos/chance.js';
import { soak } from '../support/chaos/soak.js';
import { runProgram } from '../support/program.js';

const SPOOLER = fileURLToPath(new URL('spooler.mjs', import.meta.url));
const KILLS = soak(100);
/** How many are at hand in each round: more than it takes before it is killed. */
const SAMPLES = 20_000;
/** After how many groups of 50 a process is killed at the earliest. */
const GROUPS = 16;
/** For whatever a process does by itself, milliseconds. */
const DEADLINE = 200_000;

let directory: string;
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-'));
  endpoint = await startAwsEndpoint({ shards: 4 });
});
afterEach(async () => {
  await endpoint.stop();
  await rm(directory, { recursive: true });
});

interface Task {
  readonly from: number;
  readonly to: number;
  readonly durability?: 'os' | 'disk';
  /** Whether it ends without closing its sink. */
  readonly leaves?: boolean;
}

/** Starts a process that hands in some of the samples. */
const start = ({ durability = 'disk', ...task }: Task) =>
  runProgram(SPOOLER, [
    JSON.stringify({ url: endpoint.url, spool: { directory, durability }, pack: { delay: 20 }, ...task }),
  ]);

describe('a process with a spool that is killed', () => {
  it(`loses nothing that it has accepted, ${KILLS} times`, async () => {
    const chance = new Chance();
    console.log(`CHAOS_SEED=${chance.seed}`);
    let accepted = 0;
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      // In some rounds the service is away, so that what is accepted piles up.
      await endpoint.outage(kill % 4 === 1 ? 'refuse' : undefined);
      const program = start({ from: accepted, to: accepted + SAMPLES });
      // Some are accepted in each round, however slow the machine is.
      await program.says(new RegExp(`^(\\d+\n){${chance.between(1, GROUPS)}}`, 'm'), DEADLINE);
      await sleep(chance.between(0, 350));
      program.process.kill('SIGKILL');
      const { code } = await program.ended(DEADLINE);
      if (code === null) killed++;
      accepted = Number(program.stdout().trimEnd().split('\n').at(-1));
    }
    await endpoint.outage(undefined);
    const last = start({ from: accepted, to: accepted + 1 });
    expect(await last.ended(DEADLINE)).toMatchObject({ code: 0 });

    const arrived = new Map<number, string>();
    for (const { text } of endpoint.records) {
      const { samples, rejected } = parseSamples(text);
      expect(rejected).toEqual([]);
      text
        .trimEnd()
        .split('\n')
        .forEach((line, at) => {
          const sequence = samples[at]?.sequence ?? -1;
          // What comes twice is the same sample with the same identity.
          expect(arrived.get(sequence) ?? line).toBe(line);
          arrived.set(sequence, line);
        });
    }
    const lost = Array.from({ length: accepted }, (_, sequence) => sequence).filter(
      (each) => !arrived.has(each),
    );
    expect(lost).toEqual([]);
    expect(killed).toBeGreaterThan(0.9 * KILLS);
    expect(accepted).toBeGreaterThan(soak(20_000));
    const [folder = ''] = await readdir(directory);
    expect(await readdir(join(directory, folder))).toEqual([
      'checkpoint',
      expect.stringMatching(/^lock-\d+$/),
    ]);
  }, 1_500_000);
});

describe('a process with a spool that ends', () => {
  it.each([
    ['closes', false],
    ['does not close', true],
  ])(
    'and %s its sink while the service is away, does so by itself, and the next one sends the rest',
    async (_, leaves) => {
      await endpoint.outage('refuse');
      const away = start({ from: 0, to: 200, leaves });
      expect(await away.ended(DEADLINE)).toMatchObject({ code: 0 });
      expect(away.stdout()).toBe('50\n100\n150\n200\n');
      await endpoint.outage(undefined);
      const back = await start({ durability: 'os', from: 200, to: 250 }).ended(DEADLINE);
      expect(back.code).toBe(0);
      const sequences = endpoint.records.flatMap(({ text }) =>
        parseSamples(text).samples.map((s) => s.sequence),
      );
      expect(sequences.toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 250 }, (_, at) => at),
      );
    },
  );

  it('is the only owner of its spool, however many begin at once', async () => {
    const dead = start({ from: 0, to: 20_000 });
    await dead.says(/^50$/m, DEADLINE);
    dead.process.kill('SIGKILL');
    await dead.ended(DEADLINE);
    const many = Array.from({ length: 6 }, () => start({ from: 0, to: 20_000 }));
    const endings = await Promise.all(many.map((program) => program.ended(DEADLINE)));
    expect(endings.filter(({ code }) => code === 0)).toHaveLength(1);
    for (const { code, output } of endings)
      if (code !== 0) expect(output).toMatch(/SpoolError: .* in use by process/);
  });

  it('is refused the spool of another', async () => {
    const first = start({ from: 0, to: 1_000_000 });
    await first.says(/^50$/m, DEADLINE);
    const second = await start({ from: 0, to: 50 }).ended(DEADLINE);
    expect(second.code).toBe(1);
    expect(second.output).toMatch(
      new RegExp(`SpoolError: The spool .* is in use by process ${first.process.pid}. End that one`),
    );
    first.process.kill('SIGKILL');
    await first.ended(DEADLINE);
    expect(await start({ from: 0, to: 50 }).ended(DEADLINE)).toMatchObject({
      code: 0,
    });
  });
});
