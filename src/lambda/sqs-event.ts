import type { BatchResponse, KinesisEvent, SqsEvent } from './event.js';
import { kinesisRecords } from './kinesis-event.js';
import type { StreamRecord } from './stream-record.js';

/** The records of an SQS event: those of the Kinesis event that a message wraps, or the message itself. */
export function* sqsRecords({ Records }: SqsEvent): Generator<StreamRecord> {
  for (const [item, { messageId, body }] of Records.entries()) {
    const data = Buffer.from(body).toString('base64');
    const message = { item, id: messageId, data, arrival: Date.now() };
    const invocation = invocationRecordOf(body);
    const event = invocation && payloadOf(invocation);
    if (event) for (const record of kinesisRecords(event)) yield { ...record, item };
    else yield invocation ? { ...message, fault: 'an invocation record without the event' } : message;
  }
}

/** A message that is not done comes again by itself, and alone. */
export function sqsAnswer({ Records }: SqsEvent, unsettled: ReadonlySet<number>): BatchResponse {
  const failures = Records.filter((_, item) => unsettled.has(item));
  return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

type InvocationRecord = Partial<Record<'payload' | 'requestPayload', unknown>>;

/** What Lambda writes of an invocation that has failed ("Retaining discarded batches"). */
function invocationRecordOf(body: string): InvocationRecord | undefined {
  if (!/"(KinesisBatchInfo|requestPayload)"/.test(body)) return undefined;
  const value = readObject(body);
  return value && !('heart_rate' in value) ? value : undefined;
}

/** The event of it: only the destination S3 keeps it, as text; asynchronous invocations keep theirs as it is. */
function payloadOf({ payload, requestPayload }: InvocationRecord): KinesisEvent | undefined {
  const event = typeof payload === 'string' ? readObject(payload) : (payload ?? requestPayload);
  const { Records } = (event ?? {}) as Partial<KinesisEvent>;
  return Array.isArray(Records) && Records.every((record) => typeof record?.kinesis?.data === 'string')
    ? { Records }
    : undefined;
}

function readObject(text: string): InvocationRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
