/**
 * Sensors that are not there, for trying things out and for tests.
 * @module
 */
export { type SimulatorOptions, simulatedCentral } from './simulated-central.js';
