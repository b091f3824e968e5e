import { Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';

const PLAIN_PORT = 4568;
const { listen } = Server.prototype;

// It would listen on every interface. Nobody but this machine is to reach it, on a port that is free.
Server.prototype.listen = function (port, ready) {
  return listen.call(this, 0, '127.0.0.1', () => {
    ready();
    if (port === PLAIN_PORT) parentPort.postMessage(this.address().port);
  });
};

process.env.KINESIS_MOCK_PLAIN_PORT = String(PLAIN_PORT);
process.env.KINESIS_MOCK_CERT_PATH = fileURLToPath(import.meta.resolve('kinesis-local/server.json'));
process.env.CREATE_STREAM_DURATION = '1ms';
process.env.LOG_LEVEL = 'WARN';
await import('kinesis-local');
