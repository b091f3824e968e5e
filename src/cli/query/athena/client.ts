import type { AthenaClient } from '@aws-sdk/client-athena';
import { needing } from '../../needed.js';
import { failureOf } from './failure.js';

/** No single request takes so long. */
const REQUEST_MS = 60_000;

/** Athena, of which each request is given up in time. */
export interface Athena {
  /** The words of the SDK. */
  readonly sdk: typeof import('@aws-sdk/client-athena');
  /** Sends a request. */
  send<Output>(
    request: (client: AthenaClient, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
    signal?: AbortSignal,
  ): Promise<Output>;
  /** Lets go of its connections. */
  close(): void;
}

/** Only a question to Athena needs the SDK. Region, credentials and endpoint are found as for the AWS command. */
export async function athenaClient(): Promise<Athena> {
  const needed = { by: '--athena', name: '@aws-sdk/client-athena' };
  const sdk = await needing(needed, () => import('@aws-sdk/client-athena'));
  const client = new sdk.AthenaClient();
  return {
    sdk,
    async send(request, signal) {
      const late = AbortSignal.timeout(REQUEST_MS);
      try {
        return await request(client, { abortSignal: signal ? AbortSignal.any([signal, late]) : late });
      } catch (cause) {
        signal?.throwIfAborted();
        throw failureOf(cause);
      }
    },
    close: () => client.destroy(),
  };
}
