import { it } from 'vitest';
import { type SinkRig, sinkContract } from '../../src/testing/index.js';

/** What every sink does, as it is published. Call it within a `describe`. */
export function sinkSuite(rig: SinkRig): void {
  for (const { name, run } of sinkContract(rig)) it(name, run);
}
