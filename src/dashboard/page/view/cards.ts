import type { Board } from '../model/board.js';
import type { Sensor } from '../model/sensor.js';
import { alertOf, shown } from '../model/shown.js';
import { colorOf } from '../model/zone.js';
import { make, setData, setText } from './dom.js';

/** More of them are shown smaller. */
const FEW = 8;
/** So many, or a quarter of all, are looked at in one frame: the page stays quick however many there are. */
const SLICE = 12;
const SLICES = 4;
/** So many are made in one frame: each is to be laid out and painted, too. */
const MADE = 8;

/** All sensors side by side; one of them is chosen, as one of a group of radio buttons. */
export class Cards {
  readonly #field: HTMLElement;
  readonly #choose: (id: string) => void;
  readonly #cards = new Map<string, Card>();
  #next = 0;

  constructor(field: HTMLElement, choose: (id: string) => void) {
    this.#field = field;
    this.#choose = choose;
  }

  /** @returns Whether the next frame is for cards, too: some are left, or have yet to be painted. */
  render(board: Board, now: number, chosen: Sensor | undefined): boolean {
    const { sensors } = board;
    const isNew = sensors.length !== this.#cards.size;
    if (isNew) this.#layOut(board, now);
    const slice = Math.max(SLICE, Math.ceil(sensors.length / SLICES));
    const part = sensors.slice(this.#next, this.#next + slice);
    for (const sensor of part) this.#cards.get(sensor.id)?.render(sensor, board, now);
    this.#next += slice;
    const isLeft = this.#next < sensors.length;
    if (!isLeft) this.#next = 0;
    const input = chosen && this.#cards.get(chosen.id)?.input;
    if (input && !input.checked) input.checked = true;
    return isLeft || isNew;
  }

  #layOut(board: Board, now: number): void {
    const { sensors } = board;
    const full = this.#cards.size + MADE;
    let place = 0;
    for (const sensor of sensors) {
      const { id } = sensor;
      let card = this.#cards.get(id);
      if (card === undefined && this.#cards.size === full) continue;
      if (card === undefined) {
        card = new Card(this.#cards.size, () => this.#choose(id));
        this.#cards.set(id, card);
        card.render(sensor, board, now);
      }
      // Who has the focus is not moved.
      const before = this.#field.children[place++] ?? null;
      if (before !== card.root) this.#field.insertBefore(card.root, before);
    }
    setData(this.#field, 'many', String(sensors.length > FEW));
  }
}

/** One sensor. */
class Card {
  readonly input = make('input', 'unseen');
  readonly root: HTMLElement;
  readonly #name = make('span', 'name');
  readonly #number = make('span', 'number');
  readonly #state = make('span', 'state');
  readonly #note = make('span', 'note');
  readonly #alert = make('span', 'alert');

  constructor(number: number, choose: () => void) {
    const { input } = this;
    Object.assign(input, { type: 'radio', name: 'sensor', onchange: choose });
    this.#name.id = `name-${number}`;
    const text = make('span', 'text', this.#state, ' ', this.#note);
    const rate = make('span', 'rate', this.#number, ' ', make('span', 'unit', 'bpm'));
    const now = make('span', 'now', rate, ' ', text);
    now.id = `now-${number}`;
    input.setAttribute('aria-labelledby', this.#name.id);
    input.setAttribute('aria-describedby', now.id);
    this.root = make('label', 'card', input, make('span', 'head', this.#name, ' ', this.#alert), now);
  }

  render(sensor: Sensor, board: Board, now: number): void {
    const { state, rate, note } = shown(sensor, board, now);
    setText(this.#name, sensor.name);
    setText(this.#number, rate === undefined ? '–' : String(rate));
    setText(this.#state, state);
    setText(this.#note, note);
    const alert = alertOf(sensor, board);
    setText(this.#alert, alert ? 'alert' : '');
    setData(this.root, 'state', state);
    setData(this.root, 'alert', String(alert !== undefined));
    setData(this.root, 'zone', rate === undefined ? '' : String(colorOf(rate, board.hello?.zones ?? [])));
  }
}
