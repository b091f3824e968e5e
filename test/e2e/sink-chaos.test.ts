import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseSamples } from '../../src/sample/index.js';
import { seededRandom } from '../../src/simulator/random.js';
import { startAwsEndpoint } from '../support/aws-endpoint/endpoint.mjs';
import { Chance } from '../support/chaos/chance.js';
import { soak } from '../support/chaos/soak.js';
import { runProgram } from '../support/program.js';

const SPOOLER = fileURLToPath(new URL('spooler.mjs', import.meta.url));
const SAMPLES = soak(100_000);
const SESSIONS = 100;
/** How long the service is away, milliseconds. */
const OUTAGE = soak(30_000);
/** For what never ends, milliseconds. */
const DEADLINE = 1_500_000;
/** What a Node.js process with the SDK takes by itself, and 40 MB for what waits, in KiB. */
const MEMORY = 200_000;

it(`${SAMPLES} samples, and everything goes wrong at once: nothing is lost, and each session is in order`, {
  timeout: DEADLINE,
}, async () => {
  const { seed } = new Chance();
  console.log(`CHAOS_SEED=${seed}`);
  const directory = await mkdtemp(join(tmpdir(), 'sink-chaos-'));
  const endpoint = await startAwsEndpoint({ shards: 4, random: seededRandom(seed), latency: 2 });
  try {
    endpoint.faults = {
      ...{
        recordFails: 0.1,
        recordThrottled: 0.6,
        callThrottled: 0.05,
        internalFailure: 0.05,
        unavailable: 0.05,
      },
      ...{ resetBefore: 0.05, resetAfter: 0.05, slow: 0.1, slowMs: 200 },
    };
    const task = {
      ...{ url: endpoint.url, from: 0, to: SAMPLES, sessions: SESSIONS, closes: DEADLINE },
      ...{ spool: directory, capacity: 5_000, pack: { delay: 100 }, retry: { delay: 20, maxDelay: 1_000 } },
    };
    const program = runProgram(SPOOLER, [JSON.stringify(task)]);
    await program.says(/^5000$/m, DEADLINE);
    await endpoint.outage('refuse');
    await sleep(OUTAGE);
    await endpoint.outage(undefined);
    const { code, output } = await program.ended(DEADLINE);
    expect(code).toBe(0);

    const { delivered, dropped, unsettled, retries, throttles, maxRss } = JSON.parse(
      output.trimEnd().split('\n').at(-1) ?? '',
    ) as Record<string, number>;
    console.log({ retries, throttles, maxRss, calls: endpoint.calls.length });
    expect({ delivered, dropped, unsettled }).toEqual({ delivered: SAMPLES, dropped: 0, unsettled: 0 });
    expect(throttles).toBeGreaterThan(0);
    expect(maxRss).toBeLessThan(MEMORY);

    const identities = new Set<string>();
    const last = new Map<string, number>();
    for (const { text } of endpoint.records)
      for (const { session = '', sequence = -1 } of parseSamples(text).samples) {
        if (identities.has(`${session}:${sequence}`)) continue;
        identities.add(`${session}:${sequence}`);
        expect(sequence - (last.get(session) ?? sequence - SESSIONS)).toBe(SESSIONS);
        last.set(session, sequence);
      }
    expect(identities.size).toBe(SAMPLES);
  } finally {
    await endpoint.stop();
    await rm(directory, { recursive: true });
  }
});
