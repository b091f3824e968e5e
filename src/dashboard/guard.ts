import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { isLoopback } from './options.js';

/** Why a request is not answered: the status, and a sentence for a person. */
interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly reason: string;
}

/** Who may ask. */
export interface Guard {
  /** Why this request is refused; `undefined` where it is not. */
  refuse(request: IncomingMessage, url: URL): Refusal | undefined;
  /** The cookie that stands for a token which the URL brings; `undefined` where it brings none. */
  cookieFor(url: URL): string | undefined;
}

/**
 * Keeps out what is not meant: pages of other sites, which may reach this server by their visitor's browser, also under a
 * name of theirs that leads here; and who does not know the token, where there is one.
 *
 * @param host - Where the server listens.
 * @param port - On which port.
 */
export function guardOf(host: string, port: number, token: string | undefined): Guard {
  const names = [
    'localhost',
    hostname().toLowerCase(),
    `${hostname().toLowerCase()}.local`,
    host.toLowerCase(),
  ];
  const cookieName = `liveheartrate_${port}`;
  const secret = token && createHmac('sha256', token).update('cookie').digest('base64url');

  /** A name that leads here may be another's, an address cannot: only by a name a page of another site gets in. */
  function isOurs(authority: string | undefined): boolean {
    if (authority === undefined || !URL.canParse(`http://${authority}`)) return false;
    const name = new URL(`http://${authority}`).hostname.replace(/^\[|\]$/g, '');
    if (isLoopback(host)) return isLoopback(name) || name === host;
    return isIP(name) !== 0 || names.includes(name);
  }

  function knows({ headers }: IncomingMessage, url: URL): boolean {
    if (token === undefined || secret === undefined) return true;
    const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    const cookies = (headers.cookie ?? '').split(/; */);
    const given = [url.searchParams.get('token'), bearer].some((text) => text && equal(text, token));
    return given || cookies.some((cookie) => equal(cookie, `${cookieName}=${secret}`));
  }

  return {
    refuse(request, url) {
      const { host: authority, origin } = request.headers;
      if (!isOurs(authority))
        return { status: 421, reason: 'This server is asked under a name that is not its own.' };
      if (origin !== undefined && origin !== `http://${authority}` && origin !== `https://${authority}`)
        return { status: 403, reason: 'Pages of other sites may not ask this server.' };
      if (!knows(request, url))
        return { status: 401, reason: 'Open the URL with its token, as the command has said it.' };
      return undefined;
    },
    cookieFor: (url) =>
      secret && url.searchParams.has('token')
        ? `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`
        : undefined,
  };
}

/** In a time that tells nothing of where they differ. */
const equal = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest();
