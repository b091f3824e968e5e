import type { Check } from './check.js';

/** The oldest Node.js that is supported. */
const OLDEST = [20, 19] as const;
/** CAP_NET_RAW in a set of capabilities of Linux (capabilities(7)). */
const NET_RAW = 1n << 13n;

/** Whether this Node.js is new enough. */
export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))
    return { name: 'node', state: 'ok', found: version };
  return {
    name: 'node',
    state: 'failed',
    found: version,
    remedy: `Install Node.js ${OLDEST.join('.')} or newer: https://nodejs.org/`,
  };
}

/** Whether noble runs on this operating system. */
export function checkPlatform(platform = process.platform, processor = process.arch): Check {
  const found = `${platform} ${processor}`;
  if (['linux', 'darwin', 'win32'].includes(platform)) return { name: 'platform', state: 'ok', found };
  return {
    name: 'platform',
    state: 'failed',
    found,
    remedy: 'Use Linux, macOS or Windows, or a browser with Web Bluetooth: liveheartrate/web-bluetooth.',
  };
}

/**
 * Whether Linux lets this process use Bluetooth; elsewhere the adapter tells.
 *
 * @param status - What /proc/self/status holds.
 */
export function checkCapability(status: string): Check {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  if (effective & NET_RAW) return { name: 'permission', state: 'ok', found: 'cap_net_raw' };
  return {
    name: 'permission',
    state: 'failed',
    found: 'cap_net_raw is missing',
    remedy: 'sudo setcap cap_net_raw+eip $(readlink -f $(which node))',
  };
}
