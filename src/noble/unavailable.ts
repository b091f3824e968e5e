import { type BluetoothUnavailableCode, BluetoothUnavailableError } from '../sensor/errors.js';

const codes: Record<string, BluetoothUnavailableCode> = {
  poweredOff: 'BLUETOOTH_OFF',
  unauthorized: 'BLUETOOTH_UNAUTHORIZED',
};

/** What to do about Bluetooth that is off, by operating system. */
const switchOn: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Switch it on: rfkill unblock bluetooth && bluetoothctl power on.',
  darwin: 'Switch it on in the Control Centre.',
  win32: 'Switch it on under Settings > Bluetooth & devices.',
};

/** What to do about Bluetooth that this process may not use. */
const allow: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Allow it: sudo setcap cap_net_raw+eip $(readlink -f $(which node)), or run it as root.',
  darwin:
    'Allow the program that started it, such as the terminal, under System Settings > Privacy & Security > Bluetooth. ' +
    'An app of its own needs NSBluetoothAlwaysUsageDescription: without it macOS ends the process.',
  win32: 'Allow it under Settings > Privacy & security > Radios.',
};

/** The error for the state of an adapter: why it cannot be used, and what to do on this operating system. */
export function unavailable(state: string, platform = process.platform): BluetoothUnavailableError {
  const code = codes[state] ?? 'BLUETOOTH_UNAVAILABLE';
  return new BluetoothUnavailableError(`${reason(state)} ${remedy(code, platform)}`, { code });
}

function reason(state: string): string {
  if (state === 'poweredOff') return 'Bluetooth is off.';
  if (state === 'unauthorized') return 'This process may not use Bluetooth.';
  if (state === 'unsupported') return 'This machine has no Bluetooth LE adapter that can be used.';
  return `The Bluetooth adapter does not come up (${state}).`;
}

function remedy(code: BluetoothUnavailableCode, platform: NodeJS.Platform): string {
  if (code === 'BLUETOOTH_OFF') return switchOn[platform] ?? 'Switch it on.';
  if (code === 'BLUETOOTH_UNAUTHORIZED') return allow[platform] ?? 'Allow it in the system settings.';
  return 'Check that an adapter is plugged in, that its driver works, and that no other program has it to itself.';
}
