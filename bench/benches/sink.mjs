import { report } from '../report.mjs';
import { measureCost } from '../sink/cost.mjs';
import { measureMemory } from '../sink/memory.mjs';
import { measureSpool } from '../sink/spool.mjs';
import { measureThroughput } from '../sink/throughput.mjs';

/** The sinks: how fast samples go to Kinesis and onto the disk, and what that costs. */
export async function bench() {
  const throughput = await measureThroughput();
  const spool = await measureSpool();
  const memory = await measureMemory();
  const cost = await measureCost();
  return report({
    vsPutRecordEach: {
      what: "times one PutRecord after the other's samples a second, 5 ms away",
      value: throughput.vsPutRecordEach,
      bound: { least: 50 },
    },
    vsBareSdk: {
      what: "of the samples a second of the bare SDK's ready-made calls of 500, one at a time, 5 ms away",
      value: throughput.vsBareSdk,
      bound: { least: 0.9 },
    },
    spoolOsPerSecond: {
      what: 'samples a second into a spool, until the operating system has them',
      value: spool.os,
      bound: { least: 100_000 },
    },
    spoolDiskPerSecond: {
      what: 'samples a second into a spool, until the disk has them',
      value: spool.disk,
      bound: { least: 20_000 },
    },
    recoverySeconds: {
      what: 's from the opening of a spool with 1,000,000 samples until all are delivered',
      value: spool.recoverySeconds,
      bound: { below: 10 },
    },
    memoryGrowth: {
      what: 'of the resident memory after 100,000 samples, after 1,000,000, all with the service away',
      value: memory.growth,
      bound: { most: 1.1 },
    },
    payloadUnitsRatio: {
      what: 'times the payload units of samples packed for 60 s, where they are not packed',
      value: cost.payloadUnitsRatio,
      bound: { least: 50 },
    },
  });
}
