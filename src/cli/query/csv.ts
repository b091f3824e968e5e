import { localTime } from '../zone.js';
import type { Answer, Cell } from './answer.js';

/** Lines of comma-separated values as RFC 4180 has them, without their ends. */
export async function* csvLines({ columns, parts }: Answer, zone: string): AsyncGenerator<string> {
  yield columns.map(field).join(',');
  for await (const part of parts) {
    for (const row of part) yield row.map((cell) => field(textOf(cell, zone))).join(',');
  }
}

function textOf(cell: Cell, zone: string): string {
  if (cell === null) return '';
  if (cell instanceof Date) return localTime(cell, zone);
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** In quotes where it has what would end it; an empty line alone would be none. */
const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
