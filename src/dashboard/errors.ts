import { LiveHeartRateError } from '../errors.js';

const reasons: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_, port) =>
    `Port ${port} is taken by another program: choose another, or leave it out for one that is free.`,
  EACCES: (_, port) => `Port ${port} may not be used by this user: choose one from 1024 on.`,
  EADDRNOTAVAIL: (host) =>
    `${host} is no address of this machine: choose one of its own, or leave it out for 127.0.0.1.`,
  ENOTFOUND: (host) => `${host} is not known here: choose an address of this machine.`,
};

/** The dashboard cannot listen where it is to. */
export class ListenError extends LiveHeartRateError {
  /**
   * @param host - Where it was to listen.
   * @param port - On which port.
   * @param cause - The error of the operating system.
   */
  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const { code = '' } = cause;
    const message = reasons[code]?.(host, port) ?? `Nobody can listen on port ${port} of ${host} (${code}).`;
    super('LISTEN_FAILED', message, { cause });
  }
}
