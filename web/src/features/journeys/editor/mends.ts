import { exitsOfId } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { newId } from '../edit/applyEdit';
import type { Edit } from '../edit/edits';
import { points } from '../points/catalogue';
import type { Problem } from './problems';

/** What mends a problem at once, beside going to it: an edit, or the page where what is missing is made. `says` is below `map.check.mend`. */
export type Mend = { says: string; edit: Edit } | { says: string; to: string };

/** Where each kind of thing is made; the name that the journey asks for goes along where the page takes one. */
const makers: Record<string, { says: string; page: (name: string) => string }> = {
  'reference.content': { says: 'content', page: (name) => `/content?new=${name}` },
  'reference.segment': { says: 'segment', page: (name) => `/segments/new?name=${name}` },
  'reference.list': { says: 'list', page: (name) => `/contacts/lists?new=${name}` },
  'reference.topic': { says: 'topic', page: () => '/settings/topics' },
  'reference.property': { says: 'property', page: () => '/settings/properties' },
  'reference.secret': { says: 'secret', page: () => '/settings/webhooks' },
  'reference.pool': { says: 'pool', page: () => '/settings/coupons' },
  'action.missing': { says: 'action', page: () => '/settings/actions' },
  'reference.team': { says: 'team', page: () => '/settings/users' },
  'reference.user': { says: 'user', page: () => '/settings/users' },
};

export function mendOf(journey: Journey, { reason, id, field }: Problem): Mend | undefined {
  const maker = makers[reason.code];
  if (maker) return { says: maker.says, to: maker.page(encodeURIComponent(reason.arguments?.name ?? '')) };
  if (id === undefined) return undefined;
  if (reason.code === 'target.none' && exitsOfId(journey, id).some((exit) => exit.field === field && exit.target === undefined))
    return {
      says: 'end',
      edit: { kind: 'insert', place: { exits: [{ of: id, field }] }, id: newId(journey, 'end'), point: points.end.create() },
    };
  if (reason.code === 'point.unreachable' && id in journey.points)
    return { says: 'remove', edit: { kind: 'delete', ids: [id], keep: { [id]: 'none' } } };
  return undefined;
}
