import { pythonOfVenv } from '../../scripts/servers.mjs';
import { freePort } from './free-port.ts';
import { type Server, startServer } from './server.ts';

/** The AWS services on this machine: Kinesis, Firehose, S3, Lambda and what else the pipeline is made of. */
export async function startMinistack(): Promise<Server> {
  const port = await freePort();
  return startServer({
    name: 'ministack',
    command: () => [pythonOfVenv, '-m', 'ministack'],
    env: (folder) => ({
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      TMPDIR: folder,
      STATE_DIR: folder,
      S3_DATA_DIR: folder,
      // Never the developer's own, which it would hand to the Lambda functions.
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
    }),
    urlWhenReady: () => `http://127.0.0.1:${port}/_ministack/ready`,
    startMs: 30_000,
    graceMs: 5_000,
  });
}
