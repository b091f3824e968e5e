import { EventEmitter } from 'node:events';
import { Subject } from 'rxjs';
import { beforeEach, expect, it } from 'vitest';
import { Characteristic } from '../../../src/noble/characteristic.js';
import type { NobleCharacteristic } from '../../../src/noble/index.js';

/** A characteristic as noble has it where the operating system speaks to the adapter: on macOS and Windows. */
class Remote extends EventEmitter {
  readonly uuid = 'fb005c8002e7f3871cad8acd2d8df0c8';
  readonly properties = ['read', 'write', 'notify'];
  readonly asked: string[] = [];
  read = () => void this.asked.push('read');
  write = (value: Uint8Array) => void this.asked.push(`write ${value[0]}`);
  subscribe = () => void this.asked.push('subscribe');
  unsubscribe = () => void this.asked.push('unsubscribe');
}

const refusal = expect.objectContaining({ code: 'GATT_OPERATION_FAILED' });
const microtasks = () => new Promise((resolve) => setImmediate(resolve));

let remote: Remote;
let lost$: Subject<never>;
let characteristic: Characteristic;
beforeEach(() => {
  remote = new Remote();
  lost$ = new Subject();
  // The types of an emitter take anything, ours take what fits.
  const noble = remote as unknown as NobleCharacteristic;
  characteristic = new Characteristic('180d', noble, { lost$, refusals: undefined });
});

const listeners = () => remote.eventNames().length;
const log = () => {
  const told: unknown[] = [];
  return { told, next: told.push.bind(told), error: told.push.bind(told), complete: () => told.push('done') };
};

it('writes its UUID with dashes', () => {
  expect(characteristic.uuid).toBe('fb005c80-02e7-f387-1cad-8acd2d8df0c8');
});

it('leaves no listener behind where an operation is given up', async () => {
  const works = [
    characteristic.read$,
    characteristic.write(new Uint8Array([1])),
    characteristic.notifications$,
  ];
  const subscriptions = works.map((work$) => work$.subscribe());
  await microtasks();
  expect(listeners()).toBe(3);
  for (const subscription of subscriptions) subscription.unsubscribe();
  remote.emit('notify', true);
  await microtasks();
  remote.emit('notify', false);
  expect(listeners()).toBe(0);
});

it('ends everything when the link is lost, and leaves no listener behind', async () => {
  const logs = [characteristic.read$, characteristic.write(new Uint8Array([1]))].map((work$) => {
    const observer = log();
    work$.subscribe(observer);
    return observer;
  });
  await microtasks();
  lost$.error('lost');
  expect(logs.map(({ told }) => told)).toEqual([['lost'], ['lost']]);
  expect(listeners()).toBe(0);
});

it('reads once for all who ask at the same time, and takes no notification for the answer', () => {
  const [first, second] = [log(), log()];
  characteristic.read$.subscribe(first);
  characteristic.read$.subscribe(second);
  remote.emit('data', Buffer.from([1]), true);
  remote.emit('data', Buffer.from([2]), false);
  expect(first.told).toEqual([new Uint8Array([2]), 'done']);
  expect(second.told).toEqual(first.told);
  expect(remote.asked).toEqual(['read']);
});

it.each([
  ['an error', [Buffer.alloc(0), false, 'Reading is not permitted.']],
  ['an empty value', [Buffer.alloc(0), false]],
])('takes %s for a refusal to be read', (_what, answer) => {
  const reading = log();
  characteristic.read$.subscribe(reading);
  remote.emit('data', ...answer);
  expect(reading.told).toEqual([refusal]);
});

it('writes one value after the other, and goes on after one that is refused or given up', async () => {
  const [refused, written] = [log(), log()];
  characteristic.write(new Uint8Array([1])).subscribe(refused);
  const given = characteristic.write(new Uint8Array([2])).subscribe();
  characteristic.write(new Uint8Array([3])).subscribe(written);
  await microtasks();
  given.unsubscribe();
  await microtasks();
  expect(remote.asked).toEqual(['write 1']);
  remote.emit('write', 'Writing is not permitted.');
  await microtasks();
  expect(remote.asked).toEqual(['write 1', 'write 3']);
  remote.emit('write');
  expect(refused.told).toEqual([refusal]);
  expect(written.told).toEqual(['done']);
});

it('switches notifications one step after the other, to what is wanted last', async () => {
  const first = characteristic.notifications$.subscribe();
  await microtasks();
  first.unsubscribe();
  await microtasks();
  const values = log();
  const second = characteristic.notifications$.subscribe(values);
  await microtasks();
  remote.emit('notify', true);
  await microtasks();
  expect(remote.asked).toEqual(['subscribe']);
  remote.emit('data', Buffer.from([0, 72]), true);
  expect(values.told).toEqual([new Uint8Array([0, 72])]);
  second.unsubscribe();
  await microtasks();
  expect(remote.asked).toEqual(['subscribe', 'unsubscribe']);
});

it('says that notifications are refused', async () => {
  const values = log();
  characteristic.notifications$.subscribe(values);
  await microtasks();
  remote.emit('notify', false, 'Notifying is not permitted.');
  expect(values.told).toEqual([refusal]);
});
