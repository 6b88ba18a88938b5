// @vitest-environment node
import { expect, it } from 'vitest';
import { phraseParts } from './slots';

it('puts what stands in the slots where the language wants it', () => {
  const parts = phraseParts(({ name, value }) => `${value} is what ${name} has.`, { name: 'N', value: 'V' });

  expect(parts).toEqual([{ slot: 'value', node: 'V' }, { text: ' is what ' }, { slot: 'name', node: 'N' }, { text: ' has.' }]);
});
