import { expect, it } from 'vitest';
import { frenchSpaces } from './frenchSpaces';

it('lets no line break before high punctuation or inside of quotes', () => {
  expect(frenchSpaces({ a: { b: 'Supprimer « {{name}} » ?' }, c: 'Pourquoi : {{why}}', d: '{{share}} %; oui' })).toEqual({
    a: { b: 'Supprimer «\u00a0{{name}}\u00a0»\u202f?' },
    c: 'Pourquoi\u00a0: {{why}}',
    d: '{{share}}\u202f%; oui',
  });
});
