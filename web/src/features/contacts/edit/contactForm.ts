import type { Schemas } from '@/api/client';

type Contact = Schemas['ContactView'];

export interface ContactForm {
  tags: string[];
  lists: string[];
  /** As typed: numbers and dates are texts until they are sent. */
  properties: Record<string, unknown>;
  /** E-mail consent by topic. */
  consents: Record<string, Schemas['ConsentState']>;
}

export function formOf(contact: Contact): ContactForm {
  return {
    tags: [...contact.tags],
    lists: [...contact.lists],
    properties: { ...contact.properties },
    consents: Object.fromEntries(
      contact.consents.filter(({ channel }) => channel === 'email').map(({ topic, state }) => [topic, state]),
    ),
  };
}

/** What to send so that the contact becomes what the form says: nothing of what stayed. */
export function difference(contact: Contact, form: ContactForm): Schemas['ContactBody'] {
  const before = formOf(contact);
  const properties = Object.fromEntries(
    Object.entries(form.properties)
      .map(([name, value]) => [name, value === '' || (Array.isArray(value) && value.length === 0) ? null : value] as const)
      .filter(([name, value]) => !same(value, before.properties[name] ?? null)),
  );
  const consents = Object.entries(form.consents)
    .filter(([topic, state]) => state !== (before.consents[topic] ?? 'unknown'))
    .map(([topic, state]) => ({ channel: 'email', topic, state }));
  return {
    ...(Object.keys(properties).length > 0 && { properties }),
    ...names('tags', before.tags, form.tags),
    ...names('lists', before.lists, form.lists),
    ...(consents.length > 0 && { consents }),
  };
}

function names(field: 'tags' | 'lists', before: readonly string[], after: readonly string[]) {
  const [add, remove] = [after.filter((name) => !before.includes(name)), before.filter((name) => !after.includes(name))];
  return add.length > 0 || remove.length > 0 ? { [field]: { add, remove } } : {};
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
