// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitsOf } from '../definition/exits';
import type { Journey, Point } from '../definition/journey';
import { dice, generatedJourney } from '../map/generate';
import { layout } from '../map/layout';
import { applyEdit, newId } from './applyEdit';
import { compare, merge, withChanges } from './changes';
import type { Edit } from './edits';
import { fragmentOf, rowOf } from './fragment';
import type { History } from './history';
import { emptyHistory, record, redo, undo } from './history';

const sample = (id: string): Journey => JSON.parse(readFileSync(`../samples/journeys/${id}.json`, 'utf8'));
const edited = (journey: Journey, edit: Edit): Journey => {
  const done = applyEdit(journey, edit);
  if ('refused' in done) throw new Error(done.refused);
  return done.journey;
};
const refusal = (journey: Journey, edit: Edit) => {
  const done = applyEdit(journey, edit);
  return 'refused' in done ? done.refused : 'done';
};
const tag = (name: string, next?: string): Point => (next ? { kind: 'addTag', tag: name, next } : { kind: 'addTag', tag: name });
const vip = sample('vip');

describe('an insertion', () => {
  it('puts a point between what was there', () => {
    const journey = edited(vip, {
      kind: 'insert',
      place: { exits: [{ of: 'tag', field: 'next' }] },
      id: 'pause',
      point: { kind: 'delay', for: 'P1D' },
    });

    expect(journey.points.tag).toMatchObject({ next: 'pause' });
    expect(journey.points.pause).toMatchObject({ next: 'since' });
    expect(Object.keys(journey.points).slice(0, 3)).toEqual(['tag', 'pause', 'since']);
  });

  it('lets what followed go on by the first way out of a rule', () => {
    const rule: Point = { kind: 'if', condition: { kind: 'tag', name: 'x' } };
    const journey = edited(vip, {
      kind: 'insert',
      place: { exits: [{ of: 'became-vip', field: 'next' }] },
      id: 'who',
      point: rule,
    });

    expect(journey.start[0]?.next).toBe('who');
    expect(journey.points.who).toEqual({ ...rule, then: 'tag' });
  });

  it('is refused where it would cut off what follows', () => {
    const place = { exits: [{ of: 'tag', field: 'next' }] };
    expect(refusal(vip, { kind: 'insert', place, id: 'stop', point: { kind: 'end', outcome: 'completed' } })).toBe('endsAlready');
  });

  it('keeps the letters of the lines that were there', () => {
    const lettered = edited(vip, { kind: 'about', name: vip.name });
    const rule: Point = { kind: 'if', condition: { kind: 'tag', name: 'x' } };
    const journey = edited(lettered, {
      kind: 'insert',
      place: { exits: [{ of: 'tag', field: 'next' }] },
      id: 'who',
      point: rule,
    });

    expect(lettered.map?.lines).toEqual({ 'became-vip': 'A', 'stays/timeout': 'B' });
    expect(journey.map?.lines).toEqual({ 'became-vip': 'A', 'stays/timeout': 'B', 'who/no': 'C' });
  });
});

describe('a deletion', () => {
  it('joins what was before and after a point', () => {
    expect(edited(vip, { kind: 'delete', ids: ['since'], keep: {} }).points.tag).toMatchObject({ next: 'congratulations' });
  });

  it('of a rule keeps the line that was chosen and takes the other with all that only it led to', () => {
    const journey = edited(vip, { kind: 'delete', ids: ['stays'], keep: { stays: 'onTimeout' } });

    expect(journey.points.congratulations).toMatchObject({ next: 'year' });
    expect(Object.keys(journey.points)).toEqual(['tag', 'since', 'congratulations', 'year']);
  });

  it('of a rule with all its lines leaves an open end', () => {
    const journey = edited(vip, { kind: 'delete', ids: ['stays'], keep: {} });

    expect(journey.points.congratulations).not.toHaveProperty('next');
    expect(Object.keys(journey.points)).toEqual(['tag', 'since', 'congratulations']);
  });

  it('of a branch leaves what others lead to', () => {
    const journey = edited(sample('welcome'), { kind: 'cutBranch', exits: [{ of: 'value', field: 'then' }] });

    expect(journey.points).not.toHaveProperty('thanks-large');
    expect(journey.points).not.toHaveProperty('tag-large');
    expect(journey.points).toHaveProperty('week');
  });

  it('takes the go-tos to a deleted point along', () => {
    const looped = edited(vip, {
      kind: 'change',
      id: 'unset',
      point: { kind: 'setProperty', property: 'x', clear: true, next: 'again' },
    });
    const journey = edited(
      { ...looped, points: { ...looped.points, again: { kind: 'goTo', target: 'since' } } },
      { kind: 'delete', ids: ['since'], keep: {} },
    );

    expect(journey.points).not.toHaveProperty('again');
    expect(journey.points.unset).not.toHaveProperty('next');
  });
});

describe('moving, copying and pasting', () => {
  it('moves a point to a plus, and to the plus behind itself not at all', () => {
    const journey = edited(vip, { kind: 'move', ids: ['since'], place: { exits: [{ of: 'untag', field: 'next' }] } });

    expect(journey.points.tag).toMatchObject({ next: 'congratulations' });
    expect(journey.points.untag).toMatchObject({ next: 'since' });
    expect(journey.points.since).toMatchObject({ next: 'unset' });
    const stays = edited(vip, { kind: 'move', ids: ['since'], place: { exits: [{ of: 'since', field: 'next' }] } });
    expect(stays.points).toEqual(vip.points);
  });

  it('moves a rule with what hangs on it, and never into itself', () => {
    const open = edited(vip, {
      kind: 'insert',
      place: { exits: [{ of: 'became-vip', field: 'next' }] },
      id: 'first',
      point: { kind: 'if', condition: { kind: 'tag', name: 'x' } },
    });
    const journey = edited(open, { kind: 'move', ids: ['stays'], place: { exits: [{ of: 'first', field: 'else' }] } });

    expect(journey.points.first).toMatchObject({ then: 'tag', else: 'stays' });
    expect(journey.points.congratulations).not.toHaveProperty('next');
    expect(refusal(open, { kind: 'move', ids: ['stays'], place: { exits: [{ of: 'untag', field: 'next' }] } })).toBe(
      'insideItself',
    );
  });

  it('pastes a branch under new ids, and what followed hangs on its straight end', () => {
    const fragment = rowOf(vip, ['tag', 'since']);
    if (!fragment) throw new Error('There is nothing to paste.');
    const journey = edited(vip, { kind: 'paste', place: { exits: [{ of: 'untag', field: 'next' }] }, fragment });

    expect(journey.points.untag).toMatchObject({ next: 'tag-2' });
    expect(journey.points['tag-2']).toEqual(tag('vip', 'since-2'));
    expect(journey.points['since-2']).toMatchObject({ next: 'unset' });
  });

  it('copies a rule with the points that only it leads to', () => {
    expect(Object.keys(fragmentOf(sample('welcome'), 'value', false)?.points ?? {})).toContain('tag-large');
    expect(Object.keys(fragmentOf(sample('win-back'), 'who', true)?.points ?? {}).sort()).toEqual([
      'lost',
      'month',
      'tag-voucher',
      'voucher',
      'who',
    ]);
  });
});

describe('a connection', () => {
  it('joins another line, and is refused where it would make a circle', () => {
    expect(
      edited(vip, { kind: 'connect', exit: { of: 'stays', field: 'onTimeout' }, target: 'unset' }).points,
    ).not.toHaveProperty('year');
    expect(refusal(vip, { kind: 'connect', exit: { of: 'unset', field: 'next' }, target: 'tag' })).toBe('circle');
  });

  it('leads back by a go-to', () => {
    const id = newId(vip, 'goTo');
    const journey = edited(vip, { kind: 'goTo', exit: { of: 'unset', field: 'next' }, id, target: 'congratulations' });

    expect(journey.points[id]).toEqual({ kind: 'goTo', target: 'congratulations' });
    expect(journey.points).not.toHaveProperty('lost');
  });
});

describe('undo', () => {
  const edits = (seed: number, journey: Journey): Edit => {
    const roll = dice(seed);
    const ids = Object.keys(journey.points);
    const any = () => ids[Math.floor(roll() * ids.length)] ?? '';
    const exitOf = (id: string) => ({
      of: id,
      field: exitsOf(journey.points[id] ?? { kind: 'end', outcome: 'completed' })[0]?.field ?? 'next',
    });
    const choice = roll();
    if (choice < 0.3) return { kind: 'insert', place: { exits: [exitOf(any())] }, id: newId(journey, 'new'), point: tag('new') };
    if (choice < 0.5) return { kind: 'delete', ids: [any()], keep: {} };
    if (choice < 0.7) return { kind: 'move', ids: [any()], place: { exits: [exitOf(any())] } };
    if (choice < 0.85) return { kind: 'connect', exit: exitOf(any()), target: any() };
    return {
      kind: 'paste',
      place: { exits: [exitOf(any())] },
      fragment: fragmentOf(journey, any(), true) ?? { entry: '', points: {} },
    };
  };

  it.each([1, 2, 3, 4, 5, 6])('takes back and does again whatever was done, also through JSON, seed %i', (seed) => {
    const first = generatedJourney(seed, 40);
    let journey = first;
    let history: History = emptyHistory;
    for (let step = 0; step < 40; step++) {
      const edit = edits(seed * 1000 + step, journey);
      const done = applyEdit(journey, edit);
      if ('refused' in done) continue;
      history = record(history, { edit: edit.kind, subject: '', at: step * 10_000 }, journey, done.journey);
      journey = done.journey;
      // Whatever is done, it can be drawn, and every line leads somewhere.
      expect(() => layout(journey)).not.toThrow();
      for (const point of Object.values(journey.points))
        for (const exit of exitsOf(point)) if (exit.target) expect(journey.points).toHaveProperty([exit.target]);
    }
    const last = journey;
    history = JSON.parse(JSON.stringify(history));

    for (let back = undo(history, journey); back; back = undo(history, journey)) ({ history, journey } = back);
    expect(JSON.stringify(journey.points)).toBe(JSON.stringify(first.points));
    for (let on = redo(history, journey); on; on = redo(history, journey)) ({ history, journey } = on);
    expect(JSON.stringify(journey.points)).toBe(JSON.stringify(last.points));
  });

  it('takes typing in one field as one step', () => {
    const typed = (name: string): Journey => ({ ...vip, points: { ...vip.points, tag: { ...tag('vip', 'since'), name } } });
    let history = record(emptyHistory, { edit: 'change', subject: 'tag', at: 0 }, vip, typed('N'));
    history = record(history, { edit: 'change', subject: 'tag', at: 300 }, typed('N'), typed('Na'));

    expect(history.past).toHaveLength(1);
    expect(undo(history, typed('Na'))?.journey.points.tag).toEqual(vip.points.tag);
  });
});

describe('two drafts of one journey', () => {
  const change = (journey: Journey, id: string, name: string) =>
    edited(journey, { kind: 'change', id, point: { ...(journey.points[id] ?? tag('x')), name } });

  it('are merged where they changed different points', () => {
    const { journey, conflicts } = merge(vip, change(vip, 'tag', 'Mine'), change(vip, 'since', 'Theirs'));

    expect(conflicts).toEqual([]);
    expect(journey.points.tag?.name).toBe('Mine');
    expect(journey.points.since?.name).toBe('Theirs');
  });

  it('show the point that both changed, and lose neither', () => {
    const { journey, conflicts } = merge(vip, change(vip, 'tag', 'Mine'), change(vip, 'tag', 'Theirs'));

    expect(conflicts).toEqual([
      {
        part: 'points/tag',
        base: vip.points.tag,
        mine: { ...vip.points.tag, name: 'Mine' },
        theirs: { ...vip.points.tag, name: 'Theirs' },
      },
    ]);
    expect(journey.points.tag?.name).toBe('Mine');
  });

  it('are merged field by field where they changed one point in different ways', () => {
    const noted = edited(vip, { kind: 'change', id: 'tag', point: { ...(vip.points.tag ?? tag('x')), note: 'Theirs' } });
    const { journey, conflicts } = merge(vip, change(vip, 'tag', 'Mine'), noted);

    expect(conflicts).toEqual([]);
    expect(journey.points.tag).toMatchObject({ name: 'Mine', note: 'Theirs' });
  });

  it('dispute only the fields that both changed', () => {
    const theirs = edited(vip, {
      kind: 'change',
      id: 'tag',
      point: { ...(vip.points.tag ?? tag('x')), name: 'Theirs', note: 'Too' },
    });
    const { conflicts } = merge(vip, change(vip, 'tag', 'Mine'), theirs);

    expect(conflicts[0]?.mine).toMatchObject({ name: 'Mine', note: 'Too' });
    expect(conflicts[0]?.theirs).toMatchObject({ name: 'Theirs', note: 'Too' });
  });

  it('differ by nothing when nothing was changed', () => {
    expect(compare(vip, JSON.parse(JSON.stringify(vip)))).toEqual([]);
    expect(JSON.stringify(withChanges(vip, []))).toBe(JSON.stringify({ ...vip, start: vip.start, points: vip.points }));
  });
});
