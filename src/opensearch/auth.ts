import { InvalidArgumentError } from '../errors.js';
import { type AwsAuth, awsAuthOf } from './aws-auth.js';

/** Name and password of a user of OpenSearch. */
export interface BasicAuth {
  /** The name; it holds no colon. */
  readonly username: string;
  /** The password. */
  readonly password: string;
}

/** How OpenSearch is told who asks: not at all, by name and password, or by signatures of AWS. */
export type OpenSearchAuth = 'none' | BasicAuth | AwsAuth;

/** The words for it in the environment. */
const WORDS = ['none', 'basic', 'es', 'aoss'];

/**
 * How to ask an endpoint where the caller does not say: as the environment says, else as the endpoint itself suggests.
 *
 * @param url - The endpoint, with or without a user in it.
 */
export function defaultAuth(url: URL): OpenSearchAuth {
  const { env } = process;
  const word = env.OPENSEARCH_AUTH || undefined;
  if (word !== undefined && !WORDS.includes(word)) {
    throw new InvalidArgumentError(`OPENSEARCH_AUTH in the environment must be one of ${WORDS.join(', ')}.`);
  }
  if (word === 'none') return 'none';
  if (word === 'es' || word === 'aoss') return { service: word };

  const user = userOf(url);
  if (user) return user;
  if (word === 'basic') {
    throw new InvalidArgumentError(
      'OPENSEARCH_AUTH is basic: OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD must be in the environment too.',
    );
  }
  return awsAuthOf(url) ?? 'none';
}

/** The user in the URL, else the one in the environment. */
function userOf({ username, password }: URL): BasicAuth | undefined {
  if (username) return { username: decode(username), password: decode(password) };
  const { OPENSEARCH_USERNAME: name = '', OPENSEARCH_PASSWORD: secret = '' } = process.env;
  return name ? { username: name, password: secret } : undefined;
}

function decode(text: string): string {
  try {
    // A percent sign that begins no escape stands for itself.
    return decodeURIComponent(text.replace(/%(?![\dA-Fa-f]{2})/g, '%25'));
  } catch {
    throw new InvalidArgumentError('The user and password in the endpoint must be escaped as UTF-8.');
  }
}
