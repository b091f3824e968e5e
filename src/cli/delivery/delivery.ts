import { type Observable, Subject } from 'rxjs';
import type { LiveHeartRateError } from '../../errors.js';
import type { HeartRateSample } from '../../sample/index.js';
import { DeliveryFailedError, DeliveryRejectedError, type Sink } from '../../sink/index.js';
import type { Output } from '../output.js';
import { describeOutcome, describeState, outcomeOf } from './describe.js';
import { openSinks } from './open-sinks.js';
import type { DeliveryOptions } from './options.js';
import { tellTroubles } from './troubles.js';

/** How often it is shown how much is left at the end, milliseconds. */
const INTERVAL = 200;

/** Samples on their way to the sinks of a command. */
export interface Delivery {
  /** Hands a sample to each sink; resolves when there is room for the next. */
  accept(sample: HeartRateSample): Promise<void>;
  /** How it goes, for people; empty where nothing is delivered. */
  state(): string;
  /**
   * Lets samples come until that ends, then settles what is on its way.
   *
   * @throws what the samples end with; where that is nothing, the reason why samples were dropped or refused.
   */
  during(samples: (refused$: Observable<never>) => Promise<unknown>): Promise<void>;
}

/** Opens what the options ask for. `live`: the samples do not wait for room. */
export async function startDelivery(
  options: DeliveryOptions,
  output: Output,
  { live }: { readonly live: boolean },
): Promise<Delivery> {
  const sinks = await openSinks(options, live ? 'drop-oldest' : 'wait');
  const refused$ = new Subject<never>();
  const stores = options.spool !== undefined;
  /** The last reason for a drop, and the last refusal of a service that has delivered nothing since. */
  let dropped: LiveHeartRateError | undefined;
  const refusals = new Map<Sink, LiveHeartRateError>();
  for (const sink of sinks) {
    tellTroubles(sink, output.tell);
    sink.errors$.subscribe((error) => {
      if (!(error instanceof DeliveryRejectedError)) return;
      refusals.set(sink, error);
      // Where a spool has the samples, somebody can put it right while they come.
      if (!stores) refused$.error(error);
    });
    sink.settled$.subscribe((settlement) => {
      if (settlement.outcome === 'dropped') dropped = settlement.error;
      else refusals.delete(sink);
    });
  }

  async function settle(): Promise<LiveHeartRateError | undefined> {
    const left = () => sinks.reduce((sum, sink) => sum + sink.stats().unsettled, 0);
    const show = () => output.progress(`Delivering what is on its way … ${left()} left`);
    const timer = setInterval(show, INTERVAL);
    await Promise.all(sinks.map((sink) => sink.close()));
    clearInterval(timer);
    const outcomes = sinks.map(outcomeOf);
    if (sinks.length > 0)
      output.result({ delivery: outcomes }, () =>
        outcomes.map((each) => describeOutcome(each, output.paint)),
      );
    const count = outcomes.reduce((sum, each) => sum + each.dropped, 0);
    if (count === 0) return [...refusals.values()][0];
    return new DeliveryFailedError(`${count} samples were dropped. ${dropped?.message ?? ''}`, {
      cause: dropped,
    });
  }

  return {
    async accept(sample) {
      await Promise.all(sinks.map((sink) => sink.accept(sample)));
    },
    state: () => describeState(sinks, output.paint),
    async during(samples) {
      const failed = await samples(refused$).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      const lost = await settle();
      if (failed) throw failed.error;
      if (lost) throw lost;
    },
  };
}
