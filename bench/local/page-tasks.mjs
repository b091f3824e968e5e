/**
 * @typedef {{ processId?: number }} Frame
 * @typedef {{ name?: string, data?: Frame & { frames?: Frame[] } }} Details
 * @typedef {{ name: string, pid: number, tid: number, tdur?: number, args: Details }} TraceEvent
 */

/**
 * How long each task of the page's main thread has computed, ms: on a machine that does other things as well more time
 * passes than that.
 *
 * @param {Buffer} trace
 */
export function computingTimes(trace) {
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse(trace.toString());
  // What Chromium has around the page runs in processes with such a thread, too.
  const pages = new Set(traceEvents.flatMap(processesOf));
  const main = traceEvents.filter(
    ({ name, args, pid }) => name === 'thread_name' && args.name === 'CrRendererMain' && pages.has(pid),
  );
  const isMain = (/** @type {TraceEvent} */ { pid, tid }) =>
    main.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter((event) => event.name === 'RunTask' && isMain(event))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

/** The processes that an event says the page is in. @param {TraceEvent} event */
function processesOf({ name, args: { data } }) {
  if (name === 'TracingStartedInBrowser') return (data?.frames ?? []).map(({ processId }) => processId);
  return name === 'FrameCommittedInBrowser' ? [data?.processId] : [];
}
