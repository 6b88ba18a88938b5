import type { Schemas } from './client';

type Contact = Pick<Schemas['ContactView'], 'id' | 'properties' | 'identities'>;

/** What people call somebody: the name if there is one, else the address, else whatever identity is known. */
export function contactName({ id, properties, identities }: Contact): string {
  const known = new Map(
    Object.entries(properties ?? {}).map(([key, value]) => [key.toLowerCase().replaceAll(/[\s_-]/g, ''), value]),
  );
  const text = (...keys: string[]) => {
    for (const key of keys) {
      const value = known.get(key);
      if (typeof value === 'string' && value.trim()) return value.trim();
    }
    return '';
  };
  const name =
    text('name', 'fullname') ||
    [text('firstname', 'givenname'), text('lastname', 'familyname', 'surname')].filter(Boolean).join(' ');
  return name || contactAddress({ id, properties, identities });
}

/** The identity that says most: e-mail, telephone, the shop's own number; of somebody never named, the beginning of the id. */
export function contactAddress({ id, identities }: Contact): string {
  for (const kind of ['email', 'phone', 'userId', 'anonymousId'] as const) {
    const found = identities.find((identity) => identity.kind === kind);
    if (found) return found.value;
  }
  return id.slice(0, 8);
}

type Found = Pick<Schemas['FoundContact'], 'id' | 'name' | 'email' | 'userId' | 'phone'>;

/** The same of somebody of whom only this much is told. */
export function foundName({ id, name, email, userId, phone }: Found): string {
  return name ?? email ?? userId ?? phone ?? id.slice(0, 8);
}
