import { expect, it } from 'vitest';
import { contactName } from './contactName';

const somebody = (
  properties: Record<string, unknown>,
  identities: { kind: 'email' | 'userId' | 'phone'; value: string }[] = [],
) => contactName({ id: '0199a1b2-0000', properties, identities });

it.each([
  [{ first_name: 'Giulia', 'Last Name': 'Ferraro' }, 'Giulia Ferraro'],
  [{ name: ' Ada ' }, 'Ada'],
  [{ firstName: '', lastName: 'Okafor' }, 'Okafor'],
])('calls %j %j', (properties, expected) => {
  expect(somebody(properties)).toBe(expected);
});

it('falls back on the address, then on any identity, then on the id', () => {
  expect(
    somebody({}, [
      { kind: 'userId', value: '17850' },
      { kind: 'email', value: 'ada@posta.example' },
    ]),
  ).toBe('ada@posta.example');
  expect(somebody({}, [{ kind: 'userId', value: '17850' }])).toBe('17850');
  expect(somebody({})).toBe('0199a1b2');
});
