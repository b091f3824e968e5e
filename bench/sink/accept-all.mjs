/** What a thousand straps send at the same time. */
const BURST = 1_000;

/**
 * Hands samples to a sink, some in one go, and then as many more as soon as those are taken.
 * @param {import('liveheartrate').Sink} sink
 * @param {Iterable<import('liveheartrate').HeartRateSample>} samples
 */
export async function acceptAll(sink, samples) {
  let count = 0;
  let taken = Promise.resolve();
  for (const sample of samples) {
    taken = sink.accept(sample);
    if (++count % BURST === 0) await taken;
  }
  await taken;
}
