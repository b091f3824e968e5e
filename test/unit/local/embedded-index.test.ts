import { describe, expect, it } from 'vitest';
import { embeddedIndex } from '../../../src/local/index.js';

const create = (_id: string, document: object) =>
  `${JSON.stringify({ create: { _index: 'heart_rate', _id } })}\n${JSON.stringify(document)}\n`;

describe('embeddedIndex', () => {
  it('answers a second document of an id as a conflict, and keeps the first', async () => {
    const index = embeddedIndex();
    const { body } = await index.bulk({
      body: create('a', { heart_rate: 1 }) + create('a', { heart_rate: 2 }),
    });
    expect(body.items.map((item) => item.create.status)).toEqual([201, 409]);
    expect(index.get('heart_rate', 'a')).toEqual({ heart_rate: 1 });
  });

  it('forgets the oldest where it is full', async () => {
    const index = embeddedIndex(2);
    await index.bulk({ body: ['a', 'b', 'c'].map((id) => create(id, {})).join('') });
    expect(index.count('heart_rate')).toBe(2);
    expect(index.get('heart_rate', 'a')).toBeUndefined();
  });

  it('knows nothing of an index that does not exist', () => {
    expect(embeddedIndex().count('other')).toBe(0);
    expect(embeddedIndex().get('other', 'a')).toBeUndefined();
  });
});
