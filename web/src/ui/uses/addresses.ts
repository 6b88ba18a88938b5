import type { Schemas } from '@/api/client';

/** What a journey or a segment can name, as the server tells it. */
export type UsedKind = Schemas['UsedKind'];

const settings: Partial<Record<string, string>> = {
  property: 'properties',
  event: 'events',
  topic: 'topics',
  pool: 'coupons',
  action: 'actions',
  user: 'users',
  team: 'users',
  approval: 'users',
  secret: 'webhooks',
  cap: 'caps',
  hook: 'hooks',
};

/** Where something that is used, or that uses something, can be looked at. */
export function addressOf(kind: UsedKind | 'cap' | 'hook' | (string & {}), name: string): string {
  const at = encodeURIComponent(name);
  switch (kind) {
    case 'journey':
      return `/journeys/${at}`;
    case 'segment':
      return `/segments/${at}`;
    case 'content':
      return `/content/${at}`;
    case 'list':
      return `/contacts/lists/${at}`;
    case 'tag':
      return '/contacts/tags';
    default:
      return `/settings/${settings[kind] ?? ''}`;
  }
}
