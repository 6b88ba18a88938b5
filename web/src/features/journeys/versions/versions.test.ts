import { describe, expect, it } from 'vitest';
import { formats } from '@/lib/formats';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { layout } from '../map/layout';
import { outlineOf } from '../outline/outline';
import { type Changes, changesInWords, countsOf, marksOf } from './changes';
import { mergedOf } from './merged';

const said = (key: string, values?: Record<string, unknown>) => `${key}${values ? JSON.stringify(values) : ''}`;
const tellingOf = (journey: Journey): Telling => ({
  t: (key, values) => (values && 'defaultValue' in values ? key : said(key, values)),
  language: 'en-GB',
  formats: formats('en'),
  pointName: (id) => journey.points[id]?.name ?? id,
  journeyName: (id) => id,
});

const before: Journey = {
  format: 1,
  id: 'tea',
  name: 'Tea',
  settings: { priority: 1 },
  start: [{ kind: 'event', id: 'ordered', events: ['Ordered'], next: 'pause' }],
  points: {
    pause: { kind: 'delay', for: 'P7D', next: 'coupon' },
    coupon: { kind: 'addTag', tag: 'coupon', next: 'draw' },
    draw: {
      kind: 'split',
      paths: [
        { name: 'A', share: 50, next: 'over' },
        { name: 'B', share: 50, next: 'sms' },
      ],
    },
    sms: { kind: 'addTag', name: 'Text them', tag: 'sms', next: 'over' },
    over: { kind: 'end', outcome: 'completed' },
  },
};
const after: Journey = {
  ...before,
  settings: { priority: 2 },
  points: {
    pause: { kind: 'delay', for: 'P10D', next: 'draw' },
    draw: {
      kind: 'split',
      paths: [
        { name: 'A', share: 70, next: 'over' },
        { name: 'B', share: 30, next: 'call' },
      ],
    },
    call: { kind: 'addTag', tag: 'call', next: 'over' },
    over: { kind: 'end', outcome: 'completed' },
  },
};
const changes: Changes = {
  from: 1,
  to: null,
  settings: [{ path: 'settings/priority', before: 1, after: 2 }],
  starts: [],
  points: [
    {
      id: 'pause',
      kind: 'delay',
      name: null,
      change: 'changed',
      fields: [
        { path: 'for', before: 'P7D', after: 'P10D' },
        { path: 'next', before: 'coupon', after: 'draw' },
      ],
    },
    {
      id: 'draw',
      kind: 'split',
      name: null,
      change: 'changed',
      fields: [{ path: 'paths/1/share', before: 50, after: 30 }],
    },
    { id: 'call', kind: 'addTag', name: null, change: 'added', fields: [] },
    { id: 'coupon', kind: 'addTag', name: null, change: 'removed', fields: [] },
    { id: 'sms', kind: 'addTag', name: 'Text them', change: 'removed', fields: [] },
  ],
  people: null,
};
const sides = { before, after, tellingBefore: tellingOf(before), tellingAfter: tellingOf(after) };

describe('two versions in one map', () => {
  const merged = mergedOf(before, after);

  it('has the newer version, and what is gone hung on where it stood', () => {
    expect(Object.keys(merged.points)).toEqual(['pause', 'draw', 'call', 'over', 'coupon', 'sms']);
    expect(merged.map?.gone).toEqual({
      ids: ['coupon', 'sms'],
      lines: [
        { of: 'pause', to: 'coupon' },
        { of: 'coupon', to: 'draw' },
        { of: 'draw', to: 'sms' },
        { of: 'sms', to: 'over' },
      ],
    });
  });

  it('draws what is gone beside the lines, on lines without a letter, and names no line that leads there', () => {
    const drawn = layout(merged);
    const place = (id: string) => drawn.stations.find((station) => station.id === id);
    const gone = drawn.lines.filter((line) => line.of === 'coupon' || line.to === 'coupon');

    expect(drawn.stations.map((station) => `${station.x} ${station.y}`)).toHaveLength(
      new Set(drawn.stations.map((station) => `${station.x} ${station.y}`)).size,
    );
    expect(place('coupon')?.x).toBeGreaterThan(place('pause')?.x ?? 0);
    expect(place('coupon')?.letter).toBe('');
    expect(gone.map((line) => [line.letter, line.plate])).toEqual([
      ['', undefined],
      ['', undefined],
    ]);
    expect(drawn.lines.find((line) => line.of === 'pause' && line.to === 'draw')).toMatchObject({
      letter: 'A',
      plate: undefined,
    });
    expect(place('over')?.letter).toBe('A');
    expect(outlineOf(merged).filter((row) => row.kind === 'back' || row.kind === 'open')).toEqual([]);
  });

  it('leaves out a line that would close a circle: what is gone moves nothing', () => {
    const turned: Journey = {
      ...before,
      start: [{ kind: 'event', id: 'ordered', events: ['Ordered'], next: 'over2' }],
      points: { over2: { kind: 'delay', for: 'P1D', next: 'pause' }, pause: { kind: 'delay', for: 'P7D' } },
    };
    const older: Journey = {
      ...before,
      points: {
        pause: { kind: 'delay', for: 'P7D', next: 'coupon' },
        coupon: { kind: 'addTag', tag: 'coupon', next: 'over2' },
        over2: { kind: 'delay', for: 'P1D' },
      },
    };

    const both = mergedOf(older, turned);

    expect(both.map?.gone?.lines).toEqual([{ of: 'pause', to: 'coupon' }]);
    expect(layout(both).stations.map((station) => station.id)).toContain('coupon');
  });

  it('is the newer version where nothing is gone', () => {
    expect(mergedOf(after, after)).toBe(after);
  });
});

describe('changes in words', () => {
  const parts = changesInWords(changes, sides);

  it('names each part, each field, and what it was and is, each in the words of its own version', () => {
    expect(parts.map(({ id, change }) => [id, change])).toEqual([
      [undefined, 'changed'],
      ['pause', 'changed'],
      ['draw', 'changed'],
      ['call', 'added'],
      ['coupon', 'removed'],
      ['sms', 'removed'],
    ]);
    expect(parts.at(-1)?.title).toBe('Text them');
    expect(parts[0]?.fields).toEqual([
      { path: 'settings/priority', name: 'map.settings.priority', before: '1', after: '2', leads: false },
    ]);
    expect(parts[1]?.fields).toEqual([
      { path: 'for', name: 'points.fields.for', before: '7 days', after: '10 days', leads: false },
      { path: 'next', name: 'points.fields.next', before: 'coupon', after: 'draw', leads: true },
    ]);
    expect(parts[2]?.fields[0]).toEqual({
      path: 'paths/1/share',
      name: 'versions.ofLine{"field":"points.fields.share","line":"B"}',
      before: '50',
      after: '30',
      leads: false,
    });
    expect(countsOf(parts)).toEqual({ added: 1, changed: 3, removed: 2 });
  });

  it('tells fields that mean something together as one', () => {
    const windowed = (from: string): Journey => ({
      ...before,
      points: { mail: { kind: 'sendEmail', content: 'hello', window: { from, until: '18:00' } } },
    });
    const [was, is] = [windowed('09:00'), windowed('10:00')];
    const [part] = changesInWords(
      {
        ...changes,
        settings: [],
        points: [
          {
            id: 'mail',
            kind: 'sendEmail',
            name: null,
            change: 'changed',
            fields: [
              { path: 'window/from', before: '09:00', after: '10:00' },
              { path: 'window/zone', before: null, after: 'contact' },
            ],
          },
        ],
      },
      { before: was, after: is, tellingBefore: tellingOf(was), tellingAfter: tellingOf(is) },
    );

    expect(part?.fields.map(({ path, before: from, after: to }) => [path, from, to])).toEqual([
      [
        'window',
        said('points.window.says', { days: 'points.window.everyDay', from: '09:00', until: '18:00' }),
        said('points.window.says', { days: 'points.window.everyDay', from: '10:00', until: '18:00' }),
      ],
    ]);
  });

  it('marks the cards: from what to what, how many differences, and who stands there', () => {
    const people = [
      { point: 'pause', name: null, kind: 'delay', version: 2, contacts: 1_200, state: 'changed' as const },
      { point: 'pause', name: null, kind: 'delay', version: 1, contacts: 34, state: 'changed' as const },
      { point: 'over', name: null, kind: 'end', version: 1, contacts: 1, state: 'same' as const },
    ];

    const marks = marksOf(parts, people, sides.tellingAfter);

    expect(marks.get('pause')).toEqual({
      change: 'changed',
      before: '7 days',
      after: '10 days',
      here: 'versions.here{"count":1234,"people":"1,234"}',
    });
    expect(marks.get('draw')).toMatchObject({ change: 'changed', before: '50', after: '30' });
    expect(marks.get('sms')).toEqual({ change: 'removed' });
    expect(marks.get('over')).toEqual({ change: 'same', here: 'versions.here{"count":1,"people":"1"}' });
  });
});
