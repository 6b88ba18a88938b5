import { expect, it } from 'vitest';
import { ahead, passedBy } from './way';

const moment = (at: string, ...steps: [point: string, edge: string | null][]) =>
  ({ at, journeys: [{ enrolment: 'e1', steps: steps.map(([point, edge]) => ({ point, edge })) }] }) as never;

it('knows what an enrolment has come by, the last time that it came by there, and not where it stands', () => {
  const newestFirst = [
    moment('3', ['mail', 'next'], ['wait', null]),
    moment('2', ['wait', 'timeout']),
    moment('1', ['in', 'entered'], ['mail', 'next'], ['tag', 'next'], ['wait', null]),
  ];

  expect(passedBy(newestFirst, 'e1', 'wait')).toEqual([
    { point: 'tag', at: '1' },
    { point: 'mail', at: '3' },
  ]);
  expect(passedBy(newestFirst, 'another', 'wait')).toEqual([]);
});

it('looks ahead along the line that goes straight on, and not round in circles', () => {
  const points = { wait: { next: 'ask' }, ask: { then: 'thanks' }, thanks: { next: 'wait' } };

  expect(ahead({ points }, 'wait', 5)).toEqual(['ask', 'thanks']);
  expect(ahead({ points }, 'wait', 1)).toEqual(['ask']);
  expect(ahead({}, 'wait', 2)).toEqual([]);
});
