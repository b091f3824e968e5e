/** How an AWS service is asked. Nobody checks the signature there; it tells which service is meant. */
const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;
const WITHIN = 60_000;

async function ask(url: string, service: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: authorization(service), ...(init.headers as Record<string, string>) };
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(WITHIN) });
  if (!response.ok) throw new Error(`${service} at ${url}: ${response.status} ${await response.text()}`);
  return response;
}

/** Asks a service that speaks JSON, such as `AmazonAthena.GetNamedQuery`. */
export async function callJson<Answer>(aws: string, target: string, body: object): Promise<Answer> {
  const service = target.startsWith('AmazonAthena') ? 'athena' : 'glue';
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const response = await ask(aws, service, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

/** An object of a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly written: Date;
}

/** The objects of a bucket whose keys begin so. */
export async function listObjects(aws: string, bucket: string, prefix: string): Promise<StoredObject[]> {
  const response = await ask(`${aws}/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`, 's3');
  const text = await response.text();
  return [...text.matchAll(/<Key>([^<]+)<\/Key>.*?<LastModified>([^<]+)<\/LastModified>/gs)].map(
    ([, key = '', written = '']) => ({ key, written: new Date(written) }),
  );
}

export async function readObject(aws: string, bucket: string, key: string): Promise<Buffer> {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return Buffer.from(await (await ask(`${aws}/${bucket}/${path}`, 's3')).arrayBuffer());
}

/** The code of the function with a description, as a zip file. */
export async function readCode(aws: string, description: string): Promise<Buffer> {
  const functions = `${aws}/2015-03-31/functions/`;
  const { Functions } = (await (await ask(functions, 'lambda')).json()) as {
    Functions: { FunctionName: string; Description: string }[];
  };
  const name = Functions.find(({ Description }) => Description === description)?.FunctionName;
  if (name === undefined) throw new Error(`No function is described as ${description}.`);
  const { Code } = (await (await ask(`${functions}${name}`, 'lambda')).json()) as {
    Code: { Location: string };
  };
  return Buffer.from(await (await ask(Code.Location, 'lambda')).arrayBuffer());
}

/** The resources of a stack, by their types. */
export async function stackResources(aws: string, stack: string): Promise<Record<string, string[]>> {
  const body = new URLSearchParams({
    Action: 'DescribeStackResources',
    Version: '2010-05-15',
    StackName: stack,
  });
  const text = await (await ask(aws, 'cloudformation', { method: 'POST', body })).text();
  const found: Record<string, string[]> = {};
  for (const [member] of text.matchAll(/<member>.*?<\/member>/gs)) {
    const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(member)?.[1] ?? '';
    const type = field('ResourceType');
    found[type] = [...(found[type] ?? []), field('PhysicalResourceId')];
  }
  return found;
}
