const KEY = Symbol.for('liveheartrate.archives');

/**
 * Takes a folder for this process, in which the operating system's lock on the database does not hold. The set is one
 * for every copy of this module.
 *
 * @returns A function that lets go of it.
 */
export function reserve(directory: string): () => void {
  const everywhere = globalThis as unknown as Record<symbol, Set<string> | undefined>;
  const inUse = everywhere[KEY] ?? new Set();
  everywhere[KEY] = inUse;
  if (inUse.has(directory)) throw new Error('it is open in this process already');
  inUse.add(directory);
  return () => inUse.delete(directory);
}
