import type { SummaryAnswer, ZoneSummary } from '../../protocol.js';
import { bounds, figure, plural, stopWatch } from '../model/words.js';
import { colorOfZone } from '../model/zone.js';
import { toSecond } from './clock.js';
import { find, make, setText } from './dom.js';

/** The figures of a session and its zones, as the archive tells them. */
export class SummaryView {
  readonly #list = find('summary');
  readonly #text = find('summary-text');
  readonly #bar = find('zone-bar');
  readonly #zones = find('zones');
  #shown: SummaryAnswer | undefined;
  #first = true;

  render(summary: SummaryAnswer | undefined, zones: readonly number[]): void {
    if (summary === this.#shown && !this.#first) return;
    this.#first = false;
    this.#shown = summary;
    this.#figures(summary);
    this.#timeInZones(summary?.zones.length ? summary.zones : without(zones));
  }

  #figures(summary: SummaryAnswer | undefined): void {
    const figures = [
      ['Maximum', summary?.maximum],
      ['Minimum', summary?.minimum],
      ['Difference', summary?.difference],
      ['Mean', summary?.mean],
    ] as const;
    this.#list.replaceChildren(
      ...figures.map(([name, value]) =>
        make(
          'div',
          '',
          make('dt', '', name),
          make('dd', '', figure(value), ' ', make('span', 'unit', 'bpm')),
        ),
      ),
    );
    setText(this.#text, summary ? sentence(summary) : 'The archive has not been asked yet.');
  }

  #timeInZones(zones: readonly ZoneSummary[]): void {
    const all = zones.reduce((sum, { seconds }) => sum + seconds, 0);
    this.#bar.replaceChildren(...zones.filter(({ seconds }) => seconds > 0).map(part));
    this.#zones.replaceChildren(...zones.map((zone) => row(zone, all)).reverse());
  }
}

function sentence({ samples, first, last }: SummaryAnswer): string {
  if (samples === 0 || first === null || last === null) return 'Nothing of it is in the archive yet.';
  const seconds = (Date.parse(last) - Date.parse(first)) / 1_000;
  return `${plural(samples, 'sample')} in ${stopWatch(seconds)} up to ${toSecond(Date.parse(last))}, by SQL over the archive.`;
}

function part({ zone, seconds }: ZoneSummary): HTMLElement {
  const element = make('span', `zone-${colorOfZone(zone)}`);
  element.style.flexGrow = String(seconds);
  return element;
}

function row({ zone, from_rate, below_rate, seconds }: ZoneSummary, all: number): HTMLElement {
  const share = all > 0 ? Math.round((100 * seconds) / all) : 0;
  return make(
    'li',
    '',
    make('span', `swatch zone-${colorOfZone(zone)}`),
    make('span', 'zone', `Zone ${zone}`),
    make('span', 'bounds', `${bounds(from_rate, below_rate)} bpm`),
    make('span', 'time', stopWatch(seconds)),
    make('span', 'share', `${share} %`),
  );
}

/** Zones in which no time was spent. */
const without = (zones: readonly number[]): ZoneSummary[] =>
  [0, ...zones].map((from_rate, zone) => ({ zone, from_rate, below_rate: zones[zone] ?? null, seconds: 0 }));
