import { archiveQuestions, archiveTime } from '../../sample/index.js';
import type { Span } from '../span.js';
import { type Answer, type Cell, rowsOf } from './answer.js';
import type { Source } from './source.js';

/** Of what is asked. */
export interface Asked {
  /** Of which time; without one, of all. */
  readonly span: Span | undefined;
  /** Of which session alone. */
  readonly session: string | undefined;
}

/** Further than any archive goes, and within what every engine calculates with. */
const ALWAYS: Span = { from: new Date('1000-01-01T00:00:00Z'), to: new Date('9999-01-01T00:00:00Z') };

/** How a question of a program to an archive is asked. */
function catalogueOf(source: Source, { span = ALWAYS, session }: Asked, zones?: readonly number[]) {
  const ofSession = session !== undefined;
  const questions = archiveQuestions({ ...source.catalogue, ofSession, ...(zones && { zones }) });
  const values = [archiveTime(span.from), archiveTime(span.to), ...(ofSession ? [session] : [])];
  return { questions, values };
}

/** What is answered to a question for the sum of everything: one row. */
export const SUMMARY = ['samples', 'first', 'last', 'maximum', 'minimum', 'difference', 'mean'] as const;

/** Sums everything up. */
export function askSummary(source: Source, asked: Asked): Promise<Answer> {
  const { questions, values } = catalogueOf(source, asked);
  return source.ask(questions.summary, values);
}

/** The columns of each session. Not the id of its sensor: that may be an address. */
export const SESSIONS = [
  'session',
  'sensor',
  'first',
  'last',
  ...SUMMARY.filter((name) => !/first|last/.test(name)),
];

/** Sums each session up. */
export async function askSessions(source: Source, asked: Asked): Promise<Answer> {
  const { questions, values } = catalogueOf(source, asked);
  const answer = await source.ask(questions.sessions, values);
  const names = SESSIONS.map((name) => ({ session: 'session_id', sensor: 'sensor_name' })[name] ?? name);
  const places = names.map((name) => answer.columns.indexOf(name));
  return { columns: SESSIONS, parts: pick(answer, places) };
}

async function* pick({ parts }: Answer, places: readonly number[]) {
  for await (const part of parts) yield part.map((row) => places.map((at) => row[at] ?? null));
}

/** How long the rate was in each zone. */
export function askZones(source: Source, asked: Asked, zones?: readonly number[]): Promise<Answer> {
  const { questions, values } = catalogueOf(source, asked, zones);
  return source.ask(questions.zones, values);
}

/** The session of the last sample; `undefined` where none has one. */
export async function askLatest(source: Source): Promise<string | undefined> {
  const { questions } = catalogueOf(source, { span: undefined, session: undefined });
  const [row] = await rowsOf(await source.ask(questions.latest, []));
  return typeof row?.session_id === 'string' ? row.session_id : undefined;
}

/** The lowest and highest rates of each part of a span. */
export async function askPoints(
  source: Source,
  asked: Asked,
  partMs: number,
): Promise<Record<string, Cell>[]> {
  const { questions, values } = catalogueOf(source, asked);
  return rowsOf(await source.ask(questions.points, [...values, String(partMs)]));
}
