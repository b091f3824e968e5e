/**
 * Samples into a file of JSON lines. Needs Node.js.
 * @module liveheartrate/file
 */
export { type FileSinkOptions, fileSink } from './file-sink.js';
export type { FileRotation } from './rotation.js';
