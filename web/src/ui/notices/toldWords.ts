import type { TFunction } from 'i18next';
import type { Say } from '@/lib/say';
import { type Told, whoIs } from './useInbox';

type Names = ReadonlyMap<string, { name: string }> | undefined;

/** What one is told, in the reader's language: whom or what it is about, and what. */
export function toldWords(t: TFunction, told: Told, journeys: Names): { about: string | null; text: string } {
  const nameOf = (id: string) => journeys?.get(id)?.name || id;
  switch (told.kind) {
    case 'alert': {
      const { other, ...named } = told.arguments;
      // The codes are the server's; one that has no words here is told in its own.
      const text = (t as Say)(`frame.alerts.${told.code}`, {
        ...named,
        other: other === undefined ? undefined : nameOf(other),
        defaultValue: told.text,
      });
      return { about: told.journey ? nameOf(told.journey) : null, text };
    }
    case 'task': {
      const { team } = told.arguments;
      const title = told.text;
      return {
        about: whoIs(told),
        text: team ? t('frame.notifications.teamTask', { team, title }) : t('frame.notifications.task', { title }),
      };
    }
    case 'approval':
      return { about: told.journey ? nameOf(told.journey) : null, text: told.text };
    default:
      return { about: whoIs(told), text: told.text };
  }
}

/** Where it can be looked at; null: nowhere. */
export function toldPath({ kind, contact, journey, arguments: named }: Told): string | null {
  if (kind === 'task') return `/tasks?task=${named.task ?? ''}`;
  if (kind === 'journey' && contact) return `/contacts/${contact.id}`;
  return journey ? `/journeys/${encodeURIComponent(journey)}` : null;
}
