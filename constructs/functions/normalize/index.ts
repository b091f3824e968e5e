import { Metrics } from '@aws-lambda-powertools/metrics';
import type { FirehoseEvent } from '../../../src/lambda/event.js';
import { firehoseAnswer } from '../../../src/lambda/firehose-event.js';

/** Namespace and service are those of the environment. */
const metrics = new Metrics();

/**
 * A Firehose transformation: the samples of every record in the wire format, and what holds none has failed. Lambda may
 * take the answer of no function that is not asynchronous.
 */
export const handler = async (event: FirehoseEvent) => {
  let lost = 0;
  const answer = firehoseAnswer(event, (documents) => {
    lost += documents;
  });
  // Firehose has no metric of it: what the function itself calls failed is no failure of the function.
  metrics.addMetric('NotArchived', 'Count', lost);
  metrics.publishStoredMetrics();
  return answer;
};
