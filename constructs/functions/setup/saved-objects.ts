import { IndexUnavailableError } from '../../../src/opensearch/index.js';
import { type DashboardOptions, dashboards, toNdjson } from '../../../src/serving/index.js';
import type { SetupClient } from './client.js';
import { doing, SetupError } from './errors.js';

/** What the import answers. */
interface Imported {
  readonly success?: boolean;
  readonly errors?: readonly { readonly type?: string; readonly error?: { readonly type?: string } }[];
}

/** No line of a file of saved objects can be that: each is one JSON object. */
const BOUNDARY = 'liveheartrate-saved-objects';

/** Puts the dashboard and what it needs; what is there with the same ids is overwritten. */
export async function importObjects(client: SetupClient, options: DashboardOptions): Promise<void> {
  const file = toNdjson(dashboards(options));
  const answer = await doing('OpenSearch Dashboards', send(client, file));
  const { success, errors = [] } = (answer ?? {}) as Imported;
  if (success === true) return;
  if (typeof success !== 'boolean') {
    throw new SetupError(
      'OpenSearch Dashboards gave no answer of its own: check the property dashboards.',
      true,
    );
  }
  const types = errors.map(({ type, error }) => `${type}: ${error?.type}`);
  throw new SetupError(
    `OpenSearch Dashboards did not take all saved objects (${[...new Set(types)].join(', ')}).`,
    // So it calls what may be right the next time.
    errors.length > 0 && errors.every(({ error }) => error?.type === 'unknown'),
  );
}

async function send(client: SetupClient, file: string): Promise<unknown> {
  const lines = [
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="file"; filename="heart-rate.ndjson"',
    'Content-Type: application/ndjson',
    '',
    file,
    `--${BOUNDARY}--`,
    '',
  ];
  try {
    const { body } = await client.transport.request({
      method: 'POST',
      path: '/api/saved_objects/_import',
      querystring: { overwrite: 'true' },
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'osd-xsrf': 'true',
        // Else they would be in the private tenant of this function, where nobody sees them.
        securitytenant: 'global',
      },
      body: lines.join('\r\n'),
    });
    return body;
  } catch (cause) {
    throw new IndexUnavailableError(cause);
  }
}
