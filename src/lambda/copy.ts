/**
 * Copies some bytes, so few that calling the copy of a buffer would take longer.
 *
 * @returns Where they end.
 */
export function copy(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  const ahead = at - start;
  for (let next = start; next < end; next++) to[next + ahead] = from[next] as number;
  return end + ahead;
}
