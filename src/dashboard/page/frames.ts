/** Milliseconds between two looks at what changes by time alone: a line that moves, an age, a silence. */
const TICK = 100;
const CALM_TICK = 1_000;

/**
 * Renders once in a frame at most, where something is new or some time has gone by, and never while the page is hidden.
 *
 * @returns A function that says that there is something new.
 */
export function renderInFrames(render: () => void): () => void {
  let asked = false;
  const frame = () => {
    asked = false;
    render();
  };
  const changed = () => {
    if (asked || document.hidden) return;
    asked = true;
    requestAnimationFrame(frame);
  };
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let timer = setInterval(changed, calm.matches ? CALM_TICK : TICK);
  calm.addEventListener('change', () => {
    clearInterval(timer);
    timer = setInterval(changed, calm.matches ? CALM_TICK : TICK);
  });
  // What was painted last is an old picture: it is replaced at once.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) render();
  });
  return changed;
}
