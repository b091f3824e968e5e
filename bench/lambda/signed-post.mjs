import { Agent, request } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/**
 * Posts JSON with a signature of AWS over a connection that is kept.
 * @param {string} address
 * @returns {(body: string) => Promise<void>}
 */
export function signedPost(address) {
  const { protocol, hostname, host, port, pathname: path } = new URL(address);
  const agent = new Agent({ keepAlive: true });
  const signer = new SignatureV4({
    service: 'es',
    region: 'eu-central-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    sha256: Sha256,
  });
  return async (body) => {
    const { headers } = await signer.sign({
      method: 'POST',
      protocol,
      hostname,
      path,
      headers: { host, 'content-type': 'application/json' },
      body,
    });
    const status = await new Promise((resolve, reject) => {
      const sent = request({ agent, method: 'POST', hostname, port, path, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      sent.on('error', reject).end(body);
    });
    if (status !== 201) throw new Error(`A document was refused with status ${status}.`);
  };
}
