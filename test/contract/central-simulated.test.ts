import { describe } from 'vitest';
import { simulatedCentral } from '../../src/simulator/index.js';
import { centralSuite } from './central-suite.js';

describe('the simulated central', () => {
  centralSuite(async () => ({
    central: simulatedCentral({ speed: 20 }),
    name: 'Simulated 1',
    beat: () => undefined,
    stop: async () => undefined,
  }));
});
