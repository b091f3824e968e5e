import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Received } from './listener.js';

/** What a request has to be signed for. */
export interface Scope {
  readonly service: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** Whether a request is signed as AWS would sign what has arrived: its path, its query, its headers, its bytes. */
export async function isSigned(
  received: Received,
  { service, region, credentials }: Scope,
): Promise<boolean> {
  const { method, url, headers, body } = received;
  const authorization = headers.authorization ?? '';
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const needed = ['host', 'x-amz-content-sha256', 'x-amz-date'];
  if (credentials.sessionToken) needed.push('x-amz-security-token');
  if (!needed.every((name) => signed.includes(name))) return false;
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) return false;
  if (headers['x-amz-security-token'] !== credentials.sessionToken) return false;

  const { pathname, searchParams } = new URL(url, 'http://any');
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const again = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: headers.host ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, headers[name] ?? ''])),
      body,
    },
    { signingDate: dateOf(headers['x-amz-date'] ?? '') },
  );
  return again.headers.authorization === authorization;
}

/** `20261123T101112Z` */
const dateOf = (text: string) =>
  new Date(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
