// Appends to an archive, asks it each time, says how many samples are safe, and closes it, unless it is killed before.
import { openArchive } from 'liveheartrate/local';

const { directory, session, batches } = JSON.parse(process.argv[2] ?? '{}');
const archive = await openArchive(directory);
for (let safe = 0; safe < 50 * batches; safe += 50) {
  const samples = Array.from({ length: 50 }, (_, at) => ({
    timestamp: new Date(Date.UTC(2026, 10, 23) + (safe + at) * 60_000),
    heartRate: 72,
    rrIntervals: [812.5],
    sensor: { id: 'strap' },
    session,
    sequence: safe + at,
  }));
  await archive.append(samples);
  console.log(safe + 50);
  await archive.summary(session);
}
await archive.close();
console.log('closed');
