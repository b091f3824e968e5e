/** What clocks show somewhere, to the second. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether there is such a time zone. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The time zone of this machine. */
export const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The instant at which clocks show a time. What they show twice, when they are put back, is the first; what they
 * skip, when they are put forward, counts on from before the change, as `Temporal` has it too.
 *
 * @param local - Such as `2026-11-23T10:00:00.000`.
 * @param zone - Where the clocks are.
 */
export function instantOf(local: string, zone: string): Date {
  const asUtc = Date.parse(`${local}Z`);
  // There is one change of clocks at most within two days.
  const before = offsetAt(asUtc - DAY, zone);
  const after = offsetAt(asUtc + DAY, zone);
  const fits = [before, after].find((offset) => offsetAt(asUtc - offset, zone) === offset);
  return new Date(asUtc - (fits ?? before));
}

/** What clocks show at an instant, and how far they are from UTC: `2026-11-23T11:00:00.000+01:00`. */
export function localTime(instant: Date, zone: string): string {
  const offset = offsetAt(instant.getTime(), zone);
  const shown = new Date(instant.getTime() + offset).toISOString().slice(0, -1);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${shown}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1_000;

/** How many milliseconds clocks are ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  const second = Math.floor(instant / 1_000) * 1_000;
  const parts = formatOf(zone).formatToParts(second);
  const of = (type: string) => parts.find((part) => part.type === type)?.value.padStart(2, '0') ?? '';
  const year = of('year').padStart(4, '0');
  const shown = `${year}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}Z`;
  return Date.parse(shown) - second;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23' },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(zone, format);
  return format;
}
