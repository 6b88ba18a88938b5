import { expect, it } from 'vitest';
import { journeyOfFile } from './fromFile';

const journey = { format: 1, id: 'tea', name: 'Tea', start: [{ kind: 'hand', id: 'in' }], points: { bye: { kind: 'end' } } };

it('reads a definition, whose id is chosen anew', () => {
  expect(journeyOfFile(JSON.stringify(journey), 'fr')).toEqual({
    name: 'Tea',
    start: [{ kind: 'hand', id: 'in' }],
    points: { bye: { kind: 'end' } },
  });
});

it('gives a ready-made one its words, in the reader’s language or in English', () => {
  const file = {
    journey,
    texts: {
      en: { name: 'Tea time', names: { in: 'By hand' } },
      fr: { name: 'Thé', description: 'Court', names: { bye: 'Fin' } },
    },
  };
  expect(journeyOfFile(JSON.stringify(file), 'fr')).toMatchObject({
    name: 'Thé',
    description: 'Court',
    points: { bye: { name: 'Fin' } },
  });
  expect(journeyOfFile(JSON.stringify(file), 'it')).toMatchObject({ name: 'Tea time', start: [{ name: 'By hand' }] });
});

it.each(['', '[]', '{"points":{}}', '{"start":[],"points":[]}', 'no json'])('finds no journey in %j', (text) => {
  expect(journeyOfFile(text, 'en')).toBeUndefined();
});
