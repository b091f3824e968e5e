import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startViewers, type Viewers } from './browser.ts';
import { openStage, type Stage } from './stage.ts';
import { layWire, type Wire } from './wire.ts';

/** Only what the story says makes a sensor silent, however busy the machine is. */
const LONG_MS = 600_000;

export interface Theatre {
  /** Of all tests of the suite. */
  readonly viewers: Viewers;
  /** Of each test. */
  readonly stage: Stage;
  /** To the stage. */
  readonly wire: Wire;
}

/** What the tests of a suite need to look at a dashboard over a connection that can fail. Call it within a `describe`. */
export function openTheatre(machine: Parameters<typeof startViewers>[0]): Theatre {
  let viewers: Viewers;
  let stage: Stage;
  let wire: Wire;
  beforeAll(async () => {
    viewers = await startViewers(machine);
  });
  beforeEach(async () => {
    stage = await openStage({ silence: LONG_MS });
    wire = await layWire(stage.url);
  });
  afterEach(async () => {
    await wire.stop();
    await stage.stop();
    expect(viewers.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => viewers?.stop());
  return {
    get viewers() {
      return viewers;
    },
    get stage() {
      return stage;
    },
    get wire() {
      return wire;
    },
  };
}
