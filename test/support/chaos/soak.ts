/** Set by `vitest.soak.config.ts`, the configuration of `npm run test:soak`. */
const WHOLE = process.env.SOAK === 'whole';
/** What a soak does of its whole where it is one test among all. */
const PART = 1 / 4;

/** How many of something a soak has: by `npm run test:soak` all of them, else a quarter, rounded up. */
export const soak = (whole: number): number => (WHOLE ? whole : Math.ceil(whole * PART));
