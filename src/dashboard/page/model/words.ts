/** So many of something: `1 sample`, `3,600 samples`. */
export const plural = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** How long ago something was, short: `12 s`, `3 min`, `2 h`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** A duration as on a stop watch: `3:07`, `1:02:09`. */
export function stopWatch(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A number with one digit after the point where it has one, or a dash where there is none. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(Math.round(value * 10) / 10);

/** The rates of a zone: `below 95`, `95–113`, `171 and more`. */
export function bounds(from: number, below: number | null): string {
  if (below === null) return `${from} and more`;
  return from === 0 ? `below ${below}` : `${from}–${below - 1}`;
}

/** What a chart shows, in words. */
export function inWords(
  what: string,
  { low, high, mean, gaps, unit }: { low: number; high: number; mean: number; gaps: number; unit: string },
): string {
  const holes = gaps === 0 ? '' : `, ${plural(gaps, 'gap')}`;
  return `${what}: ${figure(Math.round(low))} to ${figure(Math.round(high))} ${unit}, mean ${Math.round(mean)}${holes}`;
}
