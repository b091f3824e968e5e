/**
 * Tells of something that takes long, and how long it took.
 * @param {(line: string) => void} log
 * @param {string} what
 * @param {() => Promise<void>} work
 */
export async function step(log, what, work) {
  const start = Date.now();
  log(`${what} …`);
  await work();
  log(`${what}: done in ${Math.round((Date.now() - start) / 1_000)} s`);
}
