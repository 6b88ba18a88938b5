// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Journey } from '../definition/journey';
import { generatedJourney } from '../map/generate';
import type { OutlineRow } from './outline';
import { outlineOf, placesOf, unfolded } from './outline';

const sample = (id: string): Journey => JSON.parse(readFileSync(`../samples/journeys/${id}.json`, 'utf8'));
const told = (row: OutlineRow) =>
  `${'  '.repeat(row.depth)}${row.letter} ${row.kind === 'branch' ? `(${row.edge}, ${row.points})` : row.kind === 'join' ? `join ${row.letters.join(' ')}` : row.id}`;

describe('the outline', () => {
  it('reads the welcome sample as a tree', () => {
    expect(outlineOf(sample('welcome')).map(told)).toEqual([
      'A first-order',
      'A value',
      '  A (yes, 2)',
      '  A thanks-large',
      '  A tag-large',
      '  B (no, 1)',
      '  B thanks',
      'A join A B',
      'A week',
      'A morning',
      'A more',
      'A patience',
      'A no-second',
    ]);
  });

  it('hides what lies in folded branches', () => {
    const rows = unfolded(outlineOf(sample('welcome')), new Set(['value/yes']));

    expect(rows.map(told)).not.toContain('  A thanks-large');
    expect(rows.map(told)).toContain('  A (yes, 2)');
  });

  it.each([1, 2, 3, 4, 5])('has every point once, seed %i', (seed) => {
    const journey = generatedJourney(seed, 120);

    const ids = outlineOf(journey).flatMap((row) => (row.kind === 'point' ? [row.id] : []));
    expect([...ids].sort()).toEqual(Object.keys(journey.points).sort());
  });

  it('tells where each point stands in the tree', () => {
    const places = placesOf(outlineOf(sample('welcome')));

    expect(places.get('tag-large')).toEqual({ level: 2, position: 2, size: 2 });
  });
});
