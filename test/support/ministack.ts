import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonOfVenv } from '../../scripts/servers.mjs';
import { freePort } from './free-port.ts';
import { type Server, startServer } from './server.ts';

const PIPELINE = fileURLToPath(new URL('ministack-pipeline', import.meta.url));

/** The AWS services on this machine: Kinesis, Firehose, S3, Lambda and what else the pipeline is made of. */
export const startMinistack = (): Promise<Server> => start(['-m', 'ministack']);

/**
 * The same with what they lack of the deployed pipeline.
 *
 * @param bufferSeconds - How long Firehose waits for further records.
 */
export const startMinistackPipeline = (bufferSeconds: number): Promise<Server> =>
  start([PIPELINE], { FIREHOSE_BUFFER_SECONDS: String(bufferSeconds) });

async function start(program: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const port = await freePort();
  return startServer({
    name: 'ministack',
    command: (folder) => {
      // The functions are unpacked below it, and are not of the module type of this project.
      writeFileSync(join(folder, 'package.json'), '{}');
      return [pythonOfVenv, ...program];
    },
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
      PYTHONDONTWRITEBYTECODE: '1',
      ...env,
    }),
    urlWhenReady: () => `http://127.0.0.1:${port}/_ministack/ready`,
    startMs: 300_000,
    graceMs: 5_000,
  });
}
