import { SetupError } from './errors.js';

/** The properties of a resource. CloudFormation makes texts of them all, and lists of texts. */
export class Properties {
  readonly #values: Readonly<Record<string, unknown>>;

  /** @param values - As they came. */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** A text that may be left out. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return value === undefined ? undefined : textOf(name, value);
  }

  /** A text that has to be there. */
  needed(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw new SetupError(`The property ${name} is missing.`);
    return text;
  }

  /** One of some words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word {
    const text = this.needed(name);
    const word = words.find((each) => each === text);
    if (word === undefined) {
      throw new SetupError(`The property ${name} must be one of ${words.join(', ')}.`);
    }
    return word;
  }

  /** Whether it is so. Default: it is not. */
  flag(name: string): boolean {
    return this.text(name) !== undefined && this.word(name, ['true', 'false']) === 'true';
  }

  /** A whole number from 0 that may be left out. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : wholeOf(name, text);
  }

  /** Texts. Default: none. */
  texts(name: string): string[] {
    return this.#list(name)?.map((value) => textOf(name, value)) ?? [];
  }

  /** Whole numbers that may be left out. */
  wholes(name: string): number[] | undefined {
    return this.#list(name)?.map((value) => wholeOf(name, textOf(name, value)));
  }

  #list(name: string): unknown[] | undefined {
    const value = this.#values[name];
    if (value === undefined || Array.isArray(value)) return value;
    throw new SetupError(`The property ${name} must be a list.`);
  }
}

function textOf(name: string, value: unknown): string {
  // Whatever stands in for CloudFormation may leave them as they are in the template.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  throw new SetupError(`The property ${name} must be a text that is not empty.`);
}

function wholeOf(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SetupError(`The property ${name} must be a whole number.`);
}
