import { InvalidArgumentError } from '../errors.js';

/** Credentials of AWS. */
export interface AwsCredentials {
  /** Id of the access key. */
  readonly accessKeyId: string;
  /** The secret that belongs to it. */
  readonly secretAccessKey: string;
  /** Token of the session, where they are temporary ones. */
  readonly sessionToken?: string | undefined;
}

/** Requests are signed (Signature Version 4), as Amazon OpenSearch Service wants it. */
export interface AwsAuth {
  /** Which service: `es` is a domain, `aoss` a serverless collection. */
  readonly service: 'es' | 'aoss';
  /** Its region. Default: the one in the name of the host, else the environment's `AWS_REGION`. */
  readonly region?: string;
  /**
   * Gives the credentials, and is asked before each request; a provider of the AWS SDK fits. Default: the environment's
   * `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, as they are at that time.
   */
  readonly credentials?: () => Promise<AwsCredentials>;
}

const REGION = '(?<region>[a-z]+(?:-[a-z]+)+-\\d+)';
/** Domains and collections, and their dual-stack names. */
const HOSTS = [
  new RegExp(`\\.${REGION}\\.(?<service>es|aoss|aoss-fips)\\.amazonaws\\.(com|com\\.cn|eu)$`),
  new RegExp(`\\.(?<service>aos|aoss)\\.${REGION}\\.on\\.aws$`),
];

/** What the name of a host of AWS tells: which service it is, and where; `undefined` for any other. */
export function awsAuthOf({ hostname }: URL): { service: AwsAuth['service']; region: string } | undefined {
  for (const host of HOSTS) {
    const { service, region } = host.exec(hostname)?.groups ?? {};
    if (region) return { service: service?.startsWith('aoss') ? 'aoss' : 'es', region };
  }
  return undefined;
}

/** The credentials of the environment, as they are now. */
export async function environmentCredentials(): Promise<AwsCredentials> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
  throw new InvalidArgumentError(
    'Requests to this endpoint are signed, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both in the ' +
      'environment. Set them, and AWS_SESSION_TOKEN for temporary ones; in a shell by ' +
      'eval "$(aws configure export-credentials --format env)". In code, pass auth.credentials, or auth: \'none\'.',
  );
}
