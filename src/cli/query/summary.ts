import { type Answer, rowsOf } from './answer.js';
import { show, special } from './show.js';

/** Lines of a summary: a name and its value each. */
export async function summaryLines(answer: Answer, zone: string): Promise<string[]> {
  const [row = {}] = await rowsOf(answer);
  return Object.entries(row).map(([name, value]) => {
    const text = (special[name]?.show ?? show(zone))(value);
    const rate = /^(maximum|minimum|difference|mean)$/.test(name) && value !== null;
    return `${name.padEnd(12)}${text}${rate ? ' bpm' : ''}`;
  });
}
