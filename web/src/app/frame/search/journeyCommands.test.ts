import { expect, it } from 'vitest';
import { journeyCommands } from './journeyCommands';

const journeys = [
  { id: 'win-back', name: 'Win back', status: 'live' },
  { id: 'birthday', name: 'Birthday', status: 'paused' },
  { id: 'spring', name: 'Spring', status: 'draft' },
  { id: 'old', name: 'Old pause', status: 'ended' },
] as const;
const words = { pause: 'Pause', resume: 'Resume', end: 'End', goLive: 'Go live with' };
const found = (text: string) => journeyCommands(text, journeys, (command, name) => `${words[command]} ${name}`);

it('finds an order by its word and the name of its journey', () => {
  expect(found('pause win')).toEqual([{ to: '/journeys/win-back?do=pause', text: 'Pause Win back' }]);
  expect(found('resume')).toEqual([{ to: '/journeys/birthday?do=resume', text: 'Resume Birthday' }]);
  expect(found('live spring')).toEqual([{ to: '/journeys/spring?edit&do=publish', text: 'Go live with Spring' }]);
});

it('offers nothing that the journey’s state forbids', () => {
  expect(found('pause').map(({ text }) => text)).toEqual(['Pause Win back']);
  expect(found('old')).toEqual([]);
});
