import type { HistoryAnswer } from '../protocol.js';
import type { HistoryMessage } from './history.js';
import { buffersOf, pack } from './model/packed.js';

const DEADLINE = 20_000;
const tell = (message: HistoryMessage, buffers: Transferable[] = []) =>
  postMessage(message, { transfer: buffers });

addEventListener('message', async ({ data: address }: MessageEvent<string>) => {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(DEADLINE) });
    if (!answer.ok) throw new Error(answer.statusText);
    const { sessions } = (await answer.json()) as HistoryAnswer;
    for (const session of sessions) {
      const packed = pack(session);
      tell(packed, buffersOf(packed));
    }
    tell('end');
  } catch {
    tell('failed');
  }
});
