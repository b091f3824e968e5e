import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../scripts/servers.mjs';
import { endProcess, hasEnded } from './child-process.ts';

const LEASH = fileURLToPath(new URL('leash.mjs', import.meta.url));
const POLL_MS = 50;
const TAIL_LINES = 40;

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ServerPlan {
  name: string;
  /** Told the folder in which the server keeps all it writes. */
  command: (folder: string) => readonly [program: string, ...args: string[]];
  env?: (folder: string) => NodeJS.ProcessEnv;
  /** Where the server answers once it is ready, or undefined while its log does not tell yet. */
  urlWhenReady: (log: string) => string | undefined;
  startMs: number;
  /** How long it may take to end in good order. */
  graceMs: number;
}

/** Starts a server in a folder of its own, waits until it answers, and leaves nothing behind when stopped. */
export async function startServer(plan: ServerPlan): Promise<Server> {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, `${plan.name}-`));
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [LEASH, String(plan.graceMs), ...plan.command(folder)], {
    cwd: folder,
    env: { ...process.env, ...plan.env?.(folder) },
    stdio: ['pipe', log, log],
  });
  closeSync(log);

  const stop = async (): Promise<void> => {
    child.stdin?.end();
    if (!hasEnded(child)) {
      await Promise.race([once(child, 'exit'), sleep(2 * plan.graceMs, undefined, { ref: false })]);
    }
    await endProcess(child, plan.graceMs);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (const deadline = Date.now() + plan.startMs; ; await sleep(POLL_MS)) {
      const url = plan.urlWhenReady(readFileSync(logFile, 'utf8'));
      if (url && (await answers(url))) return { url: new URL(url).origin, stop };
      if (hasEnded(child)) throw new Error(`${plan.name} has ended instead of starting`);
      if (Date.now() > deadline) throw new Error(`${plan.name} was not ready within ${plan.startMs} ms`);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-TAIL_LINES).join('\n');
    await stop();
    throw new Error(`${reason}. Its log ends with:\n${tail}`);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
