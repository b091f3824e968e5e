import { Connection, type Transport } from '@opensearch-project/opensearch';
// The entry for the AWS SDK would bring that SDK into every bundle; this is the same signer without it.
// @ts-expect-error It comes without types.
import { giveAwsV4Signer } from '@opensearch-project/opensearch/lib/aws/shared.js';
import { InvalidArgumentError } from '../errors.js';
import type { BasicAuth, OpenSearchAuth } from './auth.js';
import { type AwsAuth, type AwsCredentials, awsAuthOf, environmentCredentials } from './aws-auth.js';

/** The parts of a client that know how to authenticate; they keep their secrets where no inspection shows them. */
export interface Authentication {
  /** What makes the HTTP request. */
  readonly Connection?: typeof Connection;
  /** What comes before that. */
  readonly Transport?: typeof Transport;
}

/** What the signer caches for the next request, unless it has expired. */
type Expired = AwsCredentials & { readonly expired: true };
const signer = giveAwsV4Signer as () => (options: {
  readonly service: AwsAuth['service'];
  readonly region: string;
  readonly getCredentials: () => Promise<Expired>;
}) => Authentication;

/** Makes the parts of a client that authenticate its requests to an endpoint. */
export function authenticate(auth: OpenSearchAuth, url: URL): Authentication {
  if (auth === 'none') return {};
  return 'service' in auth ? sign(auth, url) : withHeader(auth);
}

function withHeader({ username, password }: BasicAuth): Authentication {
  if (!username || !password || username.includes(':')) {
    throw new InvalidArgumentError('auth must have a username, without a colon, and a password.');
  }
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return {
    Connection: class extends Connection {
      override buildRequestObject(params: unknown) {
        const request = super.buildRequestObject(params);
        return { ...request, headers: { ...request.headers, authorization } };
      }
    },
  };
}

function sign({ service, region, credentials = environmentCredentials }: AwsAuth, url: URL): Authentication {
  if (service !== 'es' && service !== 'aoss') {
    throw new InvalidArgumentError('auth.service must be es or aoss.');
  }
  const where = region || awsAuthOf(url)?.region || process.env.AWS_REGION;
  if (!where) {
    throw new InvalidArgumentError(
      'The name of the host does not tell the region: pass auth.region, or set AWS_REGION.',
    );
  }
  return signer()({ service, region: where, getCredentials: async () => forOneRequest(await credentials()) });
}

/** What goes into a header. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/** They rotate, so that every request asks for them anew. */
function forOneRequest({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): Expired {
  const texts = [accessKeyId, secretAccessKey, ...(sessionToken ? [sessionToken] : [])];
  if (!texts.every((text) => PRINTABLE.test(text ?? ''))) {
    throw new InvalidArgumentError(
      'The AWS credentials must have an accessKeyId and a secretAccessKey of letters, digits and signs, without spaces.',
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken, expired: true };
}
