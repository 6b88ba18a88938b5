import i18next from 'i18next';
import { expect, it } from 'vitest';
import frame from '@/i18n/fr/frame.json';
import { toldPath, toldWords } from './toldWords';
import type { Told } from './useInbox';

const french = i18next.createInstance({ lng: 'fr', resources: { fr: { translation: { frame } } } });
void french.init();
const names = new Map([
  ['orders', { name: 'Commandes' }],
  ['call', { name: 'Appels' }],
]);
const told = (given: Partial<Told>): Told =>
  ({ id: 'a', text: 'In English.', kind: 'journey', arguments: {}, at: '2026-03-02T09:00:00Z', ...given }) as Told;

it('tells of what goes wrong in the language of the reader, with the names of journeys', () => {
  const alert = told({ kind: 'alert', code: 'journey-not-live', journey: 'orders', arguments: { other: 'call' } });

  expect(toldWords(french.t, alert, names)).toEqual({
    about: 'Commandes',
    text: 'Il envoie des contacts dans le parcours Appels, qui n’est pas en service.',
  });
  expect(toldPath(alert)).toBe('/journeys/orders');
});

it('tells of what has no words here in the words of the server', () => {
  expect(toldWords(french.t, told({ kind: 'alert', code: 'of-tomorrow', journey: 'orders' }), names).text).toBe('In English.');
});

it('leads to the task, and says whose it is', () => {
  const task = told({ kind: 'task', text: 'Appeler Ada', arguments: { task: '7', team: 'Ventes' } });

  expect(toldWords(french.t, task, names).text).toBe('Une tâche pour votre équipe Ventes : Appeler Ada');
  expect(toldPath(task)).toBe('/tasks?task=7');
});
