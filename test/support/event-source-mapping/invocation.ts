import { randomUUID } from 'node:crypto';
import type { Context, KinesisStreamEvent } from 'aws-lambda';
import type { Clock } from './clock.ts';

/** The context as today's runtimes give it. */
export type LambdaContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/** A Lambda handler for the events of a Kinesis stream; what it answers is judged, not trusted. */
export type Handler = (event: KinesisStreamEvent, context: LambdaContext) => Promise<unknown>;

/** How an invocation has ended. */
export type Outcome = { readonly requestId: string } & (
  | { readonly response: unknown }
  /** It has thrown, or was not over in time: then whatever it answers later is ignored. */
  | { readonly functionError: 'Unhandled' }
);

export const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:indexer';
const TIMED_OUT = Symbol('timed out');

/** Calls the handler with the event as it comes out of JSON, and with `timeout` milliseconds to answer. */
export async function invoke(
  handler: Handler,
  payload: string,
  timeout: number,
  clock: Clock,
): Promise<Outcome> {
  const requestId = randomUUID();
  const deadline = clock.now() + timeout;
  const context = contextOf(requestId, () => Math.max(0, deadline - clock.now()));
  const over = new AbortController();
  try {
    const response = await Promise.race([
      handler(JSON.parse(payload) as KinesisStreamEvent, context),
      clock.sleep(timeout, over.signal).then(() => TIMED_OUT),
    ]);
    const late = response === TIMED_OUT || clock.now() > deadline;
    return late ? { requestId, functionError: 'Unhandled' } : { requestId, response };
  } catch {
    return { requestId, functionError: 'Unhandled' };
  } finally {
    over.abort();
  }
}

function contextOf(awsRequestId: string, getRemainingTimeInMillis: () => number): LambdaContext {
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'indexer',
    functionVersion: '$LATEST',
    getRemainingTimeInMillis,
    invokedFunctionArn: FUNCTION_ARN,
    logGroupName: '/aws/lambda/indexer',
    logStreamName: '2026/11/23/[$LATEST]indexer',
    memoryLimitInMB: '256',
  };
}
