import type { BasicAuth } from '../../src/opensearch/index.js';
import { within } from './within.js';

/** Milliseconds for it all, and for one attempt. */
const DEADLINE = 8_000;
const ATTEMPT = 3_000;

/** The secret cannot be read, or holds something else. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';

  /**
   * @param message - What to do; nothing of the secret.
   * @param retriable - Whether it may be read later without anybody changing anything.
   */
  constructor(
    message: string,
    readonly retriable: boolean,
  ) {
    super(message);
  }
}

/**
 * Reads name and password from a secret of Secrets Manager, `{"username": …, "password": …}`.
 *
 * @param secretArn - The ARN or the name of the secret.
 */
export async function readCredentials(secretArn: string): Promise<BasicAuth> {
  const text = await within(DEADLINE, read(secretArn)).catch((cause: unknown) => {
    // Its text may hold more than its name.
    const { name } = cause as Error;
    throw new CredentialsError(
      `The secret with the user of OpenSearch could not be read (${name}). Check that it exists, and that this ` +
        'function may call secretsmanager:GetSecretValue on it, and kms:Decrypt on its key.',
      true,
    );
  });
  const { username, password } = parsed(text) ?? {};
  if (typeof username === 'string' && username && typeof password === 'string' && password) {
    return { username, password };
  }
  throw new CredentialsError(
    'The secret with the user of OpenSearch must be JSON with the texts username and password.',
    false,
  );
}

async function read(secretArn: string): Promise<string | undefined> {
  // Lambda brings it: only who has a secret loads it.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: ATTEMPT, requestTimeout: ATTEMPT, throwOnRequestTimeout: true },
  });
  try {
    const abortSignal = AbortSignal.timeout(DEADLINE);
    return (await client.send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal }))
      .SecretString;
  } finally {
    client.destroy();
  }
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    // `null` is JSON too.
    return (JSON.parse(text ?? '') as Record<string, unknown> | null) ?? undefined;
  } catch {
    return undefined;
  }
}
