import { filter, firstValueFrom, timeout } from 'rxjs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { nobleCentral } from '../../src/noble/index.js';
import { type Central, connect, type SensorStatus } from '../../src/sensor/index.js';
import { Chance } from '../support/chaos/chance.js';
import { SILENCE } from '../support/chaos/faults.js';
import { Ledger } from '../support/chaos/ledger.js';
import { type Blow, FAULTS, plan } from '../support/chaos/plan.js';
import { Pulse } from '../support/chaos/pulse.js';
import { needs } from '../support/skip.js';
import type { RigEventName } from '../support/strap/protocol.js';
import { loadNoble, startVirtualStrap, type VirtualStrap } from '../support/strap/virtual-strap.js';

/** How long the damage of one round may take to be mended, milliseconds: far more than it does. */
const MENDED = 120_000;
/** Less than the silence: whatever is no longer handed on is missed before the silence explains it, milliseconds. */
const TRANSIT = SILENCE / 2;
/** No more than the numbers of the packets suffice for, milliseconds. */
const LONGEST_RUN = 600_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Everything that goes wrong with straps and adapters, many times over in one session, for one fork of noble. */
export function nobleChaosSuite(fork: '@abandonware/noble' | '@stoprocent/noble'): void {
  const { describe } = needs('strap');

  describe(`the noble central with ${fork} in chaos`, () => {
    let strap: VirtualStrap;
    let central: Central;
    beforeAll(async () => {
      strap = await startVirtualStrap({ advertisingMs: 20 });
      central = nobleCentral({ noble: loadNoble(fork, strap.port) });
    });
    afterAll(() => strap?.stop());
    const count = (name: RigEventName) => strap.events.filter(({ event }) => event === name).length;
    const links = () => count('connected') - count('disconnected');

    it(`hands on every packet once and in order through ${FAULTS} faults`, {
      timeout: LONGEST_RUN,
    }, async () => {
      const chance = new Chance();
      console.info(`${fork}: this chaos again with CHAOS_SEED=${chance.seed}`);
      const rounds = plan(chance);
      expect(rounds.flat()).toHaveLength(FAULTS);

      const pulse = new Pulse(strap);
      const ledger = new Ledger(pulse.sent, TRANSIT);
      const statuses: SensorStatus[] = [];
      const sensor = connect(central, {
        name: strap.sensors[0]?.name,
        silence: SILENCE,
        // Longer than it takes to recognise a strap by its name.
        timeout: 3_000,
        // At times so long that the adapter is let go meanwhile.
        reconnect: { delay: 50, maxDelay: 1_000 },
        onMalformed: (error) => ledger.malformed(error),
      });
      const watching = sensor.status$.subscribe((status) => {
        statuses.push(status);
        if (status.state === 'silent') ledger.closing();
        // A strap that is heard has no link any more.
        if (status.state === 'connecting') ledger.closed();
      });
      const listening = sensor.samples$.subscribe({
        next: (sample) => ledger.sample(sample),
        error: () => undefined, // whoever waits for the next sample is told
      });
      onTestFinished(() => {
        pulse.stop();
        listening.unsubscribe();
        watching.unsubscribe();
      });

      /** That something sent from now on arrives: whatever link there was before, there is a good one now. */
      const mended = () => {
        const now = pulse.sent.length;
        const isNew = ({ energyExpended = 0 }) => energyExpended >= now;
        return firstValueFrom(sensor.samples$.pipe(filter(isNew), timeout(MENDED)));
      };
      const strike = async ({ after, strike: blow }: Blow) => {
        await pause(after);
        await blow({ strap, pulse, ledger, sensor });
      };

      await mended();
      for (const [at, round] of rounds.entries()) {
        try {
          await Promise.all(round.map(strike));
          await mended();
        } catch (cause) {
          const names = round.map(({ name }) => name).join(' and ');
          const last = statuses.slice(-12).map(({ state, reason }) => `${state}: ${reason}`);
          throw new Error([`Not mended in round ${at}, ${names}.`, ...last].join('\n'), { cause });
        }
        expect(statuses.at(-1)?.state).toBe('live');
      }

      const heard = await strap.heard();
      await mended();
      const arrived = ledger.arrivedOf(heard);
      const missing = ledger.missing(heard).map(([, excuse]) => excuse ?? 'there is no excuse');
      const why = missing.length > 0 ? ` while ${[...new Set(missing)].join(', and while ')}` : '';
      console.info(
        `${fork}: ${pulse.sent.length} sent, ${heard.length} heard, ${arrived.length} arrived, ${missing.length} missing${why}`,
      );
      expect(arrived).toEqual(ledger.due(heard));
      expect(new Set(arrived).size).toBe(arrived.length);
      const { samples } = ledger;
      expect(samples.map(({ sequence }) => sequence)).toEqual(samples.map((_, at) => at));
      expect(new Set(samples.map(({ session }) => session)).size).toBe(1);
      const times = samples.map(({ timestamp }) => timestamp.getTime());
      expect(times).toEqual(times.toSorted((one, other) => one - other));

      // That the faults were felt.
      expect(new Set(statuses.map(({ state }) => state))).toEqual(
        new Set(['scanning', 'connecting', 'live', 'silent', 'reconnecting']),
      );
      const errors = statuses.flatMap((status) => (status.state === 'reconnecting' ? [status.error] : []));
      for (const code of ['SENSOR_DISCONNECTED', 'SENSOR_TIMEOUT', 'GATT_OPERATION_FAILED'])
        expect(errors).toContainEqual(expect.objectContaining({ code }));
      expect(samples.length).toBeLessThan(ledger.arrived.length);

      expect(statuses.at(-1)?.state).toBe('live');
      listening.unsubscribe();
      expect(statuses.at(-1)?.state).toBe('ended');
      await expect.poll(links).toBe(0);
      // One that is connected is not heard.
      await firstValueFrom(central.scan().pipe(filter(({ name }) => name === strap.sensors[0]?.name)));
      expect(links()).toBe(0);
    });
  });
}
