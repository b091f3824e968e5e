import { measureMemory } from '../lambda/memory.mjs';
import { withOpenSearch } from '../lambda/opensearch.mjs';
import { measureSearchable } from '../lambda/searchable.mjs';
import { measureStart } from '../lambda/start.mjs';
import { measureThroughput } from '../lambda/throughput.mjs';
import { report } from '../report.mjs';

/** The Lambda handler: how fast records get into OpenSearch, what a function has to load, and when a search finds them. */
export async function bench() {
  const { throughput, searchable } = await withOpenSearch(async (url) => ({
    throughput: await measureThroughput(url),
    searchable: await measureSearchable(url),
  }));
  const start = await measureStart();
  const memory = await measureMemory();
  return report({
    vsPostEach: {
      what: "times one signed POST after the other's documents a second",
      value: throughput.vsPostEach,
      bound: { least: 40 },
    },
    vsPowertools: {
      what: 'times the documents a second of Powertools with a request for each record',
      value: throughput.vsPowertools,
      bound: { least: 8 },
    },
    vsHelpersBulk: {
      what: "of the documents a second of the client's bulk helper, which reads the same event",
      value: throughput.vsHelpersBulk,
      bound: { least: 1 },
    },
    vsRawBulk: {
      what: 'of the documents a second of bulk requests that are there already',
      value: throughput.vsRawBulk,
      bound: { least: 0.9 },
    },
    bundleKiB: {
      what: 'KiB of the bundled handler, minified',
      value: start.bundleKiB,
      bound: { most: 400 },
    },
    importRatio: {
      what: 'of the time that the client with signer and credentials takes to be imported',
      value: start.importRatio,
      bound: { most: 0.7 },
    },
    memoryGrowth: {
      what: 'of the resident memory after 1,000 invocations, after 10,000',
      value: memory.growth,
      bound: { most: 1.1 },
    },
    searchableP50Ms: {
      what: 'ms from a notification until a search finds the sample: half are quicker',
      value: searchable.p50,
      bound: { below: 1_000 },
    },
    searchableP99Ms: {
      what: 'ms of the same: 99 of 100 are quicker',
      value: searchable.p99,
      bound: { below: 1_000 },
    },
    tunedP50Ms: {
      what: 'ms of the same with a refresh each 200 ms and a sink that waits 50 ms: half are quicker',
      value: searchable.tunedP50,
      bound: { below: 300 },
    },
  });
}
