import { within } from '../within.js';
import type { ResourceEvent } from './event.js';
import type { Sleep } from './persist.js';

/** What has become of it. */
export interface Outcome {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly name: string;
  readonly reason?: string;
  readonly data?: Readonly<Record<string, string>>;
}

const ATTEMPTS = 4;
/** Milliseconds for one of them. */
const TIMEOUT = 8_000;

/**
 * Answers CloudFormation, which waits for an hour where nobody does.
 *
 * @param left - Tells how many milliseconds there are.
 * @throws Where it cannot be reached: Lambda then invokes the function once more.
 */
export async function respond(
  event: ResourceEvent,
  { status, name, reason, data }: Outcome,
  left: () => number,
  wait: Sleep,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = new TextEncoder().encode(
    JSON.stringify({
      Status: status,
      ...(reason !== undefined && { Reason: reason }),
      PhysicalResourceId: name,
      StackId,
      RequestId,
      LogicalResourceId,
      ...(data && { Data: data }),
    }),
  );
  for (let attempt = 1; ; attempt++) {
    const problem = await send(event.ResponseURL, body, Math.max(1, Math.min(TIMEOUT, left())));
    if (problem === undefined) return;
    // The URL is a secret: only what became of it is told.
    console.log(`CloudFormation did not take the answer (${problem}).`);
    if (attempt === ATTEMPTS || left() <= 0) throw new Error(`CloudFormation was not told: ${problem}.`);
    await wait(250 * 2 ** attempt, AbortSignal.timeout(Math.max(1, left()))).catch(() => undefined);
  }
}

/** Sends it; answers what is wrong, where something is. */
async function send(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  timeout: number,
): Promise<string | undefined> {
  try {
    // The URL is signed for an empty content type.
    const headers = { 'content-type': '' };
    const signal = AbortSignal.timeout(timeout);
    const response = await within(timeout, fetch(url, { method: 'PUT', body, headers, signal }));
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    return (error as Error).name;
  }
}
