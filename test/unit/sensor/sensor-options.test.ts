import { describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { MalformedMeasurementError } from '../../../src/profile/index.js';
import { type SensorOptions, settingsOf, warn as warnOf } from '../../../src/sensor/sensor-options.js';

describe('settingsOf', () => {
  it('has a default for everything', () => {
    expect(settingsOf({})).toMatchObject({ choice: {}, within: 30_000, silence: 5_000 });
    expect(settingsOf({}).backOff.attempts).toBe(Number.POSITIVE_INFINITY);
  });

  it('takes what is given', () => {
    const onMalformed = () => undefined;
    const name = /Strap/;
    expect(
      settingsOf({ id: 'a', name, timeout: 1, silence: 2, reconnect: { attempts: 3 }, onMalformed }),
    ).toMatchObject({
      choice: { id: 'a', name },
      within: 1,
      silence: 2,
      backOff: { attempts: 3 },
      onMalformed,
    });
    expect(settingsOf({ reconnect: false }).backOff.attempts).toBe(0);
  });

  it('warns of a malformed packet on the console, without its bytes', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    settingsOf({}).onMalformed(
      new MalformedMeasurementError('Too short.', new DataView(new Uint8Array([0x01, 0x48]).buffer)),
    );
    expect(warn).toHaveBeenCalledExactlyOnceWith('liveheartrate: MALFORMED_MEASUREMENT: Too short.');
    warn.mockRestore();
  });

  it('warns of what is no error at all, too', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    warnOf(undefined);
    warnOf('C1:00:00:00:00:01');
    expect(warn.mock.calls).toEqual([
      ['liveheartrate: undefined: see its error.'],
      ['liveheartrate: string: see its error.'],
    ]);
    warn.mockRestore();
  });

  it.each<[SensorOptions, string]>([
    [{ id: '' }, 'must not be empty'],
    [{ name: '' }, 'must not be empty'],
    [{ timeout: 0 }, 'timeout must be'],
    [{ silence: Number.NaN }, 'silence must be'],
    [{ reconnect: { attempts: 0 } }, 'reconnect.attempts must be'],
  ])('refuses %o', (options, message) => {
    expect(() => settingsOf(options)).toThrow(InvalidArgumentError);
    expect(() => settingsOf(options)).toThrow(message);
  });
});
