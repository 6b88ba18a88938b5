import { expect, it } from 'vitest';
import { shownText } from './shownText';

it.each([
  ['Call {{default contact.first_name "them"}}', 'Call ‹first_name›'],
  ['{{contact.first_name}}: an order of {{ event.total }}', '‹first_name›: an order of ‹total›'],
  ['Left {{journey.name}}', 'Left ‹journey.name›'],
  ['No field { at all }', 'No field { at all }'],
])('%s shows as %s', (text, shown) => expect(shownText(text)).toBe(shown));
