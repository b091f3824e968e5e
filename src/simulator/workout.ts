import { InvalidArgumentError } from '../errors.js';
import { checkRange, checkWhole } from './check-range.js';

/** One part of a workout. */
export interface Phase {
  /** What it is called, for people. */
  readonly name: string;
  /** How long it takes, simulated seconds: a whole number, at least 1. */
  readonly seconds: number;
  /** How hard it is, as a number without unit: from 0, at rest, to 1, as hard as this heart can. */
  readonly effort: number;
}

/** What a heart does where nothing else is said: 44 minutes, then the same again. */
export const intervalTraining: readonly Phase[] = [
  { name: 'rest', seconds: 180, effort: 0 },
  { name: 'warm-up', seconds: 420, effort: 0.4 },
  ...Array.from({ length: 5 }, (): readonly Phase[] => [
    { name: 'interval', seconds: 180, effort: 0.85 },
    { name: 'recovery', seconds: 150, effort: 0.3 },
  ]).flat(),
  { name: 'cool-down', seconds: 390, effort: 0.2 },
];

/** Goes through the phases second by second, and from the last to the first again. */
export class Workout {
  readonly #phases: readonly Phase[];
  #at = 0;
  #left: number;

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
    this.#left = this.phase.seconds;
  }

  /** The phase of this second. */
  get phase(): Phase {
    return this.#phases[this.#at] as Phase;
  }

  /** One second goes by. */
  advance(): void {
    if (--this.#left > 0) return;
    this.#at = (this.#at + 1) % this.#phases.length;
    this.#left = this.phase.seconds;
  }
}

/** Throws an {@link InvalidArgumentError} where there is no phase, or one is out of its ranges. */
export function checkWorkout(phases: readonly Phase[]): void {
  if (phases.length === 0) throw new InvalidArgumentError('workout must have at least one phase.');
  for (const { name, seconds, effort } of phases) {
    checkWhole(`seconds of the phase ${name}`, seconds, 1, Number.MAX_SAFE_INTEGER);
    checkRange(`effort of the phase ${name}`, effort, 0, 1);
  }
}
