/**
 * In a page, before anything of it runs: `painted` has each rate that the first sensor has shown, with the time at which
 * it was on the screen, milliseconds since 1970. That is the beginning of the second frame after the change: by then
 * the frame with the change is painted for sure, so that times are rather too long by a frame.
 */
export const watchRates = `
  globalThis.painted = [];
  new MutationObserver(() => {
    const rate = Number.parseInt(document.querySelector('.card .rate')?.textContent ?? '', 10);
    if (Number.isNaN(rate) || painted.at(-1)?.rate === rate) return;
    const seen = { rate, time: Number.NaN };
    painted.push(seen);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      seen.time = performance.timeOrigin + performance.now();
    }));
  }).observe(document, { subtree: true, childList: true, characterData: true });`;

/** The present time by the same clock. */
export const now = () => performance.timeOrigin + performance.now();
