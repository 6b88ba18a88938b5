import { expect, it } from 'vitest';
import { differs, keepColumns, keptColumns, lookingOf } from './looking';

it('notices that one looks in another way than the view says', () => {
  const lyon = { kind: 'property', name: 'city', is: 'equals', value: 'Lyon' } as const;
  const view = lookingOf({ search: null, condition: lyon, columns: ['city'] });

  expect(differs(view, { search: ' ', condition: { ...lyon }, columns: ['city'] })).toBe(false);
  expect(differs(view, { ...view, columns: [] })).toBe(true);
  expect(differs(view, { ...view, condition: undefined })).toBe(true);
});

it('keeps the columns, whatever else has been written there', () => {
  localStorage.setItem('parcours.contact-columns', '{"no":"list"}');
  expect(keptColumns()).toEqual([]);
  keepColumns(['city']);
  expect(keptColumns()).toEqual(['city']);
});
