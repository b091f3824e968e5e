import { setupHandler } from './handler.js';

/** Prepares OpenSearch for a pipeline: the handler of its custom resources. */
export const handler = setupHandler();
