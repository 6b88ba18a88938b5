import { expect, test } from 'vitest';
import { bodyOf, draftOf } from './draft';

test('a default is a value of its type, and what is empty is not said', () => {
  const draft = draftOf(null);
  draft.inputs = [
    { name: 'count', title: '', titles: { fr: 'Nombre', it: '' }, type: 'number', required: true, usual: '2', choices: [] },
    { name: 'late', title: 'Late', titles: {}, type: 'boolean', required: false, usual: 'true', choices: [] },
    { name: 'note', title: '', titles: {}, type: 'text', required: false, usual: '', choices: ['x'] },
  ];
  expect(bodyOf(draft)?.inputs).toEqual([
    { name: 'count', title: null, titles: { fr: 'Nombre' }, type: 'number', required: true, default: 2, choices: null },
    { name: 'late', title: 'Late', titles: null, type: 'boolean', required: false, default: true, choices: null },
    { name: 'note', title: null, titles: null, type: 'text', required: false, default: null, choices: null },
  ]);
});

test('a body that is no JSON is not sent, and a get sends none', () => {
  const draft = { ...draftOf(null), body: '{' };
  expect(bodyOf(draft)).toBeUndefined();
  expect(bodyOf({ ...draft, method: 'get' })?.body).toBeNull();
});
