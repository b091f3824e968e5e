import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export const STREAM = 'rides';

/** Nobody listens there. */
export const NOWHERE = 'http://127.0.0.1:9';

/**
 * A client for an endpoint at this address, without retries. It speaks HTTP/1.1: Node.js gives a connection of HTTP/2 64 KB
 * at a time, and each call would wait for the next 64 KB several times, which is a matter of the endpoint and not of the
 * sink. The bare SDK has it too, so that it is the sink alone that makes a difference.
 * @param {string} endpoint
 */
export const clientFor = (endpoint) =>
  new KinesisClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
