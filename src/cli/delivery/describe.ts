import type { Sink } from '../../sink/index.js';
import type { Paint } from '../colour.js';

/** How the delivery goes, for people, in a few words; empty where there is none. */
export function describeState(sinks: readonly Sink[], paint: Paint): string {
  return sinks
    .map((sink) => {
      const { delivered, dropped, unsettled } = sink.stats();
      const [kind = ''] = sink.name.split(' ');
      return [
        `→ ${kind} ${delivered}`,
        ...(unsettled > 0 ? [paint('yellow', `${unsettled} waiting`)] : []),
        ...(dropped > 0 ? [paint('red', `${dropped} dropped`)] : []),
      ].join(' ');
    })
    .join('   ');
}

/** What has become of the samples, at the end. */
export interface Outcome {
  readonly sink: string;
  readonly delivered: number;
  readonly dropped: number;
  /** Of these nothing is lost: the next command with this spool delivers them. */
  readonly left: number;
}

export function outcomeOf(sink: Sink): Outcome {
  const { delivered, dropped, unsettled } = sink.stats();
  return { sink: sink.name, delivered, dropped, left: unsettled };
}

export function describeOutcome({ sink, delivered, dropped, left }: Outcome, paint: Paint): string {
  return [
    `${sink}: ${delivered} delivered`,
    ...(dropped > 0 ? [paint('red', `${dropped} dropped`)] : []),
    ...(left > 0 ? [paint('yellow', `${left} left in the spool for the next time`)] : []),
  ].join(', ');
}
