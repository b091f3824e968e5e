/** What of the library the layers are made from. */
export { archiveQueries } from '../../../src/sample/archive-queries.js';
export { tableColumns } from '../../../src/sample/schema.js';
export const version = process.env.LIVEHEARTRATE_VERSION;
