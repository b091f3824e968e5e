import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { DeliveryOptions } from './options.js';

/** Tells the AWS SDK where to deliver to: its clients look for both in the environment by themselves. */
export function speakTo({ region, endpoint }: Pick<DeliveryOptions, 'region' | 'endpoint'>): void {
  if (region !== undefined) process.env.AWS_REGION = region;
  if (endpoint !== undefined) process.env.AWS_ENDPOINT_URL = endpoint;
}

/** A client for a stand-in without TLS, which does not speak HTTP/2, as the client by itself does; else `undefined`. */
export async function clientForStandIn(env = process.env): Promise<KinesisClient | undefined> {
  const endpoint = env.AWS_ENDPOINT_URL_KINESIS ?? env.AWS_ENDPOINT_URL;
  if (!endpoint?.startsWith('http:')) return undefined;
  const { KinesisClient } = await import('@aws-sdk/client-kinesis');
  // A part of the client that its user does not have by name.
  const here = createRequire(realpathSync(process.argv[1] ?? '.'));
  const ofClient = createRequire(here.resolve('@aws-sdk/client-kinesis'));
  const { NodeHttpHandler } = ofClient(
    '@smithy/node-http-handler',
  ) as typeof import('@smithy/node-http-handler');
  return new KinesisClient({ maxAttempts: 1, requestHandler: new NodeHttpHandler() });
}
