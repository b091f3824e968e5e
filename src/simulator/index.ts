/**
 * Sensors that are not there, for trying things out and for tests.
 * @module liveheartrate/simulator
 */
export { type SimulatedCentral, type SimulatorOptions, simulatedCentral } from './simulated-central.js';
export type { SimulatedSensor } from './simulated-sensor.js';
export type { Phase } from './workout.js';
