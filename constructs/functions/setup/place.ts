import { SetupError } from './errors.js';
import type { Properties } from './properties.js';

/** Names something at an endpoint. It is the same each time, so that an update never is a replacement. */
export function placeOf(properties: Properties, name: string): string {
  const endpoint = properties.needed('endpoint');
  if (!URL.canParse(endpoint)) throw new SetupError('The property endpoint must be a URL.');
  // Without the user that may be in it.
  const { host, pathname } = new URL(endpoint);
  return `${host}${pathname.replace(/\/$/, '')}/${name}`;
}
