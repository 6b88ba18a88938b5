import { describe, expect, it } from 'vitest';
import { rowProblems } from './draft';

describe('rows of a mapping', () => {
  it('need a name each, and one of their own', () => {
    const rows = [
      { name: 'total', path: '/total' },
      { name: '', path: '/id' },
      { name: ' total ', path: '/sum' },
    ];
    expect(rowProblems(rows)).toEqual([
      [1, 'unnamed'],
      [2, 'taken'],
    ]);
  });

  it('in which nothing stands are left out and are no problem', () => {
    expect(rowProblems([{ name: '', path: ' ' }])).toEqual([]);
  });
});
