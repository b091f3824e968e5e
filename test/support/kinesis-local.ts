import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { type Server, startServer } from './server.ts';

const require = createRequire(import.meta.url);
const LOOPBACK = fileURLToPath(new URL('loopback.cjs', import.meta.url));

/**
 * A second Kinesis by other people, so that a sink does not come to depend on the habits of one stand-in. It takes
 * about 1,000 records a second, and starts in less than one, so the few tests that want it start it themselves.
 */
export async function startKinesisLocal(): Promise<Server> {
  const program = require.resolve('kinesis-local');
  const port = await freePort();
  return startServer({
    name: 'kinesis-local',
    command: () => [process.execPath, '--require', LOOPBACK, program],
    env: (folder) => ({
      KINESIS_MOCK_PLAIN_PORT: String(port),
      KINESIS_MOCK_TLS_PORT: '0',
      // By default it looks for it in the folder it is started in.
      KINESIS_MOCK_CERT_PATH: join(dirname(program), 'server.json'),
      CREATE_STREAM_DURATION: '1ms',
      PERSIST_PATH: folder,
      LOG_LEVEL: 'WARN',
      // Never the developer's own.
      AWS_REGION: 'us-east-1',
      AWS_ACCOUNT_ID: '000000000000',
      INITIALIZE_STREAMS: undefined,
    }),
    urlWhenReady: () => `http://127.0.0.1:${port}/healthcheck`,
    startMs: 180_000,
    // It does not end while connections are open, and has nothing to save.
    graceMs: 200,
  });
}
