import assert from 'node:assert/strict';
import { NEVER, throwError } from 'rxjs';
import { encodeHeartRateMeasurement } from '../../../../src/profile/index.js';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  type Connection,
  GattOperationError,
  SensorDisconnectedError,
  type SensorOptions,
} from '../../../../src/sensor/index.js';
import type { ScriptedCentral } from '../../../support/scripted-central.js';
import { devices, type Happening, type Manner } from './events.js';

const refused = () => throwError(() => new GattOperationError('refused'));
const manners: Record<Manner, Partial<Connection>> = {
  answers: {},
  'is mute': { read: () => NEVER, write: () => NEVER },
  refuses: { read: refused, write: refused },
};
const rubbish = new Uint8Array([0x01, 72]);
const nameOf = (id: string | undefined) => Object.values(devices).find((device) => device.id === id)?.name;

/** All links that were ever asked for, to which anything may happen. They are counted back from the last, which is 0. */
export class Links {
  readonly #script: ScriptedCentral;
  /** How the devices answer whose link was accepted, by the index of the link. */
  readonly #accepted = new Map<number, Manner>();
  #beats = 0;
  /** The index of the first link of this session. */
  #first = 0;

  constructor(script: ScriptedCentral) {
    this.#script = script;
  }

  /** A new session begins. */
  begin(): void {
    this.#first = this.#count;
  }

  /** Whether the last link is open, and its device answers. */
  get answers(): boolean {
    const last = this.#count - 1;
    return this.#accepted.get(last) === 'answers' && this.#script.link(last).held();
  }

  /** Accepts a link once; whoever reads from it does so meanwhile. */
  accept(back: number, manner: Manner, open: () => void): void {
    const index = this.#count - 1 - back;
    if (index < 0 || this.#accepted.has(index)) return;
    this.#accepted.set(index, manner);
    const link = this.#script.link(index);
    if (link.held() && manner === 'answers') open();
    link.accept(manners[manner]);
  }

  /** @param heard - Called before a packet is sent that somebody has to hear. */
  happen(back: number, what: Happening, heard: (packet: Uint8Array, wellFormed: boolean) => void): void {
    const index = this.#count - 1 - back;
    if (index < 0) return;
    const link = this.#script.link(index);
    const send = (packet: Uint8Array, wellFormed: boolean) => {
      if (link.heard()) heard(packet, wellFormed);
      link.notify(packet);
    };
    const happenings: Record<Happening, () => void> = {
      beat: () => send(encodeHeartRateMeasurement({ heartRate: ++this.#beats }), true),
      rubbish: () => send(rubbish, false),
      lost: () => link.drop(new SensorDisconnectedError('lost')),
      'adapter off': () => link.drop(new BluetoothUnavailableError('off')),
      fault: () => link.drop(new Error('fault')),
      'link ends': () => link.endLink(),
      'notifications end': () => link.endNotifications(),
      'notifications refused': () => link.failNotifications(new GattOperationError('refused')),
      'no heart rate': () => link.failNotifications(new CharacteristicNotFoundError('180d', '2a37')),
    };
    happenings[what]();
  }

  /** Something comes from each link, long after everybody has gone. */
  stir(): void {
    for (let index = 0; index < this.#count; index++) {
      const link = this.#script.link(index);
      link.beat(60);
      link.drop(new Error('long gone'));
    }
  }

  /** The last link alone is held, and heard once it is open; all links of a session are to one sensor. */
  check({ id: wanted }: SensorOptions): void {
    const ids = this.#script.connectedTo();
    for (const index of ids.keys()) {
      const link = this.#script.link(index);
      const held = link.held();
      assert.ok(!held || index === ids.length - 1, 'a link that is no more is held');
      assert.equal(link.heard(), held && this.#accepted.has(index), 'open and not heard, or the reverse');
    }
    const [first, ...later] = ids.slice(this.#first);
    for (const id of later) {
      assert.equal(nameOf(id), nameOf(first), 'another sensor');
      if (wanted !== undefined) assert.equal(id, wanted, 'another id');
    }
  }

  get #count(): number {
    return this.#script.connectedTo().length;
  }
}
