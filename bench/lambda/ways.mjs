import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Client } from '@opensearch-project/opensearch';
import { createIndexer } from 'liveheartrate/lambda';
import { documentOf, idOf } from './events.mjs';
import { signedPost } from './signed-post.mjs';

/**
 * @typedef {{ event: import('aws-lambda').KinesisStreamEvent, body: string }} Batch the body is that of a `_bulk` request
 *   with the documents of the event
 *
 * @callback Way opens what one function instance keeps from one invocation to the next
 * @param {string} url of OpenSearch
 * @param {string} index
 * @returns {(batch: Batch) => Promise<number>} writes a batch, and answers how many documents that were
 */

/** One POST after the other takes its time: of a batch it gets so many. */
const POSTS = 200;

/** Our handler. It is given the name of the alias. @type {Way} */
export function throughHandler(url, index) {
  const handler = createIndexer({ endpoint: url, index });
  return async ({ event }) => {
    const { batchItemFailures } = await handler(event);
    if (batchItemFailures.length > 0) throw new Error('The handler has handed something back.');
    return event.Records.length;
  };
}

/** Other ways to the same documents. @type {Readonly<Record<string, Way>>} */
export const otherWays = {
  /** A signed request for each record, one after the other. */
  'post-each': (url, index) => {
    const post = signedPost(`${url}/${index}/_doc`);
    return async ({ event }) => {
      for (const record of event.Records.slice(0, POSTS)) await post(JSON.stringify(documentOf(record)));
      return POSTS;
    };
  },

  /** Powertools for AWS Lambda: all records at the same time, each by a request of the official client. */
  powertools: (url, index) => {
    const client = new Client({ node: url });
    const processor = new BatchProcessor(EventType.KinesisDataStreams);
    const onRecord = async (/** @type {import('aws-lambda').KinesisStreamRecord} */ record) => {
      const document = documentOf(record);
      await client.index({ index, id: idOf(document), body: document });
    };
    return async ({ event }) => {
      const { batchItemFailures } = await processPartialResponse(event, onRecord, processor);
      if (batchItemFailures.length > 0) throw new Error('A record has failed.');
      return event.Records.length;
    };
  },

  /** The bulk helper of the official client. */
  'helpers-bulk': (url, index) => {
    const client = new Client({ node: url });
    return async ({ event }) => {
      const { successful } = await client.helpers.bulk({
        datasource: event.Records.map(documentOf),
        onDocument: (document) => ({ create: { _index: index, _id: idOf(document) } }),
      });
      return successful;
    };
  },

  /** The official client with a body that is there already: nothing is read and nothing written. */
  'raw-bulk': (url, index) => {
    const client = new Client({ node: url });
    return async ({ event, body }) => {
      // The client takes a text, but its types do not say so.
      const answer = await client.bulk({ index, body: /** @type {any} */ (body) });
      if (answer.body.errors) throw new Error('A document was refused.');
      return event.Records.length;
    };
  },
};
