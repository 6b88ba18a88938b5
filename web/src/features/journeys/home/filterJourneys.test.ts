import { expect, it } from 'vitest';
import { filterJourneys, foldEnded, isIn, matches } from './filterJourneys';
import type { JourneyRow } from './useJourneys';

const journey = (name: string, more: Partial<JourneyRow> = {}): JourneyRow => ({
  id: name.toLowerCase(),
  name,
  description: null,
  status: 'live',
  version: 1,
  changed: false,
  revision: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  publishedAt: null,
  pausedAt: null,
  endedAt: null,
  labels: [],
  updatedBy: null,
  figures: { started: 0, inProgress: 0, completed: 0, successful: 0 },
  ...more,
});
const names = (rows: readonly JourneyRow[]) => rows.map(({ name }) => name);

it('finds a journey by words of its name and description, whatever their accents', () => {
  const spring = journey('Dégustation de printemps', { description: 'Lyon et Turin' });

  expect(matches('degustation lyon', spring)).toBe(true);
  expect(matches('degustation paris', spring)).toBe(false);
});

it('counts one that gets ready among the live, and shows what was put away only where one looks for it', () => {
  expect(isIn('live', journey('a', { status: 'filling' }))).toBe(true);
  expect(isIn('all', journey('a', { status: 'archived' }))).toBe(false);
  expect(isIn('archived', journey('a', { status: 'archived' }))).toBe(true);
});

it('sorts by figures from the most, and equals by name', () => {
  const few = { started: 1, inProgress: 0, completed: 1, successful: 0 };
  const many = { started: 9, inProgress: 5, completed: 4, successful: 0 };
  const rows = [journey('b', { figures: few }), journey('c', { figures: many }), journey('a', { figures: few })];

  expect(names(filterJourneys(rows, { tab: 'all', search: '', order: 'started', label: '' }))).toEqual(['c', 'a', 'b']);
});

it('keeps to a label', () => {
  const rows = [journey('a', { labels: ['sales'] }), journey('b', { labels: ['retention'] })];

  expect(names(filterJourneys(rows, { tab: 'all', search: '', order: 'name', label: 'sales' }))).toEqual(['a']);
});

it('folds what has ended where one looks at all, and neither where one searches nor where nothing else is left', () => {
  const rows = [journey('a'), journey('b', { status: 'ended' })];
  const all = { tab: 'all', search: '', order: 'name', label: '' } as const;

  expect(names(foldEnded(rows, all).shown)).toEqual(['a']);
  expect(names(foldEnded(rows, all).ended)).toEqual(['b']);
  expect(names(foldEnded(rows, { ...all, search: 'b' }).shown)).toEqual(['a', 'b']);
  expect(names(foldEnded([journey('b', { status: 'ended' })], all).shown)).toEqual(['b']);
});
