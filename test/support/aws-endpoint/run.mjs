// The endpoint in a process of its own: `node run.mjs '{"shards":4}'` says its URL on standard output, and runs until it
// is told to end. To a parent that has forked it, it sends the URL as a message; `separate.mjs` is that parent.
import { startAwsEndpoint } from './endpoint.mjs';

/** @typedef {import('./separate.mjs').Order} Order */

const endpoint = await startAwsEndpoint(JSON.parse(process.argv[2] ?? '{}'));
const { send } = process;

/** @param {Order} order */
async function obey(order) {
  if (order.faults) endpoint.faults = order.faults;
  if ('outage' in order) await endpoint.outage(order.outage ?? undefined);
  if (order.forget) {
    endpoint.records.length = 0;
    endpoint.calls.length = 0;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({
    id: order.id,
    calls: order.report ? endpoint.calls : [],
    records: order.report
      ? endpoint.records.map(({ stream, shard, key, text }) => ({ stream, shard, key, text }))
      : [],
    connections: endpoint.connections,
    cpuMs: (user + system) / 1_000,
  });
}

if (send) {
  process.on('message', (/** @type {Order} */ order) => obey(order));
  // It must not outlive its parent.
  process.on('disconnect', () => endpoint.stop());
  process.send?.({ id: 0, url: endpoint.url });
} else {
  console.log(endpoint.url);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => endpoint.stop());
}
