import { expect, it } from 'vitest';
import { identityOf } from './identityOf';

it.each([
  ['', {}],
  [' ada@posta.example ', { email: 'ada@posta.example' }],
  ['+39 011 555-0142', { phone: '+390115550142' }],
  ['17850', { userId: '17850' }],
])('%j is looked for as %j', (search, expected) => {
  expect(identityOf(search)).toEqual(expected);
});
