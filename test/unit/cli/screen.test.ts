import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { screenOn } from '../../../src/cli/screen.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(isTTY: boolean) {
  let text = '';
  const output = { isTTY, write: (more: string) => (text += more) } as unknown as NodeJS.WriteStream;
  return { screen: screenOn(output), text: () => text };
}

it('writes over one line on a terminal', () => {
  const { screen, text } = open(true);
  screen.progress('72 bpm');
  vi.advanceTimersByTime(200);
  screen.progress('73 bpm');
  screen.line('done');
  expect(text()).toBe('\r\x1b[2K72 bpm\r\x1b[2K73 bpm\ndone\n');
});

it('writes plain lines elsewhere, one a second', () => {
  const { screen, text } = open(false);
  for (let rate = 70; rate < 75; rate++) {
    screen.progress(`${rate} bpm`);
    vi.advanceTimersByTime(500);
  }
  screen.line('done');
  expect(text()).toBe('70 bpm\n72 bpm\n74 bpm\ndone\n');
});
