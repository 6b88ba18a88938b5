import { expect, it } from 'vitest';
import { guidedDefinition, guidedSketch, isAnswered, isAsked } from './guided';

const words = { succeeded: 'Bought', failed: 'Did not buy', over: 'Over' };

it('draws a line that waits for a purchase, and reminds who does not buy', () => {
  const { start, points, settings } = guidedDefinition(
    'Welcome',
    {
      entrance: { kind: 'list', of: 'newsletter' },
      first: 'hello',
      wish: { kind: 'event', of: 'Order Completed', days: 3 },
      reminder: 'still-there',
      topic: 'news',
    },
    words,
  );

  expect(start).toEqual([{ kind: 'listEntered', list: 'newsletter', id: 'entrance', next: 'first' }]);
  expect(points).toEqual({
    first: { kind: 'sendEmail', content: 'hello', next: 'wish' },
    wish: {
      kind: 'waitFor',
      activities: [{ kind: 'event', events: ['Order Completed'] }],
      timeout: 'P3D',
      next: 'succeeded',
      onTimeout: 'reminder',
    },
    succeeded: { kind: 'end', outcome: 'successful', name: 'Bought' },
    reminder: { kind: 'sendEmail', content: 'still-there', next: 'failed' },
    failed: { kind: 'end', outcome: 'unsuccessful', name: 'Did not buy' },
  });
  expect(settings).toEqual({ email: { topic: 'news' } });
});

it('leaves open what was not asked yet', () => {
  expect(guidedDefinition('Welcome', { entrance: { kind: 'tag', of: 'vip' } }, words)).toEqual({
    name: 'Welcome',
    start: [{ kind: 'tagAdded', tag: 'vip', id: 'entrance' }],
    points: {},
  });
});

it('asks for no reminder where nothing is waited for', () => {
  expect(isAsked('reminder', { wish: { kind: 'nothing', days: 2 } })).toBe(false);
  expect(guidedDefinition('x', { first: 'hello', wish: { kind: 'nothing', days: 2 } }, words).points).toMatchObject({
    pause: { for: 'P2D', next: 'over' },
    over: { outcome: 'completed' },
  });
});

it('sets the goal: who reaches it leaves from anywhere, and the line is that of those who have not', () => {
  const { points, settings } = guidedDefinition(
    'x',
    { first: 'hello', wish: { kind: 'goal', of: 'Order Completed', days: 3 }, reminder: 'still-there' },
    words,
  );

  expect(settings).toEqual({ goal: { kind: 'event', events: ['Order Completed'], is: 'did', window: { last: 'P3D' } } });
  expect(points).toEqual({
    first: { kind: 'sendEmail', content: 'hello', next: 'pause' },
    pause: { kind: 'delay', for: 'P3D', next: 'reminder' },
    reminder: { kind: 'sendEmail', content: 'still-there', next: 'again' },
    again: { kind: 'delay', for: 'P3D', next: 'failed' },
    failed: { kind: 'end', outcome: 'unsuccessful', name: 'Did not buy' },
  });
});

it('draws an empty station for what was not asked yet, and none for what was passed over', () => {
  const begun = guidedSketch('x', { entrance: { kind: 'tag', of: 'vip' } }, words, new Set());
  expect([...begun.open]).toEqual(['first', 'wish']);
  expect(begun.definition.points).toEqual({
    first: { kind: 'sendEmail', content: '', next: 'wish' },
    wish: { kind: 'waitFor', activities: [] },
  });

  const later = guidedSketch('x', { wish: { kind: 'opened', days: 2 } }, words, new Set(['first']));
  expect([...later.open]).toEqual(['entrance', 'reminder']);
  expect(later.definition.points).not.toHaveProperty('first');
});

it('takes a half answer for none', () => {
  expect(isAnswered('entrance', { entrance: { kind: 'list', of: ' ' } })).toBe(false);
  expect(isAnswered('reminder', { reminder: null })).toBe(true);
  expect(isAnswered('wish', { wish: { kind: 'opened', days: 2 } })).toBe(true);
});
