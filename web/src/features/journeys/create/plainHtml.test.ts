import { expect, it } from 'vitest';
import { plainHtml } from './plainHtml';

it('makes paragraphs of plain text, keeps places for properties, and lets nobody in without a way out', () => {
  expect(plainHtml('Hello {{contact.first_name}},\n\nTea & <cake>\nfor you', 'Unsubscribe')).toBe(
    '<p>Hello {{contact.first_name}},</p>\n<p>Tea &amp; &lt;cake&gt;<br>for you</p>\n<p><a href="{{links.unsubscribe}}">Unsubscribe</a></p>',
  );
  expect(plainHtml(' ', 'Out')).toBe('<p><a href="{{links.unsubscribe}}">Out</a></p>');
});
