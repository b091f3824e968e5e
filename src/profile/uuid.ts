/** What a 16-bit UUID becomes when written in full (Core Specification, Vol 3, Part B, section 2.5.1). */
const BASE = /^0000([0-9a-f]{4})00001000800000805f9b34fb$/;

/**
 * Writes a UUID in the one form used here: lower case, those of 16 bits as four digits, all others in full with dashes.
 *
 * @param uuid - A UUID of 16 or 128 bits as any platform writes it, with dashes or without.
 * @returns The same UUID; what is none comes back in lower case.
 *
 * @example
 * ```ts
 * import { canonicalUuid } from 'liveheartrate';
 *
 * canonicalUuid('0000180D-0000-1000-8000-00805F9B34FB'); // => '180d'
 * canonicalUuid('fb005c8002e7f3871cad8acd2d8df0c8'); // => 'fb005c80-02e7-f387-1cad-8acd2d8df0c8'
 * ```
 */
export function canonicalUuid(uuid: string): string {
  const digits = uuid.toLowerCase().replaceAll('-', '');
  return (
    BASE.exec(digits)?.[1] ??
    (digits.length === 32 ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : digits)
  );
}
