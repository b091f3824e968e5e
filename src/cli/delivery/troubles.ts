import type { LiveHeartRateError } from '../../errors.js';
import type { Sink } from '../../sink/index.js';

/** How long the same trouble is not told again, milliseconds. */
const QUIET = 10_000;

/** Tells what goes wrong with a sink, and when it is well again, each once and not with every call. */
export function tellTroubles(sink: Sink, tell: (line: string) => void, now = () => performance.now()): void {
  let told: { readonly message: string; readonly at: number } | undefined;
  let troubled = false;
  sink.errors$.subscribe(({ message }: LiveHeartRateError) => {
    if (told?.message === message && (troubled || now() - told.at < QUIET)) return;
    told = { message, at: now() };
    troubled = true;
    tell(message);
  });
  sink.settled$.subscribe(({ outcome }) => {
    if (!troubled || outcome !== 'delivered') return;
    troubled = false;
    tell(`${sink.name}: delivers again`);
  });
}
