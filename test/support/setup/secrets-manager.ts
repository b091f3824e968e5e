import { startWebServer } from './web-server.js';

/** Secrets Manager with one secret, whatever it is called. */
export async function startSecretsManager(text: string) {
  const secret = { text };
  const server = await startWebServer(({ headers }) =>
    headers['x-amz-target'] === 'secretsmanager.GetSecretValue'
      ? [200, { ARN: 'arn', Name: 'name', SecretString: secret.text }]
      : [400, { __type: 'UnknownOperationException' }],
  );
  return {
    ...server,
    /** Gives it another text, as a rotation does. */
    rotate(next: string) {
      secret.text = next;
    },
    /** What leads the AWS SDK there. */
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAALICE',
      AWS_SECRET_ACCESS_KEY: 'alice-secret',
    },
  };
}

/** An OpenSearch that takes documents from one user. */
export async function startGuardedIndex(user: string) {
  const allowed = { user };
  const server = await startWebServer(({ headers, body }) => {
    if (headers.authorization !== `Basic ${Buffer.from(allowed.user).toString('base64')}`) return [401];
    const items = body
      .toString()
      .trimEnd()
      .split('\n')
      .filter((_, at) => at % 2 === 0);
    return [200, { errors: false, items: items.map(() => ({ create: { status: 201 } })) }];
  });
  return {
    ...server,
    /** Takes them from somebody else from now on. */
    allow(next: string) {
      allowed.user = next;
    },
  };
}
