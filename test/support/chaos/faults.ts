import type { Sensor } from '../../../src/sensor/index.ts';
import type { VirtualStrap } from '../strap/virtual-strap.ts';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { Pulse } from './pulse.ts';

/** What there is to be broken. */
interface Stage {
  readonly strap: VirtualStrap;
  readonly pulse: Pulse;
  readonly ledger: Ledger;
  readonly sensor: Sensor;
}

/** Breaks something; settles when nothing of it is left but what the library has to mend. */
export type Strike = (stage: Stage) => Promise<void>;

/** Decides beforehand what is left to chance, so that the same seed breaks the same. */
type Fault = (chance: Chance) => Strike;

/** How long a sensor may be silent here, milliseconds. */
export const SILENCE = 400;
/** How long the session waits for the first heart rate of a link, and a little more, milliseconds. */
const FIRST_SAMPLE = 20_500;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const lose = (chance: Chance) => chance.oneOf(['disconnect', 'linkLoss'] as const);

/** A new link whose first request gets no answer: it is lost, too, or else given up by the session. */
const unanswered =
  (patience: (chance: Chance) => number): Fault =>
  (chance) => {
    const request = chance.oneOf(['discover', 'subscribe'] as const);
    const [first, second, wait] = [lose(chance), lose(chance), patience(chance)];
    return async ({ strap }) => {
      strap.ignore(request);
      strap[first]();
      await pause(wait);
      strap.ignore(request, 0);
      if (wait < FIRST_SAMPLE) strap[second]();
    };
  };

/** An operation that fails while the samples come; how it does is told elsewhere. */
const operation =
  (how: 'refuse' | 'ignore'): Fault =>
  (chance) => {
    const request = chance.oneOf(['read', 'write'] as const);
    return async ({ strap, sensor }) => {
      strap[how](request);
      const operate = { read: sensor.bodySensorLocation, write: sensor.resetEnergyExpended }[request];
      await operate().catch(() => undefined);
      strap[how](request, 0);
    };
  };

/** Something that needs no chance. */
const plain =
  (strike: (stage: Stage) => unknown): Fault =>
  () =>
  async (stage) => {
    await strike(stage);
  };

/** Something that lasts: about as long as a sensor may be silent, a little less or more. */
const lasting =
  (strike: (stage: Stage, ms: number) => void): Fault =>
  (chance) => {
    const ms = chance.between(SILENCE - 100, SILENCE + 300);
    return async (stage) => {
      strike(stage, ms);
      await pause(ms);
    };
  };

const garbage: Fault = (chance) => {
  const count = chance.between(1, 20);
  return async ({ pulse }) => pulse.garbage(count);
};

const advertisingOff: Fault = (chance) => {
  const [loss, ms] = [lose(chance), chance.between(50, 800)];
  return async ({ strap }) => {
    strap.stopAdvertising();
    strap[loss]();
    await pause(ms);
    strap.startAdvertising();
  };
};

const refusal: Fault = (chance) => {
  const [request, loss] = [chance.oneOf(['discover', 'subscribe'] as const), lose(chance)];
  return async ({ strap }) => {
    strap.refuse(request);
    strap[loss]();
  };
};

const adapterOut: Fault = (chance) => {
  const ms = chance.between(0, 1_000);
  return async ({ strap, ledger }) => {
    strap.unplugAdapter();
    ledger.unplugged();
    await pause(ms);
    strap.plugInAdapter();
  };
};

/** Each fault there is, and how often in a whole soak, of 200: those that take long are rarer. */
export const faults: Readonly<Record<string, { times: number; fault: Fault }>> = {
  disconnect: { times: 38, fault: plain(({ strap }) => strap.disconnect()) },
  linkLoss: { times: 38, fault: plain(({ strap }) => strap.linkLoss()) },
  garbage: { times: 35, fault: garbage },
  advertisingOff: { times: 22, fault: advertisingOff },
  silence: { times: 17, fault: lasting(({ pulse }, ms) => pulse.silence(ms)) },
  nothingButGarbage: { times: 8, fault: lasting(({ pulse }, ms) => pulse.rubbish(ms)) },
  refusal: { times: 16, fault: refusal },
  refusedOperation: { times: 8, fault: operation('refuse') },
  unanswered: { times: 8, fault: unanswered((chance) => chance.between(100, 600)) },
  unansweredForLong: { times: 1, fault: unanswered(() => FIRST_SAMPLE) },
  unansweredOperation: { times: 1, fault: operation('ignore') },
  addressChange: { times: 4, fault: plain(({ strap }) => strap.changeAddress()) },
  adapterOut: { times: 4, fault: adapterOut },
};
