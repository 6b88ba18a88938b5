import { expect, it } from 'vitest';
import { sortGallery } from './sortGallery';
import type { Ready } from './useGallery';

const ready = (name: string, days: number | null, points: number) => ({ name, days, points }) as Ready;
const shelf = [ready('Welcome', 10, 9), ready('Birthday', 14, 5), ready('Renewal', null, 5)];
const names = (all: Ready[]) => all.map(({ name }) => name);

it('sorts ready-made journeys by name, by length and by size, and leaves the shelf as it is', () => {
  expect(names(sortGallery(shelf, 'shelf'))).toEqual(['Welcome', 'Birthday', 'Renewal']);
  expect(names(sortGallery(shelf, 'name'))).toEqual(['Birthday', 'Renewal', 'Welcome']);
  expect(names(sortGallery(shelf, 'shortest'))).toEqual(['Welcome', 'Birthday', 'Renewal']);
  expect(names(sortGallery(shelf, 'smallest'))).toEqual(['Birthday', 'Renewal', 'Welcome']);
  expect(names(shelf)).toEqual(['Welcome', 'Birthday', 'Renewal']);
});
