import { once } from 'node:events';
import { createServer } from 'node:http';

const NEWLINE = 0x0a;
const CREATED = {
  create: {
    _index: 'heart_rate-2026.11.23',
    _id: '5e551044-beef-4ace-8bad-000000000000:1000',
    _version: 1,
    result: 'created',
    _shards: { total: 1, successful: 1, failed: 0 },
    _seq_no: 1_000_000,
    _primary_term: 1,
    status: 201,
  },
};

/**
 * Stands in for OpenSearch where only the handler is looked at, for as long as the work takes: it counts the lines of
 * a `_bulk` request, and answers that each document was created.
 * @template Result
 * @param {(url: string) => Promise<Result>} work
 */
export async function withStandIn(work) {
  /** The same answers again and again. @type {Map<number, Buffer>} */
  const answers = new Map();
  const answerTo = (/** @type {number} */ documents) => {
    const items = () => Array.from({ length: documents }, () => CREATED);
    const answer =
      answers.get(documents) ?? Buffer.from(JSON.stringify({ took: 1, errors: false, items: items() }));
    answers.set(documents, answer);
    return answer;
  };

  const server = createServer((request, response) => {
    let lines = 0;
    request.on('data', (/** @type {Buffer} */ chunk) => {
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
    });
    request.on('end', () => {
      const answer = answerTo(lines / 2);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
