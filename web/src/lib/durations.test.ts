// @vitest-environment node
import { expect, it } from 'vitest';
import { amountOf, durationText, isoOf, secondsOf, spanText } from './durations';

it.each([
  ['P7D', 604_800],
  ['PT2H30M', 9_000],
  ['P1W', 604_800],
  ['P2DT12H', 216_000],
  ['P', undefined],
  ['P1M', undefined],
  ['soon', undefined],
])('reads %s', (iso, seconds) => {
  expect(secondsOf(iso)).toBe(seconds);
});

it('says a duration in the largest unit without a rest', () => {
  expect(amountOf('PT48H')).toEqual({ amount: 2, unit: 'day' });
  expect(amountOf('P2DT12H')).toEqual({ amount: 60, unit: 'hour' });
  expect(amountOf('P2W')).toEqual({ amount: 2, unit: 'week' });
  expect(isoOf(90, 'minute')).toBe('PT90M');
});

it('speaks the language', () => {
  expect(durationText('en', 'P7D')).toBe('7 days');
  expect(durationText('fr', 'P1D')).toBe('1\u00a0jour');
  expect(durationText('it', 'P2DT12H')).toBe('2 giorni e 12 ore');
});

it.each([
  [31 * 3_600, 'en-GB', '1d\u00a07h'],
  [45 * 60, 'en-GB', '45m'],
  [20, 'en-GB', '0m'],
])('a span of %i seconds in %s', (seconds, language, text) => expect(spanText(language, seconds)).toBe(text));
