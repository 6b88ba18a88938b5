import { describe, expect, it } from 'vitest';
import {
  choiceOf,
  choicesOf,
  fatesOf,
  followsOf,
  groupOfProblem,
  groupsOf,
  rulesOf,
  type Standing,
  unanswered,
  usualChoice,
} from './people';

const standing = (point: string, version: number, contacts: number, state: Standing['state']): Standing => ({
  point,
  name: null,
  kind: 'delay',
  version,
  contacts,
  state,
});

describe('people inside when a version is published (Semantics 6.4)', () => {
  it('are grouped by point, what changes first; nobody is no group', () => {
    const groups = groupsOf([standing('a', 3, 5, 'same'), standing('b', 3, 0, 'gone'), standing('c', 3, 7, 'changed')]);

    expect(groups.map(({ key, contacts }) => [key, contacts])).toEqual([
      ['c', 7],
      ['a', 5],
    ]);
  });

  it('of several versions are one group where the point does the same or is gone for all, and one a version where each sees its own change', () => {
    const groups = groupsOf([
      standing('same', 3, 5, 'same'),
      standing('wait', 3, 7, 'changed'),
      standing('gone', 3, 1, 'gone'),
      standing('same', 2, 2, 'same'),
      standing('wait', 2, 4, 'changed'),
      standing('gone', 1, 1, 'gone'),
      standing('mixed', 3, 1, 'same'),
      standing('mixed', 2, 1, 'changed'),
    ]);

    expect(groups.map(({ key, versions, contacts }) => [key, versions, contacts])).toEqual([
      ['wait 3', [3], 7],
      ['wait 2', [2], 4],
      ['gone', [3, 1], 2],
      ['mixed 2', [2], 1],
      ['same', [3, 2], 7],
      ['mixed 3', [3], 1],
    ]);
  });

  it('go on where their point is still there, and stay where it is not', () => {
    expect((['same', 'changed', 'replaced', 'gone'] as const).map((state) => usualChoice(state).do)).toEqual([
      'move',
      'move',
      'keep',
      'keep',
    ]);
    expect(fatesOf('gone')).not.toContain('move');
    expect(fatesOf('changed')).toContain('move');
  });

  const groups = groupsOf([standing('wait', 3, 7, 'changed'), standing('wait', 2, 4, 'changed'), standing('mail', 3, 2, 'gone')]);

  it('are named by a rule each, but for those who are kept', () => {
    const choices = { 'wait 2': { do: 'exit' }, mail: { do: 'moveTo', to: 'thanks' } } as const;

    expect(rulesOf(groups, choices)).toEqual({
      rules: [
        { point: 'wait', do: 'move', version: 3 },
        { point: 'wait', do: 'exit', version: 2 },
        { point: 'mail', do: 'move', to: 'thanks' },
      ],
      of: ['wait 3', 'wait 2', 'mail'],
    });
    expect(rulesOf(groups, { 'wait 3': { do: 'keep' }, 'wait 2': { do: 'keep' } }).rules).toEqual([]);
  });

  it('are shown to who approves as was asked, by the rule that fits each', () => {
    const people = [
      standing('wait', 3, 7, 'changed'),
      standing('wait', 2, 4, 'changed'),
      standing('mail', 3, 2, 'gone'),
      standing('mail', 2, 1, 'gone'),
    ];
    const rules = [
      { point: 'wait', do: 'exit', version: 2 },
      { point: 'wait', do: 'move' },
      { point: 'mail', do: 'move', to: 'thanks', version: 3 },
    ] as const;
    const apart = groupsOf(people, rules);

    expect(choicesOf(apart, rules)).toEqual({
      'wait 3': { do: 'move' },
      'wait 2': { do: 'exit' },
      'mail 3': { do: 'moveTo', to: 'thanks' },
      'mail 2': { do: 'keep' },
    });
    expect(rulesOf(apart, choicesOf(apart, rules)).rules).toHaveLength(3);
  });

  it('that are to go elsewhere need a point that the draft has', () => {
    const open = (to?: string) => unanswered(groups, { mail: { do: 'moveTo', to } }, { thanks: {} }).map(({ key }) => key);

    expect(open()).toEqual(['mail']);
    expect(open('voucher')).toEqual(['mail']);
    expect(open('thanks')).toEqual([]);
  });

  it('a choice that the draft has no room for any more falls back to the usual one', () => {
    const [gone] = groupsOf([standing('wait', 3, 7, 'gone')]);

    expect(gone && choiceOf(gone, { wait: { do: 'move' } })).toEqual({ do: 'keep' });
  });

  it('are counted by where they go at once', () => {
    expect(followsOf(groups, { 'wait 2': { do: 'restart' } })).toEqual({ moved: 7, restarted: 4, kept: 2, left: 0 });
    expect(followsOf(groups, { 'wait 3': { do: 'exit' } })).toEqual({ moved: 4, restarted: 0, kept: 2, left: 7 });
  });

  it('a refused rule leads to its group', () => {
    const { of } = rulesOf(groups, {});

    expect(groupOfProblem('/people/1/to', of)).toBe('wait 2');
    expect(groupOfProblem('/note', of)).toBeUndefined();
    expect(groupOfProblem('/people/9/to', of)).toBeUndefined();
  });
});
