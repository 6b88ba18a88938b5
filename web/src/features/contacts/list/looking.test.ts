import { expect, it } from 'vitest';
import { differs, keepColumns, keepPageSize, keptColumns, keptPageSize, lookingOf } from './looking';

it('notices that one looks in another way than the view says', () => {
  const lyon = { kind: 'property', name: 'city', is: 'equals', value: 'Lyon' } as const;
  const view = lookingOf({ search: null, condition: lyon, columns: ['city'] });

  expect(differs(view, { ...view, search: ' ', condition: { ...lyon } })).toBe(false);
  expect(differs(view, { ...view, oldestFirst: true })).toBe(true);
  expect(differs(view, { ...view, hidden: ['tags'] })).toBe(true);
  expect(differs(view, { ...view, columns: [] })).toBe(true);
  expect(differs(view, { ...view, condition: undefined })).toBe(true);
});

it('keeps the columns, whatever else has been written there', () => {
  localStorage.setItem('parcours.contact-columns', '{"no":"list"}');
  expect(keptColumns()).toEqual({ columns: [], hidden: [] });
  keepColumns({ columns: ['city'], hidden: ['since', 'tags'] });
  expect(keptColumns()).toEqual({ columns: ['city'], hidden: ['tags', 'since'] });
});

it('keeps how many a page has, if it is one of those offered', () => {
  expect(keptPageSize()).toBe(50);
  keepPageSize(200);
  expect(keptPageSize()).toBe(200);
  keepPageSize(7);
  expect(keptPageSize()).toBe(50);
});
