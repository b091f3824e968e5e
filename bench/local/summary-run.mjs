// One session's rates in an archive: `bytes` are of its opening and of the first question, `ms` of each question.
import '@duckdb/node-api';
import { openArchive } from 'liveheartrate/local';
import { bytesRead } from './bytes-read.mjs';

/** @type {{ folder: string, sessions: string[] }} */
const { folder, sessions } = JSON.parse(process.argv[2] ?? '');
const before = bytesRead();
const start = performance.now();
const archive = await openArchive(folder);
const opening = performance.now() - start;
const ms = [];
let bytes = 0;
for (const session of sessions) {
  const asked = performance.now();
  const { samples, maximum, minimum, difference } = await archive.summary(session);
  ms.push(performance.now() - asked);
  bytes ||= bytesRead() - before;
  if (!(samples > 0 && difference === Number(maximum) - Number(minimum)))
    throw new Error('The answer is wrong.');
}
await archive.close();
console.log(JSON.stringify({ opening, ms, bytes }));
