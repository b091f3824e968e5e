import { heartRate } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';

const central = process.argv.includes('--ble') ? nobleCentral() : simulatedCentral();

const subscription = heartRate(central).subscribe({
  next: ({ heartRate, rrIntervals }) => console.log(heartRate, 'bpm', rrIntervals),
  error: (error) => {
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  },
});

process.once('SIGINT', () => subscription.unsubscribe());
