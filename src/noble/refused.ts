import { GattOperationError } from '../sensor/errors.js';
import type { AttError, Operation } from './att-errors.js';

const verbs: Record<Operation, string> = {
  read: 'be read',
  write: 'be written to',
  notify: 'notify',
};

/** The error for an operation that the device has refused. */
export function refused(operation: Operation, cause?: unknown): GattOperationError {
  return new GattOperationError(`The device refused to ${verbs[operation]}.`, cause ? { cause } : {});
}

/** The same, with what the device has answered. */
export function refusedWith(operation: Operation, { code }: AttError): GattOperationError {
  const answered = `0x${code.toString(16).padStart(2, '0')}`;
  return new GattOperationError(
    `The device refused to ${verbs[operation]}: it answered ATT error ${answered}.`,
  );
}

/** The error for an operation that the properties of a characteristic rule out. */
export function notOffered(operation: Operation): GattOperationError {
  return new GattOperationError(
    `The characteristic cannot ${verbs[operation]}: its properties do not allow it.`,
  );
}
