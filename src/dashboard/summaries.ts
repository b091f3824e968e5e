import type { LocalPipeline } from '../local/index.js';
import { archiveQueries, archiveTime } from '../sample/index.js';
import type { SummaryAnswer, ZoneSummary } from './protocol.js';

/** So long an answer holds, milliseconds: viewers ask for the same. */
const HOLDS = 1_000;
/** So many answers are kept, and so many questions wait, at most. */
const KEPT = 1_000;
/** So long it waits for what has come last to be archived, milliseconds. */
const PATIENCE = 1_000;

/** Sums up sessions by SQL over the archive. */
export class Summaries {
  readonly #pipeline: LocalPipeline;
  readonly #zones: string;
  readonly #answers = new Map<string, { readonly until: number; readonly answer: Promise<SummaryAnswer> }>();

  constructor(pipeline: LocalPipeline, zones: readonly number[]) {
    this.#pipeline = pipeline;
    const queries = archiveQueries({ dialect: 'duckdb', ofSession: true, zones });
    this.#zones = queries.find(({ name }) => name === 'zones')?.sql ?? '';
  }

  /** Sums up one session; who asks at the same time, or soon after, has the same answer. */
  of(session: string, now: number): Promise<SummaryAnswer> {
    const known = this.#answers.get(session);
    if (known && now < known.until) return known.answer;
    this.#answers.delete(session);
    const answer = this.#ask(session);
    this.#answers.set(session, { until: now + HOLDS, answer });
    answer.catch(() => this.#answers.delete(session));
    const [oldest = ''] = this.#answers.keys();
    if (this.#answers.size > KEPT) this.#answers.delete(oldest);
    return answer;
  }

  async #ask(session: string): Promise<SummaryAnswer> {
    const { sink, archive } = this.#pipeline;
    await sink.flush(PATIENCE);
    const { first, last, ...rates } = await archive.summary(session);
    // Its span ends just behind the last sample.
    const span = [first ?? new Date(0), new Date((last?.getTime() ?? 0) + 1)].map(archiveTime);
    const rows = await archive.query(this.#zones, [...span, session], { session });
    const zones = rows.map(
      ({ zone, from_rate: from, below_rate: below, seconds }): ZoneSummary => ({
        ...{ zone: Number(zone), from_rate: Number(from), seconds: Number(seconds) },
        below_rate: below === null ? null : Number(below),
      }),
    );
    return {
      session_id: session,
      ...rates,
      first: first?.toISOString() ?? null,
      last: last?.toISOString() ?? null,
      zones,
    };
  }
}
