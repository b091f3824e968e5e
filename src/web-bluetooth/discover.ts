import { canonicalUuid } from '../profile/index.js';
import type { CharacteristicProperty, GattService } from '../sensor/index.js';
import type { WebBluetoothServer } from './bluetooth.js';

const known: readonly CharacteristicProperty[] = [
  ...(['broadcast', 'read', 'writeWithoutResponse', 'write'] as const),
  ...(['notify', 'indicate', 'authenticatedSignedWrites'] as const),
];

/** All that the page may use of a device. */
export async function discover(gatt: WebBluetoothServer): Promise<readonly GattService[]> {
  const services: GattService[] = [];
  for (const service of await gatt.getPrimaryServices().catch(noneIfHidden)) {
    const characteristics = await service.getCharacteristics().catch(noneIfHidden);
    services.push({
      uuid: canonicalUuid(service.uuid),
      characteristics: characteristics.map(({ uuid, properties }) => ({
        uuid: canonicalUuid(uuid),
        properties: known.filter((name) => properties[name]),
      })),
    });
  }
  return services;
}

/** Whether a rejection says that there is no such thing, or none that the page may use, which is the same to it. */
export const isHidden = (error: unknown): boolean =>
  ['NotFoundError', 'SecurityError'].includes((error as Error).name);

function noneIfHidden(error: unknown): [] {
  if (isHidden(error)) return [];
  throw error;
}
