import { randomUUID } from 'node:crypto';
import { answer } from './answer.mjs';
import { Listener } from './listener.mjs';
import { Service } from './service.mjs';

/**
 * @typedef {import('./faults.mjs').Faults} Faults
 * @typedef {import('./listener.mjs').AnyRequest} AnyRequest
 * @typedef {import('./listener.mjs').AnyResponse} AnyResponse
 *
 * @typedef {import('./service.mjs').RatedServiceOptions & {
 *   latency?: number | undefined, faults?: Faults | undefined
 * }} AwsEndpointOptions `latency`: how long every answer takes, milliseconds
 */

/** Kinesis and Firehose, as far as producers see them, for the clients of the AWS SDK: limits, rates and faults. */
export class AwsEndpoint {
  /** Every call that came in whole, in order. @type {import('./answer.mjs').Call[]} */
  calls = [];
  latency;
  #service;
  #listener;
  /** @type {Set<NodeJS.Timeout>} */
  #delayed = new Set();

  /** @param {AwsEndpointOptions} options */
  constructor({ latency = 0, faults = {}, ...options }) {
    this.latency = latency;
    this.#service = new Service(options);
    this.#service.fate.faults = faults;
    this.#listener = new Listener((request, response) => this.#receive(request, response));
  }

  /** Every accepted record in order of arrival. It may be emptied. */
  get records() {
    return this.#service.records;
  }

  get url() {
    return `http://127.0.0.1:${this.#listener.port}`;
  }

  /** How many connections were opened so far. */
  get connections() {
    return this.#listener.connections;
  }

  get faults() {
    return this.#service.fate.faults;
  }

  set faults(faults) {
    this.#service.fate.faults = faults;
  }

  /** Names of the streams that exist; `undefined` where every one does. */
  get streams() {
    return this.#service.streams;
  }

  listen() {
    return this.#listener.listen();
  }

  /** Lets an outage begin, or end with `undefined`. @param {import('./listener.mjs').Outage | undefined} outage */
  outage(outage) {
    return this.#listener.outage(outage);
  }

  async stop() {
    for (const timer of this.#delayed) clearTimeout(timer);
    await this.#listener.stop();
  }

  /** @param {AnyRequest} request @param {AnyResponse} response */
  #receive(request, response) {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('error', () => {});
    response.on('error', () => {});
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    request.on('end', () => this.#handle(request, response, Buffer.concat(chunks).toString()));
  }

  /** @param {AnyRequest} request @param {AnyResponse} response @param {string} body */
  #handle({ headers, httpVersion, socket }, response, body) {
    const { call, text } = answer(this.#service, { headers, httpVersion, body });
    this.calls.push(call);
    if (call.error === 'hang') return;
    if (call.error === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    const delay = this.latency + call.delay;
    if (delay === 0) return send(response, call, text);
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      send(response, call, text);
    }, delay);
    this.#delayed.add(timer);
  }
}

/** @param {AnyResponse} response @param {import('./answer.mjs').Call} call @param {string} text */
function send(response, { status }, text) {
  // The client may have gone in the meantime.
  if ('stream' in response ? response.stream.destroyed : response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}

/** @param {AwsEndpointOptions} [options] */
export async function startAwsEndpoint(options = {}) {
  const endpoint = new AwsEndpoint(options);
  await endpoint.listen();
  return endpoint;
}
