// @vitest-environment node
import { expect, it } from 'vitest';
import { formats } from '@/lib/formats';
import { windowInWords } from './WindowField';

const telling = {
  t: (key: string, values?: Record<string, unknown>) => `${key}${values ? JSON.stringify(values) : ''}`,
  language: 'en',
  formats: formats('en'),
  pointName: (id: string) => id,
  journeyName: (id: string) => id,
};

it('says the hours of an e-mail, and nothing where it may leave at any time (Semantics 10.4)', () => {
  expect(windowInWords({}, telling)).toBeUndefined();
  expect(windowInWords({ from: '09:00', until: '18:00' }, telling)).toBe(
    'points.window.says{"days":"points.window.everyDay","from":"09:00","until":"18:00"}',
  );
  expect(windowInWords({ days: ['saturday', 'sunday'] }, telling)).toBe('Sat and Sun');
});
