import { parseArgs } from 'node:util';
import { heartRate, sendTo } from 'liveheartrate';
import { startLocalPipeline } from 'liveheartrate/local';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, lastValueFrom, take, takeUntil } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });
const central = values.ble ? nobleCentral() : simulatedCentral({ speed: 600 });

const pipeline = await startLocalPipeline({ directory: 'archive' });
// Ten minutes; Ctrl-C ends them earlier.
const samples$ = heartRate(central).pipe(take(600), takeUntil(fromEvent(process, 'SIGINT')));
const { session } = await lastValueFrom(samples$.pipe(sendTo(pipeline.sink)));

const minutes = await pipeline.archive.query(
  `SELECT date_trunc('minute', "timestamp") AS minute, round(avg(heart_rate), 1) AS mean
   FROM heart_rate WHERE session_id = ? GROUP BY minute ORDER BY mean`,
  [session],
);
console.log('samples', (await pipeline.archive.summary(session)).samples);
console.log('slowest', minutes.at(0));
console.log('fastest', minutes.at(-1));
await pipeline.close();
