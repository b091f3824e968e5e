import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Check } from './check.js';

/** Where the AWS SDK finds credentials, in the order in which it looks: each by the variable that says so. */
const sources = [
  ['AWS_ACCESS_KEY_ID', 'an access key in the environment'],
  ['AWS_PROFILE', 'the profile that AWS_PROFILE names'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'a web identity'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'the role of this container'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'the role of this container'],
] as const;

/** Whether there are credentials for AWS, and a region. Whether they are good only AWS knows, and it is not asked. */
export function checkCredentials(env = process.env, exists: (path: string) => boolean = existsSync): Check {
  const folder = join(homedir(), '.aws');
  const files = [
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
    env.AWS_CONFIG_FILE ?? join(folder, 'config'),
  ];
  const file = files.find(exists);
  const found = sources.find(([variable]) => env[variable])?.[1] ?? (file && 'a file of profiles');
  if (found === undefined) {
    return {
      name: 'aws',
      state: 'optional',
      found:
        'no credentials seen; for --kinesis and --firehose: aws configure, or AWS_ACCESS_KEY_ID and its like',
    };
  }
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const where = region ?? (file ? 'region of the profile' : 'no region: set AWS_REGION, or --region');
  return { name: 'aws', state: 'ok', found: `${found}; ${where}` };
}
