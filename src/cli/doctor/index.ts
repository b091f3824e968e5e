import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { of } from 'rxjs';
import { Adapter } from '../../noble/adapter.js';
import { nobleCentral } from '../../noble/index.js';
import { LONGEST, upTo } from '../options.js';
import { print } from '../print.js';
import { type Check, describeCheck } from './check.js';
import { checkCapability, checkNode, checkPlatform } from './machine.js';
import { checkNoble } from './noble.js';
import { checkAdapter, checkStraps } from './radio.js';

interface DoctorCommandOptions {
  readonly seconds: number;
  readonly json?: true;
}

/** `liveheartrate doctor`: whether Bluetooth works here, and what to do where it does not. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check whether Bluetooth works here, and say what to do where it does not')
    .option('--seconds <number>', 'how long to listen for straps', upTo(LONGEST), 8)
    .option('--json', 'write JSON')
    .action(examine);
}

async function examine({ seconds, json }: DoctorCommandOptions): Promise<void> {
  const checks: Check[] = [];
  const add = (...found: readonly Check[]) => {
    checks.push(...found);
    if (!json) for (const check of found) print(describeCheck(check));
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
  const ok = checks.every(({ state }) => state === 'ok');
  if (json) print(JSON.stringify({ ok, checks }));
  if (!ok) process.exitCode = 1;
}

const skipped = (name: Check['name'], found: string): Check => ({ name, state: 'skipped', found });
