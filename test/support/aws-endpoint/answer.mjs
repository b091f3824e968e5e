import { Refusal } from './refusal.mjs';

/**
 * @typedef {import('./faults.mjs').Operation} Operation
 * @typedef {import('./service.mjs').Service} Service
 *
 * @typedef {object} Message a call as it came in
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} httpVersion
 * @property {string} body
 *
 * @typedef {object} Call
 * @property {number} at when it had come in, epoch milliseconds with fractions
 * @property {string} operation
 * @property {string} http `1.1` or `2.0`
 * @property {string} invocation the same for all attempts of one command
 * @property {string} attempt which one it is, as the SDK says: `attempt=1; max=3`
 * @property {string} accessKey id of the key that it is signed with
 * @property {number} status of HTTP; 0 where it got no answer
 * @property {string | undefined} error the `__type` of the answer, or `reset` or `hang`
 * @property {number} delay of the answer by a fault, milliseconds
 * @property {string} stream
 * @property {number} records that it brought
 * @property {number} bytes of their data and keys
 * @property {number} taken how many of the records were accepted
 */

/** @type {Readonly<Record<string, Operation>>} */
const operations = {
  'Kinesis_20131202.PutRecords': 'PutRecords',
  'Kinesis_20131202.PutRecord': 'PutRecord',
  'Firehose_20150804.PutRecordBatch': 'PutRecordBatch',
};

const NOT_JSON = '<html><body><h1>502 Bad Gateway</h1></body></html>';

/**
 * What becomes of a call, and the answer to it.
 * @param {Service} service
 * @param {Message} message
 * @returns {{ call: Call, text: string }}
 */
export function answer(service, { headers, httpVersion, body }) {
  const target = String(headers['x-amz-target']);
  const operation = operations[target];
  const { fate } = service;
  /** @type {Call} */
  const call = {
    at: performance.timeOrigin + performance.now(),
    operation: operation ?? target,
    http: httpVersion,
    invocation: String(headers['amz-sdk-invocation-id']),
    attempt: String(headers['amz-sdk-request']),
    accessKey: /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '',
    status: 0,
    error: fate.connection('Before'),
    delay: 0,
    stream: '',
    records: 0,
    bytes: 0,
    taken: 0,
  };
  if (call.error) return { call, text: '' };

  const { result, ...counts } = take(service, call, operation, body);
  Object.assign(call, counts);
  const { lost, notJson, tooFew, delay } = fate.answer();
  if (lost) return { call: { ...call, error: lost }, text: '' };
  if (result instanceof Refusal) {
    return { call: { ...call, status: result.status, error: result.type, delay }, text: result.body };
  }
  const results = tooFew ? result.slice(0, -1) : result;
  const text = notJson ? NOT_JSON : JSON.stringify(shape(call, results));
  return { call: { ...call, status: 200, delay }, text };
}

/** @param {Service} service @param {Call} call @param {Operation | undefined} operation @param {string} body */
function take(service, { accessKey, operation: asked }, operation, body) {
  if (!operation) return { result: new Refusal('UnknownOperationException', `There is no ${asked}.`) };
  try {
    return service.call(operation, JSON.parse(body), accessKey);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { result: new Refusal('SerializationException', 'The body is no JSON.') };
  }
}

/** @param {Call} call @param {readonly unknown[]} results */
function shape({ operation, records, taken }, results) {
  if (operation === 'PutRecord') return results[0] ?? {};
  if (operation === 'PutRecords') return { FailedRecordCount: records - taken, Records: results };
  return { FailedPutCount: records - taken, Encrypted: false, RequestResponses: results };
}
