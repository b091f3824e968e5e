const json = (status: number, body: object) => ({
  status,
  type: 'application/json',
  text: JSON.stringify(body),
});
const error = (status: number, type: string, reason: string) =>
  json(status, { error: { root_cause: [{ type, reason }], type, reason }, status });

/** How a request as a whole is refused, and nothing of it taken. */
export const refusals = {
  throttled: error(429, 'rejected_execution_exception', 'too many requests'),
  unavailable: error(503, 'cluster_block_exception', 'no cluster manager'),
  badGateway: { status: 502, type: 'text/html', text: '<html><h1>502 Bad Gateway</h1></html>' },
};

/** How a request is refused that has too many bytes. */
export const tooLarge = json(413, { Message: 'Request size exceeded' });

/**
 * What can happen to a request, apart from its size: a refusal; no JSON in the answer, though the documents were taken;
 * the connection reset, or no answer ever, before the documents were taken or after.
 */
export const requestFaults = [
  'throttled',
  'unavailable',
  'badGateway',
  'notJson',
  'resetBefore',
  'resetAfter',
  'hangBefore',
  'hangAfter',
] as const;

/** One of them. */
export type RequestFault = (typeof requestFaults)[number];
