import { readFileSync } from 'node:fs';
import { of } from 'rxjs';
import { Adapter } from '../../noble/adapter.js';
import { nobleCentral } from '../../noble/index.js';
import { paintFor } from '../colour.js';
import { print } from '../print.js';
import { type Check, describeCheck } from './check.js';
import { checkCredentials } from './credentials.js';
import { checkCapability, checkNode, checkPlatform } from './machine.js';
import { checkNoble } from './noble.js';
import { checkPackages } from './packages.js';
import { checkAdapter, checkStraps } from './radio.js';

export interface DoctorCommandOptions {
  readonly seconds: number;
  readonly json?: true;
}

/** Looks at what the commands need here, one thing after the other. */
export async function examine({ seconds, json }: DoctorCommandOptions): Promise<void> {
  const checks: Check[] = [];
  const paint = paintFor(process.stdout);
  const add = (...found: readonly Check[]) => {
    checks.push(...found);
    if (!json) for (const check of found) print(describeCheck(check, paint));
  };
  add(checkNode(), checkPlatform());
  const { check, fork } = await checkNoble();
  add(check);
  if (process.platform === 'linux') add(checkCapability(readFileSync('/proc/self/status', 'utf8')));
  if (fork) {
    const adapter = await checkAdapter(Adapter.of(fork.noble).use(() => of('on')));
    add(adapter);
    if (adapter.state === 'ok') add(await checkStraps(nobleCentral({ noble: fork.noble }).scan(), seconds));
    else add(skipped('straps', 'needs an adapter that can be used'));
  } else {
    add(skipped('adapter', 'needs noble'), skipped('straps', 'needs noble'));
  }
  add(...checkPackages(), checkCredentials());
  const ok = checks.every(({ state }) => state === 'ok' || state === 'optional');
  if (json) print(JSON.stringify({ ok, checks }));
  if (!ok) process.exitCode = 1;
}

const skipped = (name: Check['name'], found: string): Check => ({ name, state: 'skipped', found });
