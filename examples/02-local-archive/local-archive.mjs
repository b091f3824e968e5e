import { heartRate, sendTo } from 'liveheartrate';
import { startLocalPipeline } from 'liveheartrate/local';
import { simulatedCentral } from 'liveheartrate/simulator';
import { lastValueFrom, take } from 'rxjs';

const pipeline = await startLocalPipeline({ directory: 'archive' });
const samples$ = heartRate(simulatedCentral({ speed: 600 })).pipe(take(600), sendTo(pipeline.sink));
const { session } = await lastValueFrom(samples$);

const minutes = await pipeline.archive.query(
  `SELECT date_trunc('minute', "timestamp") AS minute, round(avg(heart_rate), 1) AS mean
   FROM heart_rate WHERE session_id = ? GROUP BY minute ORDER BY mean`,
  [session],
);
console.log('slowest', minutes.at(0));
console.log('fastest', minutes.at(-1));
await pipeline.close();
