import { characteristicNames } from './characteristic-names.js';
import { serviceNames } from './service-names.js';

/** What the Bluetooth SIG calls a service, by its canonical UUID; `undefined` where that is none of its numbers. */
export const serviceName = (uuid: string): string | undefined => nameOf(uuid, serviceNames);

/** What the Bluetooth SIG calls a characteristic, by its canonical UUID. */
export const characteristicName = (uuid: string): string | undefined => nameOf(uuid, characteristicNames);

function nameOf(uuid: string, runs: Readonly<Record<number, readonly string[]>>): string | undefined {
  if (uuid.length !== 4) return undefined;
  const number = Number.parseInt(uuid, 16);
  for (const [first, names] of Object.entries(runs)) {
    const name = names[number - Number(first)];
    if (name !== undefined) return name;
  }
  return undefined;
}
