import type { Chance } from '../chaos/chance.ts';

/**
 * Deals each fault so often among so many requests, in the order of chance, and then anew: so each happens, however
 * few requests there are beyond that.
 */
export function deal<Fault extends string>(
  chance: Chance,
  times: Readonly<Record<Fault, number>>,
  among: number,
): () => Fault | undefined {
  const faults = (Object.entries(times) as [Fault, number][]).flatMap(([fault, count]) =>
    Array<Fault | undefined>(count).fill(fault),
  );
  const all = [...faults, ...Array<undefined>(among - faults.length).fill(undefined)];
  let left: (Fault | undefined)[] = [];
  return () => {
    if (left.length === 0) left = chance.shuffled(all);
    return left.pop();
  };
}
