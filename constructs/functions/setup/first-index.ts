import { ask } from '../../../src/opensearch/ask.js';
import type { IndexOptions } from '../../../src/opensearch/index.js';
import { namesOf } from '../../../src/opensearch/index-options.js';
import type { SetupClient } from './client.js';
import { doing } from './errors.js';

interface Resolved {
  readonly indices?: readonly unknown[];
  readonly aliases?: readonly unknown[];
}

/**
 * Makes the index of today where there is none yet, so that the alias is there before the first sample: an alert that asks
 * for what is not there fails.
 */
export async function putFirstIndex(client: SetupClient, options: IndexOptions): Promise<void> {
  const { alias, of } = namesOf(options);
  const path = `/_resolve/index/${encodeURIComponent(alias)}`;
  const found = await doing('The index', ask<Resolved>(client, { method: 'GET', path }, [404]));
  if (found && (found.indices?.length || found.aliases?.length)) return;
  // 400: a sample has come meanwhile.
  const first = { method: 'PUT', path: `/${encodeURIComponent(of(new Date()))}` };
  await doing('The index', ask(client, first, [400]));
}
