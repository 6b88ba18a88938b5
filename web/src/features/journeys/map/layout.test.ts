// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitsOf } from '../definition/exits';
import type { Journey, Point } from '../definition/journey';
import { applyEdit } from '../edit/applyEdit';
import { mergedOf } from '../versions/merged';
import { generatedJourney } from './generate';
import type { Geometry } from './geometry';
import { editing, live } from './geometry';
import type { MapLayout } from './layout';
import { layout } from './layout';

interface Box {
  what: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Everything that may not lie on something else, by name. */
function faults(map: MapLayout): string[] {
  const signs = map.stations
    .filter((station) => station.kind !== 'open')
    .map((station): Box => {
      const { x, y, width, height } = station.sign;
      return { what: `sign ${station.id}`, left: x, top: y, right: x + width, bottom: y + height };
    });
  const marks = map.stations.map(
    (one): Box => ({
      what: `station ${one.id}`,
      left: one.x - one.left,
      top: one.y - 17,
      right: one.x + one.right,
      bottom: one.y + 17,
    }),
  );
  const lines = map.lines.flatMap((line) =>
    line.corners.slice(1).map((to, at): Box => {
      const from = line.corners[at] ?? to;
      return {
        what: `line ${line.key}`,
        left: Math.min(from.x, to.x) - 3,
        right: Math.max(from.x, to.x) + 3,
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
      };
    }),
  );
  const pluses = map.pluses.map(
    (one): Box => ({ what: `plus ${one.id}`, left: one.x - 9, right: one.x + 9, top: one.y - 9, bottom: one.y + 9 }),
  );
  const plates = map.lines.flatMap((line): Box[] =>
    line.plate
      ? [
          {
            what: `plate ${line.key}`,
            left: line.plate.x - 9,
            right: line.plate.x + 30,
            top: line.plate.y - 11,
            bottom: line.plate.y + 11,
          },
        ]
      : [],
  );
  const found: string[] = [];
  const apart = (some: Box[], others: Box[]) => {
    for (const a of some)
      for (const b of others)
        if (a !== b && a.what !== b.what && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          found.push(`${a.what} on ${b.what}`);
  };
  apart(signs, signs);
  apart(signs, marks);
  apart(lines, signs);
  apart(plates, signs);
  apart(pluses, signs);
  apart(pluses, plates);
  apart(pluses, pluses);
  apart(marks, marks);
  // A line touches no station but those that it leads from and to.
  for (const line of map.lines) {
    const pieces = lines.filter((one) => one.what === `line ${line.key}`);
    apart(
      pieces,
      marks.filter((one) => one.what !== `station ${line.of}` && one.what !== `station ${line.to}`),
    );
  }
  return found;
}

/** Stretches of different lines never lie on one another, but where entrances meet in one line. */
function overlaps(map: MapLayout): string[] {
  const found: string[] = [];
  const pieces = map.lines.flatMap((line) => line.corners.slice(1).map((to, at) => ({ line, from: line.corners[at] ?? to, to })));
  for (const a of pieces)
    for (const b of pieces) {
      if (a.line.key >= b.line.key || (a.line.letter === b.line.letter && a.line.to === b.line.to)) continue;
      const vertical = a.from.x === a.to.x && b.from.x === b.to.x && a.from.x === b.from.x;
      const flat = a.from.y === a.to.y && b.from.y === b.to.y && a.from.y === b.from.y;
      const over = (p: number, q: number, r: number, s: number) =>
        Math.min(Math.max(p, q), Math.max(r, s)) - Math.max(Math.min(p, q), Math.min(r, s));
      if (vertical && over(a.from.y, a.to.y, b.from.y, b.to.y) > 1) found.push(`${a.line.key} on ${b.line.key}`);
      if (flat && over(a.from.x, a.to.x, b.from.x, b.to.x) > 1) found.push(`${a.line.key} on ${b.line.key}`);
    }
  return found;
}

const samples = '../samples';
const read = (folder: string) =>
  readdirSync(`${samples}/${folder}`).map((file) => JSON.parse(readFileSync(`${samples}/${folder}/${file}`, 'utf8')));
const sampleJourneys: Journey[] = [
  ...read('journeys'),
  ...read('gallery').map(({ id, journey }) => ({ ...journey, id: `gallery ${id}` })),
];
const sample = (id: string): Journey => {
  const found = sampleJourneys.find((journey) => journey.id === id);
  if (!found) throw new Error(`There is no sample ${id}.`);
  return found;
};

/** The journey with some points deleted: what led there leads on to where they led. */
function without(journey: Journey, isGone: (id: string, index: number) => boolean): Journey {
  const gone = Object.keys(journey.points).filter(isGone);
  return gone.reduce((left, id) => {
    const point = left.points[id];
    if (!point) return left;
    const done = applyEdit(left, { kind: 'delete', ids: [id], keep: { [id]: exitsOf(point)[0]?.field ?? 'none' } });
    return 'refused' in done ? left : done.journey;
  }, journey);
}

describe.each([
  ['editing', editing],
  ['live', live],
] as [string, Geometry][])('the layout for %s', (_, geometry) => {
  it.each(sampleJourneys.map((journey) => [journey.id, journey] as const))('keeps everything of %s apart', (_id, journey) => {
    const map = layout(journey, geometry);

    expect(faults(map)).toEqual([]);
    expect(overlaps(map)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps everything of a generated journey of 300 points apart, seed %i', (seed) => {
    const journey = generatedJourney(seed, 300);
    const map = layout(journey, geometry);

    expect(Object.keys(journey.points).length).toBe(300);
    expect(faults(map)).toEqual([]);
    expect(overlaps(map)).toEqual([]);
  });

  it.each(Array.from({ length: 60 }, (_one, index) => 100 + index))(
    'keeps everything of a small journey apart, seed %i',
    (seed) => {
      const map = layout(generatedJourney(seed, 5 + (seed % 30)), geometry);

      expect(faults(map)).toEqual([]);
      expect(overlaps(map)).toEqual([]);
    },
  );
});

describe('the layout', () => {
  it.each(Array.from({ length: 40 }, (_one, index) => 200 + index))(
    'keeps what is gone apart from what is there, seed %i',
    (seed) => {
      const before = generatedJourney(seed, 5 + (seed % 40));
      const after = without(before, (_id, index) => index % 4 === seed % 4);
      const map = layout(mergedOf(before, after));

      expect(faults(map)).toEqual([]);
      expect(map.stations.map((station) => station.id)).toEqual(expect.arrayContaining(Object.keys(before.points)));
    },
  );

  it('draws the welcome sample where it always was', () => {
    const map = layout(sample('welcome'));

    const placed = Object.fromEntries(map.stations.map((station) => [station.id, `${station.letter} ${station.x},${station.y}`]));
    expect(placed).toEqual({
      'first-order': 'A 0,0',
      value: 'A 0,108',
      'thanks-large': 'A 0,256',
      'tag-large': 'A 0,364',
      thanks: 'B 272,256',
      week: 'A 0,502',
      morning: 'A 0,610',
      more: 'A 0,718',
      patience: 'A 0,826',
      'no-second': 'A 0,934',
    });
  });

  it('gives a branch that has nothing on it a column of its own until it joins', () => {
    const map = layout(sample('win-back'));

    const branch = map.lines.find((line) => line.key === 'who/nothing more');
    expect(branch?.letter).toBe('B');
    expect(branch?.corners.map((corner) => corner.x)).toEqual([9, 9, 272, 272, 9, 9]);
  });

  it('goes straight to the next row where a branch joins a line further right', () => {
    const map = layout(
      journeyOf(
        {
          a: { kind: 'if', condition: tag, then: 'b', else: 'x' },
          b: { kind: 'waitFor', activities: [], timeout: 'P1D', next: 'end', onTimeout: 'y' },
          end,
          x: { kind: 'addTag', tag: 'x', next: 'y' },
          y: end,
        },
        'a',
      ),
    );

    expect(map.stations.find((station) => station.id === 'y')?.x).toBe(272);
    // Down, across at the turn, and down left of the line that it joins. It has no column of its own.
    expect(map.lines.find((one) => one.key === 'b/timeout')?.corners).toEqual([
      { x: 9, y: 256 },
      { x: 9, y: 312 },
      { x: 264, y: 312 },
      { x: 264, y: 404 },
    ]);
  });

  it('keeps the letters that the definition has', () => {
    const journey = sample('vip');
    const map = layout({ ...journey, map: { lines: { 'became-vip': 'C', 'stays/timeout': 'A' } } });

    expect(map.letters.lines).toEqual({ 'became-vip': 'C', 'stays/timeout': 'A' });
  });

  it('lets entrances that meet at once share line A and one plus', () => {
    const map = layout({
      ...journeyOf({ one: end }, 'one'),
      start: [
        { kind: 'hand', id: 's1', next: 'one' },
        { kind: 'hand', id: 's2', next: 'one' },
      ],
    });

    expect(map.stations.map((station) => station.letter)).toEqual(['A', 'A', 'A']);
    expect(map.pluses).toHaveLength(1);
    expect(map.pluses[0]?.exits).toEqual([
      { of: 's1', field: 'next' },
      { of: 's2', field: 'next' },
    ]);
  });

  it('draws a line that leads back as a way back, not as a cycle', () => {
    const map = layout(
      journeyOf({ a: { kind: 'delay', for: 'P1D', next: 'b' }, b: { kind: 'addTag', tag: 'b', next: 'a' } }, 'a'),
    );

    expect(map.stations.map((station) => station.kind)).toEqual(['start', 'point', 'point', 'back']);
    expect(map.jumps).toHaveLength(1);
  });

  it('moves nothing that is above or left of an insertion', () => {
    const before = sample('vip');
    const inserted: Journey = {
      ...before,
      points: {
        ...before.points,
        untag: { kind: 'removeTag', tag: 'vip', next: 'extra' },
        extra: { kind: 'delay', for: 'P1D', next: 'unset' },
      },
    };

    const was = new Map(layout(before).stations.map((station) => [station.id, station]));
    for (const station of layout(inserted).stations) {
      if (['extra', 'unset', 'lost'].includes(station.id)) continue;
      expect([station.id, station.x, station.y]).toEqual([station.id, was.get(station.id)?.x, was.get(station.id)?.y]);
    }
  });

  it('puts stages below one another, each with its points on its band and on a line with a letter', () => {
    const journey: Journey = {
      ...journeyOf({}, ''),
      settings: { stageProperty: 'deal_stage' },
      start: [
        { kind: 'propertyBecomes', id: 'changes', property: 'deal_stage' },
        { kind: 'hand', id: 'by-hand', next: 'talks' },
      ],
      points: {
        lead: { kind: 'stage', values: ['lead'], next: 'read' },
        read: { kind: 'waitFor', activities: [], timeout: 'P1D', next: 'talks', onTimeout: 'lost' },
        won: { kind: 'end', outcome: 'successful', values: ['won'] },
        lost: { kind: 'end', outcome: 'unsuccessful', values: ['lost'] },
        offer: { kind: 'stage', values: ['offer'], next: 'ask' },
        ask: { kind: 'delay', for: 'P1D', next: 'lost' },
        talks: { kind: 'stage', values: ['talks'], next: 'tag' },
        tag: { kind: 'addTag', tag: 'hot' },
      },
    };
    const map = layout(journey);

    expect(faults(map)).toEqual([]);
    expect(overlaps(map)).toEqual([]);
    expect(map.bands.map((band) => band.stage)).toEqual(['lead', 'offer', 'talks', undefined]);
    map.bands.reduce((above, band) => {
      expect(band.top).toBeGreaterThan(above.top + above.height);
      return band;
    });
    const bandOf = (id: string) => {
      const y = map.stations.find((station) => station.id === id)?.y ?? 0;
      return map.bands.find((band) => y > band.top && y < band.top + band.height)?.stage ?? 'none';
    };
    expect(['lead', 'read', 'offer', 'ask', 'by-hand', 'talks', 'tag', 'won', 'lost', 'changes'].map(bandOf)).toEqual([
      'lead',
      'lead',
      'offer',
      'offer',
      'talks',
      'talks',
      'talks',
      'none',
      'none',
      'none',
    ]);
    expect(map.lines.filter((line) => !line.letter)).toEqual([]);
  });

  it('lays out 500 points in the blink of an eye', () => {
    const journey = generatedJourney(11, 500);

    const begun = performance.now();
    layout(journey);
    // Not a measurement: only that nothing is exponential.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

const end: Point = { kind: 'end', outcome: 'completed' };
const tag = { kind: 'tag' as const, name: 'x' };

function journeyOf(points: Record<string, Point>, first: string): Journey {
  return { format: 1, id: 'test', name: 'Test', start: [{ kind: 'hand', id: 'start', next: first }], points };
}
