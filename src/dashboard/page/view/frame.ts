import type { Board } from '../model/board.js';
import { find, setData, setText } from './dom.js';

const LINKS = { connecting: 'connecting', open: 'connected', lost: 'reconnecting' } as const;

/** What stands around the sensors: where it all comes from, whether the server is there, and what to do without any. */
export function renderFrame({ link, hello, sensors }: Board): void {
  setText(find('link'), LINKS[link]);
  setData(find('link'), 'link', link);
  setText(find('source'), hello ? `${hello.source} · ${hello.store} index` : '');

  const banner = find('banner');
  banner.hidden = link !== 'lost';
  setText(banner, link === 'lost' ? 'The connection to the server is lost. Connecting again …' : '');

  find('empty').hidden = sensors.length > 0;
  find('sensors').hidden = sensors.length === 0;
  setText(find('empty-source'), hello ? `It listens to: ${hello.source}.` : 'Connecting to the server …');
}
