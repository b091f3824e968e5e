import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What every AWS client of the tests is made with. */
export const awsClientConfig = (url: string) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  // The Kinesis client speaks HTTP/2 by itself, which the stand-in does not.
  requestHandler: new NodeHttpHandler({ connectionTimeout: 30_000, requestTimeout: 120_000 }),
});
