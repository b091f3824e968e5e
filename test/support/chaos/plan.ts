import type { Chance } from './chance.ts';
import { faults, type Strike } from './faults.ts';
import { soak } from './soak.ts';

/** One fault: what it is, how long to wait for it, milliseconds, and what it does. */
export interface Blow {
  readonly name: string;
  readonly after: number;
  readonly strike: Strike;
}

/** How often a fault comes on top of another. */
const TWO_AT_ONCE = 0.3;
/** The longest wait, milliseconds: some packets arrive, or a link is half open again, when the fault comes. */
const WAIT = 300;

/** How many faults there are in all. */
export const FAULTS = Object.values(faults).reduce((sum, { times }) => sum + soak(times), 0);

/** All faults in the order of chance, in rounds of one or two: the second comes while the first is being mended. */
export function plan(chance: Chance): Blow[][] {
  const all = Object.entries(faults).flatMap(([name, { times, fault }]) =>
    Array.from({ length: soak(times) }, () => ({ name, fault })),
  );
  const rounds: Blow[][] = [];
  for (const { name, fault } of chance.shuffled(all)) {
    const blow = { name, after: chance.between(0, WAIT), strike: fault(chance) };
    const round = rounds.at(-1);
    if (round?.length === 1 && chance.happens(TWO_AT_ONCE)) round.push(blow);
    else rounds.push([blow]);
  }
  return rounds;
}
