// A user's program that gives up after a while, or at a signal, in whatever state that is: it must end by itself.
import { heartRate } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { loadNoble } from '../support/strap/load-noble.mjs';

const { fork, port, options, after } = JSON.parse(process.argv[2] ?? '{}');
const central = fork ? nobleCentral({ noble: loadNoble(fork, port) }) : simulatedCentral();
const subscription = heartRate(central, options).subscribe({ error: (error) => console.error(error.code) });
const end = () => {
  subscription.unsubscribe();
  console.log('unsubscribed');
};
if (after === 'SIGINT') process.once('SIGINT', () => setTimeout(end, 100));
else if (after === 'SIGTERM') process.once('SIGTERM', end);
else setTimeout(end, after);
