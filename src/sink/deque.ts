/** How many free places at the front are worth moving the rest. */
const FREE_MAX = 1_024;

/** A queue whose ends are both cheap, however long it is: Array.prototype.shift() moves a long one each time. */
export class Deque<Item> {
  #items: (Item | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#items.length - this.#start;
  }

  get first(): Item | undefined {
    return this.#items[this.#start];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#start];
    this.#items[this.#start++] = undefined;
    if (this.#start === this.#items.length) {
      this.#items.length = 0;
      this.#start = 0;
    } else if (this.#start > FREE_MAX && this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start);
      this.#start = 0;
    }
    return item;
  }

  /** Puts items back before the first. */
  unshift(items: readonly Item[]): void {
    this.#items = [...items, ...(this.#items.slice(this.#start) as Item[])];
    this.#start = 0;
  }
}
