import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 10;
const LONGEST_MS = 30_000;

/**
 * Looks when documents can be found. It counts all the time, which costs a server next to nothing, and searches only
 * where there are more than before.
 * @param {import('@opensearch-project/opensearch').Client} client
 * @param {string} index
 */
export function watchIds(client, index) {
  /** When each was expected that has not been found yet. @type {Map<string, number>} */
  const missing = new Map();
  /** @type {number[]} */
  const latencies = [];

  async function watch() {
    for (let found = 0; ; await sleep(POLL_MS)) {
      try {
        const { count } = (await client.count({ index, ignore_unavailable: true })).body;
        if (count > found && missing.size > 0) await search();
        found = count;
      } catch (error) {
        // A shard that cannot answer now has found nothing; that is part of how long it takes.
        if (/** @type {{ statusCode?: number }} */ (error).statusCode !== 503) throw error;
      }
    }
  }

  async function search() {
    const values = [...missing.keys()];
    const { body } = await client.search({
      index,
      size: values.length,
      _source: false,
      body: { query: { ids: { values } } },
    });
    const now = performance.now();
    for (const { _id = '' } of body.hits.hits) {
      latencies.push(now - (missing.get(_id) ?? Number.NaN));
      missing.delete(_id);
    }
  }

  // Where it cannot go on, nothing is found any more.
  watch().catch((error) => {
    console.error(error);
    process.exit(1);
  });
  return {
    /** From now on a document is expected. @param {string} id */
    expect: (id) => missing.set(id, performance.now()),
    /** Waits until all are found, and answers how long each has taken, milliseconds. */
    async latencies() {
      for (const end = performance.now() + LONGEST_MS; missing.size > 0; await sleep(POLL_MS))
        if (performance.now() > end) throw new Error(`${missing.size} samples cannot be found.`);
      return latencies;
    },
  };
}
