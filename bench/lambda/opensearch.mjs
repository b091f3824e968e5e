import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { say } from '../../scripts/prepare.mjs';
import { cacheFolder, prepareOpenSearch } from '../../scripts/servers.mjs';
import { healthUrlIn, openSearchCommand } from '../../test/support/opensearch/command.mjs';

const LEASH = fileURLToPath(new URL('../../test/support/leash.mjs', import.meta.url));
/** Unlike in the tests it compiles as servers do: a slow server would hide what a handler costs. */
const JVM = ['-Xms1g', '-Xmx1g'];
const START_MS = 120_000;
const GRACE_MS = 10_000;

/**
 * The real OpenSearch, one node on loopback, for as long as the work takes; or the one at OPENSEARCH_URL.
 * @template Result
 * @param {(url: string) => Promise<Result>} work
 */
export async function withOpenSearch(work) {
  const opensearch = await prepareOpenSearch(say);
  if (!opensearch.ready) throw new Error(opensearch.reason);
  if ('url' in opensearch) return work(opensearch.url);

  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'opensearch-'));
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  const words = [LEASH, String(GRACE_MS), ...openSearchCommand(opensearch, folder, JVM)];
  const server = spawn(process.execPath, words, { cwd: folder, stdio: ['pipe', log, log] });
  closeSync(log);
  const ended = once(server, 'exit');
  try {
    return await work(await ready(logFile));
  } finally {
    server.stdin?.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} logFile */
async function ready(logFile) {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(100)) {
    const url = healthUrlIn(readFileSync(logFile, 'utf8'));
    const response = url ? await fetch(url).catch(() => undefined) : undefined;
    if (response?.ok) return new URL(response.url).origin;
  }
  throw new Error(`OpenSearch did not start:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
}
