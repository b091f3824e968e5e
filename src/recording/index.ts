/**
 * Samples with their raw packets into a file, and out of it again at any speed. Needs Node.js.
 * @module liveheartrate/recording
 */
export { RecordingError } from './errors.js';
export { record } from './record.js';
export { type ReplayOptions, replay } from './replay.js';
