// Reads the memory of the handler after 1,000 invocations and after 10,000, of 1,000 records each, without what is
// garbage. The URL of the stand-in; wants --expose-gc.
import { createIndexer } from 'liveheartrate/lambda';
import { memoryWithoutGarbage } from '../memory-without-garbage.mjs';
import { eventOf } from './events.mjs';

const FIRST = 1_000;
const LAST = 10_000;

const handler = createIndexer({ endpoint: process.argv[2] ?? '', index: 'heart_rate' });

/** @type {{ invocations: number, rss: number, heapUsed: number }[]} */
const readings = [];
for (let invocation = 1; invocation <= LAST; invocation++) {
  const { batchItemFailures } = await handler(eventOf(invocation));
  if (batchItemFailures.length > 0) throw new Error('The handler has handed something back.');
  if (invocation === FIRST || invocation === LAST)
    readings.push({ invocations: invocation, ...(await memoryWithoutGarbage()) });
}
console.log(JSON.stringify(readings));
process.exit();
