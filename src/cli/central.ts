import { nobleCentral } from '../noble/index.js';
import type { Central } from '../sensor/index.js';
import { simulatedCentral } from '../simulator/index.js';
import type { SensorCommandOptions } from './options.js';

/** The Bluetooth that is meant. */
export const centralOf = ({ simulated }: SensorCommandOptions): Central =>
  simulated === undefined ? nobleCentral() : simulatedCentral({ sensors: simulated });
