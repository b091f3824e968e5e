import { concatWith, defer, type Observable, throwError, timeout } from 'rxjs';
import type { Central, Connection } from './central.js';
import { GattOperationError, SensorDisconnectedError, SensorTimeoutError } from './errors.js';

/** How long opening a link may take, milliseconds. */
export const CONNECT_TIMEOUT = 10_000;
/** How long the answer to one operation may take, milliseconds: the protocol gives up after 30 s, a person earlier. */
const OPERATION_TIMEOUT = 5_000;

/** Opens a link, in time. It lasts until it is lost or given up, so one that just ends is lost. */
export function openLink(central: Central, id: string): Observable<Connection> {
  return defer(() => central.connect(id)).pipe(
    timeout({
      first: CONNECT_TIMEOUT,
      with: () => late(`did not accept a connection within ${CONNECT_TIMEOUT} ms`),
    }),
    concatWith(linkEnded),
  );
}

/** An operation that must answer, and end, in time. */
export function inTime<Value>(
  operation: Observable<Value>,
  what: string,
  within = OPERATION_TIMEOUT,
): Observable<Value> {
  return operation.pipe(
    timeout({ each: within, with: () => late(`did not answer ${what} within ${within} ms`) }),
  );
}

/** The error for an answer that is none. */
export const noAnswer = () => new GattOperationError('The sensor ended its answer without a value.');

/** Errors with what the sensor failed to do. */
export const late = (what: string) => throwError(() => new SensorTimeoutError(`The sensor ${what}.`));

/** Errors since a link is no more. */
export const linkEnded = /* @__PURE__ */ throwError(
  () => new SensorDisconnectedError('The link to the sensor ended.'),
);
