import {
  createIndexer,
  handler as fromEnvironment,
  type Indexer,
  type IndexerEvent,
  type InvocationContext,
} from '../../../src/lambda/index.js';
import { openSearchClient } from '../../../src/opensearch/index.js';
import { readCredentials } from '../credentials.js';

let withSecret: Promise<{ indexer: Indexer; close: () => Promise<void> }> | undefined;

/**
 * The indexer, configured by the environment. Where `OPENSEARCH_SECRET_ARN` names a secret of Secrets Manager, name and
 * password of the user of OpenSearch are read from it.
 */
export const handler = (async (event: IndexerEvent, context?: InvocationContext) => {
  const { OPENSEARCH_SECRET_ARN: secretArn } = process.env;
  if (!secretArn) return fromEnvironment(event, context);
  withSecret ??= signIn(secretArn);
  const { indexer, close } = await withSecret.catch(forget);
  const answer = await indexer(event, context);
  if ('batchItemFailures' in answer && answer.batchItemFailures.length > 0) {
    // That may be since the password was rotated: the next event reads it again.
    withSecret = undefined;
    await close();
  }
  return answer;
}) as Indexer;

async function signIn(secretArn: string) {
  const client = openSearchClient({ auth: await readCredentials(secretArn) });
  return { indexer: createIndexer({ client }), close: () => client.close() };
}

function forget(error: unknown): never {
  withSecret = undefined;
  throw error;
}
