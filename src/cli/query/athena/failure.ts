import { QueryError } from '../errors.js';

/** What these say concerns the question. Others may repeat the request, in which there are signatures. */
const PLAIN = /^(InvalidRequest|AccessDenied|Metadata|TooManyRequests|ResourceNotFound|SessionAlreadyExists)/;
const LATER =
  /^(TooManyRequests|Throttling|InternalServer|TimeoutError|AbortError|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;

/** What to do where an error of the SDK has this name. */
const REMEDIES: readonly (readonly [name: RegExp, remedy: string])[] = [
  [
    /Credentials|UnrecognizedClient|ExpiredToken|InvalidSignature|AuthFailure/,
    'Sign in to AWS again, or check AWS_PROFILE.',
  ],
  [/AccessDenied/, 'The caller needs rights on the workgroup, the table and both buckets.'],
  [/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|TimeoutError|AbortError/, 'Check the network, and AWS_REGION.'],
];

/** An error of the SDK in our words; none of them repeats what was sent. */
export function failureOf(cause: unknown): QueryError {
  const {
    name = 'Error',
    message = '',
    code,
  } = (cause ?? {}) as {
    name?: string;
    message?: string;
    code?: string;
  };
  if (/region is missing/i.test(message)) {
    return new QueryError('Athena is of a region: set AWS_REGION, or that of the profile.', { cause });
  }
  const what = code && name === 'Error' ? code : name;
  const said = PLAIN.test(name) && message ? `: ${message}` : '';
  const remedy =
    (/output location/i.test(said) && 'Say where the answers go: --output s3://bucket/folder/.') ||
    REMEDIES.find(([pattern]) => pattern.test(what))?.[1];
  return new QueryError(`Athena did not take the request (${what}${said}).${remedy ? ` ${remedy}` : ''}`, {
    retriable: LATER.test(what),
  });
}
