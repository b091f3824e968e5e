import { fromEvent, lastValueFrom, map, merge, type Observable, takeUntil, tap } from 'rxjs';

/** With which code a program ends that somebody has stopped before it had anything to show. */
let stoppedWith: number | undefined;

const on = (source: unknown, event: string, code: number) =>
  (fromEvent(source as never, event) as Observable<unknown>).pipe(map(() => code));

/** Emits when the program is to end: at a signal, which does not end it by itself, or when nobody reads it any more. */
export function endings(): Observable<unknown> {
  return merge(
    // As shells have it, 128 and the number of the signal.
    on(process, 'SIGINT', 130),
    on(process, 'SIGTERM', 143),
    on(process.stdout, 'error', 0),
  ).pipe(
    tap((code) => {
      stoppedWith = code;
    }),
  );
}

/** Waits for the end of something, which comes at a signal at the latest. */
export async function untilEnd(work$: Observable<unknown>): Promise<void> {
  await lastValueFrom(work$.pipe(takeUntil(endings())), { defaultValue: undefined });
}

/** For a command that has nothing to show: whether that is since somebody has stopped it. The exit code then says so. */
export function wasStopped(): boolean {
  process.exitCode = stoppedWith;
  return stoppedWith !== undefined;
}
