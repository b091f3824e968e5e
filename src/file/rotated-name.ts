import { parse } from 'node:path';

/** Time, UTC, and the count within the second, padded and behind `_` so that names sort by age. */
const TIME = /^\d{4}-\d\d-\d\dT\d{6}Z(_\d{3,})?$/;

/**
 * The path under which a file is put away: `ride-2026-11-24T100000Z.jsonl`, `ride-2026-11-24T100000Z_001.jsonl`.
 *
 * @param path - Path of the file.
 * @param second - When, as of {@link secondOf}.
 * @param count - How many of the same second there are before it.
 */
export function rotatedPath(path: string, second: string, count: number): string {
  const { ext } = parse(path);
  const stem = path.slice(0, path.length - ext.length);
  return `${stem}-${second}${count === 0 ? '' : `_${String(count).padStart(3, '0')}`}${ext}`;
}

/** A time, milliseconds, as it stands in names: `2026-11-24T100000Z`. */
export function secondOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(':', '')}Z`;
}

/** Whether a file of this name, in the same folder, was put away from the path. */
export function isRotated(path: string, name: string): boolean {
  const { name: stem, ext } = parse(path);
  const fits = name.startsWith(`${stem}-`) && name.endsWith(ext);
  return fits && TIME.test(name.slice(stem.length + 1, name.length - ext.length));
}
