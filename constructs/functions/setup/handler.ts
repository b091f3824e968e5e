import { reasonOf, SetupError } from './errors.js';
import type { InvocationContext, Resource, ResourceEvent } from './event.js';
import { indexResource } from './index-resource.js';
import { pause, persist, type Sleep } from './persist.js';
import { Properties } from './properties.js';
import { type Outcome, respond } from './respond.js';
import { servingResource } from './serving-resource.js';

const RESOURCES: Readonly<Record<string, Resource>> = {
  'Custom::HeartRateIndex': indexResource,
  'Custom::HeartRateServing': servingResource,
};

/** So much of the time, at most, is kept for answering, milliseconds. */
const RESERVE = { part: 0.25, most: 60_000 };
/** A stack is not kept from being deleted for longer, milliseconds. */
const REMOVAL = 60_000;

/**
 * Makes the handler of both custom resources. It always answers CloudFormation while it can: what it does not hear of it
 * waits an hour for.
 *
 * @param wait - How it waits between two attempts.
 */
export function setupHandler(wait: Sleep = pause) {
  return async (event: ResourceEvent, context: InvocationContext): Promise<void> => {
    const left = context.getRemainingTimeInMillis();
    const outcome = await outcomeOf(event, left - Math.min(left * RESERVE.part, RESERVE.most), wait);
    console.log(`${event.RequestType} ${event.LogicalResourceId}: ${outcome.reason ?? outcome.status}`);
    await respond(event, outcome, () => context.getRemainingTimeInMillis(), wait);
  };
}

/** Does what is asked, in so many milliseconds. */
async function outcomeOf(event: ResourceEvent, milliseconds: number, wait: Sleep): Promise<Outcome> {
  // One that cannot be made is deleted by this name, and one that cannot be changed keeps its own.
  const known = event.PhysicalResourceId ?? event.LogicalResourceId;
  if (event.RequestType === 'Delete') {
    await remove(event, Math.min(milliseconds, REMOVAL), wait);
    return { status: 'SUCCESS', name: known };
  }
  try {
    const resource = resourceOf(event);
    const properties = new Properties(event.ResourceProperties);
    const before = event.OldResourceProperties && new Properties(event.OldResourceProperties);
    const name = resource.name(properties);
    const data = await inTime(milliseconds, wait, (signal) => resource.put(properties, { before, signal }));
    return { status: 'SUCCESS', name, data };
  } catch (error) {
    return { status: 'FAILED', name: known, reason: reasonOf(error) };
  }
}

/** Whatever is in the way of that, the stack can be deleted. */
async function remove(event: ResourceEvent, milliseconds: number, wait: Sleep): Promise<void> {
  try {
    const properties = new Properties(event.ResourceProperties);
    await inTime(milliseconds, wait, async (signal) =>
      resourceOf(event).remove?.(properties, { before: undefined, signal }),
    );
  } catch (error) {
    console.log(`Left as it is: ${reasonOf(error)}`);
  }
}

function resourceOf({ ResourceType: type }: ResourceEvent): Resource {
  const resource = RESOURCES[type];
  if (!resource)
    throw new SetupError(`The resource type must be one of ${Object.keys(RESOURCES).join(', ')}.`);
  return resource;
}

/** Tries until it is done or the time is over; then it tells what has been in the way. */
async function inTime<Value>(
  milliseconds: number,
  wait: Sleep,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  let last: unknown;
  const attempt = () =>
    work(over.signal).catch((error: unknown) => {
      last = error;
      throw error;
    });
  const timer = setTimeout(() => over.abort(), Math.max(0, milliseconds));
  const late = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(last ?? new SetupError(LATE)));
  });
  try {
    return await Promise.race([persist(attempt, over.signal, wait), late]);
  } finally {
    clearTimeout(timer);
  }
}

const LATE = 'OpenSearch did not answer in time. Check that the endpoint is right and up, and deploy again.';
