// How long each sample takes from its notification until a search finds it: JSON with the URL of OpenSearch, how many
// straps there are, the refresh interval and the latency of the sink.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from '@opensearch-project/opensearch';
import { heartRates, sampleIdentity, sendTo } from 'liveheartrate';
import { kinesisSink } from 'liveheartrate/kinesis';
import { prepareIndex } from 'liveheartrate/lambda';
import { tap } from 'rxjs';
import { clientFor, STREAM } from '../sink/client.mjs';
import { spreadStraps } from './straps.mjs';
import { watchIds } from './watch-ids.mjs';

const WARM_UP_MS = 5_000;
const CLOUD = fileURLToPath(new URL('cloud-run.mjs', import.meta.url));

/** @type {{ url: string, straps: number, period: number, seconds: number, refresh?: string, maxLatency: number }} */
const { url, straps, period, seconds, refresh, maxLatency } = JSON.parse(process.argv[2] ?? '{}');
const index = `searchable-${process.pid}`;
const opensearch = new Client({ node: url });
await prepareIndex(opensearch, { index });

const cloud = fork(CLOUD, [url, index], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
cloud.on('exit', () => process.exit(1));
const [kinesis] = /** @type {[{ url: string }]} */ (await once(cloud, 'message'));

/** @type {ReturnType<typeof watchIds> | undefined} */
let watch;
const subscription = heartRates(spreadStraps(straps, period), { max: straps })
  .pipe(
    tap((sample) => watch?.expect(sampleIdentity(sample) ?? '')),
    sendTo(kinesisSink({ streamName: STREAM, client: clientFor(kinesis.url), maxLatency })),
  )
  .subscribe();
// The first samples make the index.
while (!(await opensearch.indices.exists({ index })).body) await sleep(100);
// Yellow would be an index whose only shard is still on its way.
await opensearch.cluster.health({ index, wait_for_status: 'green', timeout: '25s' });
await sleep(WARM_UP_MS);
if (refresh) await opensearch.indices.putSettings({ index, body: { index: { refresh_interval: refresh } } });
watch = watchIds(opensearch, index);
await sleep(seconds * 1_000);
subscription.unsubscribe();
console.log(JSON.stringify(await watch.latencies()));
await opensearch.indices.delete({ index: Object.keys((await opensearch.indices.get({ index })).body) });
process.exit();
