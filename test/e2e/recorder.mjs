// A user's program that records a simulated strap, or replays what was recorded. It says what the first sample is, and
// unsubscribes then or at a SIGTERM: after that it must end by itself. Or it is killed.
import { heartRate } from 'liveheartrate';
import { record, replay } from 'liveheartrate/recording';
import { simulatedCentral } from 'liveheartrate/simulator';

const [action, path = '', end] = process.argv.slice(2);
const samples$ =
  action === 'record'
    ? heartRate(simulatedCentral({ speed: 100 })).pipe(record(path))
    : replay(path, { speed: 0.001 });
let last = -1;
const subscription = samples$.subscribe(({ sequence }) => {
  last = sequence;
  if (sequence === 0) console.log('first');
  if (end === 'first') setTimeout(stop);
});
const stop = () => {
  subscription.unsubscribe();
  console.log(`unsubscribed after ${last}`);
  process.off('SIGTERM', stop);
};
process.on('SIGTERM', stop);
if (end === 'at once') stop();
