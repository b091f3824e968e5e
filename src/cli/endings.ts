import { fromEvent, lastValueFrom, merge, type Observable, takeUntil } from 'rxjs';

/** Emits when the program is to end: at a signal, which does not end it by itself, or when nobody reads it any more. */
export function endings(): Observable<unknown> {
  return merge(
    fromEvent(process as never, 'SIGINT'),
    fromEvent(process as never, 'SIGTERM'),
    fromEvent(process.stdout, 'error'),
  );
}

/** Waits for the end of something, which comes at a signal at the latest. */
export async function untilEnd(work$: Observable<unknown>): Promise<void> {
  await lastValueFrom(work$.pipe(takeUntil(endings())), { defaultValue: undefined });
}
