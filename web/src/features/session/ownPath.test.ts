import { expect, it } from 'vitest';
import { ownPath } from './ownPath';

it('leads back to a page of ours', () => {
  expect(ownPath('/contacts?search=ada#top')).toBe('/contacts?search=ada#top');
});

it.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/a\nb',
  'javascript:alert(1)',
  '/sign-in?back=/sign-in',
])('does not follow %j', (back) => {
  expect(ownPath(back)).toBe('/');
});
