/** How long the charts show, minutes. */
export const RANGES = [1, 5, 60] as const;

/** What somebody has chosen to look at; the address of the page keeps it. */
export interface Choice {
  readonly sensor: string | undefined;
  readonly minutes: (typeof RANGES)[number];
}

const DEFAULT_MINUTES = 5;

/** What the part of the address after `#` says. */
export function choiceOf(hash: string): Choice {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const minutes = RANGES.find((each) => each === Number(words.get('minutes')));
  return { sensor: words.get('sensor') ?? undefined, minutes: minutes ?? DEFAULT_MINUTES };
}

/** The part of the address that says it. */
export function hashOf({ sensor, minutes }: Choice): string {
  const words = new URLSearchParams();
  if (sensor !== undefined) words.set('sensor', sensor);
  if (minutes !== DEFAULT_MINUTES) words.set('minutes', String(minutes));
  return `#${words}`;
}
