/**
 * A record as an event source mapping gives it to a function.
 * @param {object} record
 * @param {string} record.shard
 * @param {number} record.sequence number within the stream
 * @param {string} record.key
 * @param {string | Uint8Array} record.data
 * @param {number} record.arrival epoch seconds
 * @returns {import('aws-lambda').KinesisStreamRecord}
 */
export function recordOf({ shard, sequence, key, data, arrival }) {
  const sequenceNumber = `49${String(sequence).padStart(54, '0')}`;
  return {
    awsRegion: 'eu-central-1',
    eventID: `${shard}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/rides',
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/indexer',
    kinesis: {
      approximateArrivalTimestamp: arrival,
      data: Buffer.from(data).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: key,
      sequenceNumber,
    },
  };
}
