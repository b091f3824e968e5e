import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe as always, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../support/program.js';
import { needs } from '../support/skip.js';
import type { RigEventName } from '../support/strap/protocol.js';
import { startVirtualStrap, type VirtualStrap } from '../support/strap/virtual-strap.js';

const UNSUBSCRIBER = fileURLToPath(new URL('unsubscriber.mjs', import.meta.url));
const { describe } = needs('strap');
const start = (options: object) => runProgram(UNSUBSCRIBER, [JSON.stringify(options)]);
/** What does not end by itself never does, so that nothing is gained by less. */
const DEADLINE = 120_000;
const run = (options: object) => start(options).ended(DEADLINE);
const byItself = { code: 0, output: 'unsubscribed\n' };

always('a program that unsubscribes ends by itself', () => {
  it('from the simulated central', async () => {
    expect(await run({ after: 1_500 })).toEqual(byItself);
  });
});

describe('a program that unsubscribes ends by itself, and the strap is free again', () => {
  let strap: VirtualStrap;
  beforeAll(async () => {
    strap = await startVirtualStrap();
  });
  afterAll(() => strap?.stop());

  /** Waits until the strap sees something once more than it had by now. */
  const soon = (name: RigEventName) => {
    const seen = () =>
      strap.events.filter((event) => event.event === name && !('notify' in event && !event.notify)).length;
    const before = seen();
    return () => expect.poll(seen).toBeGreaterThan(before);
  };

  const forks = ['@abandonware/noble', '@stoprocent/noble'] as const;
  it.each(forks)('while scanning with %s', async (fork) => {
    expect(await run({ fork, port: strap.port, options: { name: 'nobody' }, after: 1_500 })).toEqual(
      byItself,
    );
  });

  it.each(forks)('while connected with %s', async (fork) => {
    const subscribed = soon('subscription');
    const program = start({ fork, port: strap.port, after: 'SIGTERM' });
    await subscribed();
    program.process.kill('SIGTERM');
    expect(await program.ended(DEADLINE)).toEqual(byItself);
    await strap.on('disconnected', 1);
  });

  it.each(forks)('at a SIGINT that it handles itself, with %s', async (fork) => {
    const subscribed = soon('subscription');
    const program = start({ fork, port: strap.port, after: 'SIGINT' });
    await subscribed();
    program.process.kill('SIGINT');
    expect(await program.ended(DEADLINE)).toEqual(byItself);
    await strap.on('disconnected', 1);
  });

  const stuck = forks.flatMap((fork) =>
    (['discover', 'subscribe'] as const).map((request) => [request, fork] as const),
  );
  it.each(stuck)('while a request to %s is not answered, with %s', async (request, fork) => {
    strap.ignore(request);
    const connected = soon('connected');
    const program = start({ fork, port: strap.port, after: 'SIGTERM' });
    await connected();
    // The request follows at once.
    await sleep(1_000);
    program.process.kill('SIGTERM');
    expect(await program.ended(DEADLINE)).toEqual(byItself);
    await strap.on('disconnected', 1);
    strap.ignore(request, 0);
  });

  it.each(forks)('while it looks for a strap that is gone, with %s', async (fork) => {
    const subscribed = soon('subscription');
    const program = start({ fork, port: strap.port, after: 'SIGINT' });
    await subscribed();
    strap.stopAdvertising(1);
    strap.linkLoss(1);
    await strap.on('disconnected', 1);
    program.process.kill('SIGINT');
    expect(await program.ended(DEADLINE)).toEqual(byItself);
    strap.startAdvertising(1);
  });

  it.each(forks)('before the adapter is up with %s', async (fork) => {
    expect(await run({ fork, port: strap.port, after: 0 })).toEqual(byItself);
  });

  it.each(forks)('where there is no adapter at all with %s', async (fork) => {
    // Nothing listens on this port, so the adapter never comes up.
    const program = start({ fork, port: 9, after: 'SIGTERM' });
    await program.says(/BLUETOOTH_OFF/, DEADLINE);
    program.process.kill('SIGTERM');
    expect(await program.ended(DEADLINE)).toEqual({ code: 0, output: 'BLUETOOTH_OFF\nunsubscribed\n' });
  });
});
