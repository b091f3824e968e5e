import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ListenError } from './errors.js';
import { PORT } from './options.js';

/**
 * Begins to listen; on the usual port, or where that is taken on any other, unless one is given.
 *
 * @returns The port.
 * @throws {@link ListenError} where that is not possible.
 */
export async function listen(server: Server, host: string, port: number | undefined): Promise<number> {
  try {
    server.listen({ host, port: port ?? PORT });
    await once(server, 'listening');
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    if (port === undefined && cause.code === 'EADDRINUSE') return listen(server, host, 0);
    throw new ListenError(host, port ?? PORT, cause);
  }
  return (server.address() as AddressInfo).port;
}

/** The host by which others reach a server that listens on all addresses. */
export function reachable(host: string): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  const name = host === '0.0.0.0' || host === '::' ? (own?.address ?? 'localhost') : host;
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
