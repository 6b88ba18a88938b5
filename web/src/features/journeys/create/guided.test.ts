import { expect, it } from 'vitest';
import { guidedDefinition, isAsked } from './guided';

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
