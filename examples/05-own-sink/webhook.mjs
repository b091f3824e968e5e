import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseSamples } from 'liveheartrate';

/** A webhook on this machine that says what it gets, and is busy the first time. */
export async function startWebhook() {
  let busy = true;
  const server = createServer(async (request, response) => {
    const { samples } = parseSamples(await text(request));
    console.log(busy ? 'busy' : samples.map(({ heartRate }) => heartRate));
    response.writeHead(busy ? 503 : 204).end();
    busy = false;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
