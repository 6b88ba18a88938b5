import type { Schemas } from '@/api/client';
import type { Telling } from '@/ui/conditions/telling';
import { startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { MapMark } from '../map/MapView';
import { cardOf } from '../points/catalogue';
import { fieldName, fieldText, isLead } from '../points/fieldText';

export type Changes = Schemas['ChangesView'];
type FieldChange = Schemas['FieldChange'];
type PartChange = Schemas['PartChange'];

/** One thing that is different, as one reads it. */
export interface ToldField {
  path: string;
  name: string;
  before: string;
  after: string;
  /** It says where the point leads, and not what it does. */
  leads: boolean;
}

/** A point, a starting point or the settings with what is different in it. */
export interface ToldPart {
  /** Of a point or starting point; undefined: the settings. */
  id: string | undefined;
  kind: string;
  title: string;
  change: PartChange['change'];
  fields: ToldField[];
}

/** What a part is known by where points, starting points and the settings stand together. */
export const settingsKey = 'settings';
export const keyOf = (part: ToldPart): string => part.id ?? settingsKey;

/** The two versions that are compared, each with its own words: a point is called what it was called there. */
export interface Sides {
  before: Journey;
  after: Journey;
  tellingBefore: Telling;
  tellingAfter: Telling;
}

/** Their fields mean something together only, and are told as one. */
const wholes = new Set(['window', 'reEntry', 'properties', 'headers', 'body', 'exits']);

export function changesInWords(changes: Changes, sides: Sides): ToldPart[] {
  const parts: ToldPart[] = [...changes.starts, ...changes.points].map((part) => {
    const side = part.change === 'removed' ? 'before' : 'after';
    const card = cardOf(sides[side], part.id, side === 'before' ? sides.tellingBefore : sides.tellingAfter);
    return {
      id: part.id,
      kind: card.kind,
      title: card.title,
      change: part.change,
      fields: fieldsInWords(part.fields, partOf(sides.before, part.id), partOf(sides.after, part.id), sides),
    };
  });
  if (changes.settings.length === 0) return parts;
  const { t } = sides.tellingAfter;
  const settings = fieldsInWords(changes.settings, sides.before, sides.after, sides);
  return [{ id: undefined, kind: '', title: t('map.tabs.settings'), change: 'changed', fields: settings }, ...parts];
}

function fieldsInWords(fields: readonly FieldChange[], before: unknown, after: unknown, sides: Sides): ToldField[] {
  const paths = [...new Set(fields.map((field) => wholeOf(field.path)))];
  return paths.map((path) => {
    const field = path.split('/').findLast((step) => !/^\d+$/.test(step)) ?? path;
    return {
      path,
      name: nameOf(path, field, after, before, sides.tellingAfter),
      before: fieldText(field, at(before, path), sides.tellingBefore, sides.before),
      after: fieldText(field, at(after, path), sides.tellingAfter, sides.after),
      leads: isLead(field),
    };
  });
}

function wholeOf(path: string): string {
  const steps = path.split('/');
  const whole = steps.findIndex((step) => wholes.has(step));
  return whole < 0 ? path : steps.slice(0, whole + 1).join('/');
}

/** A field of a line is told with the line's name: several lines have the same fields. */
function nameOf(path: string, field: string, after: unknown, before: unknown, telling: Telling): string {
  const { t } = telling;
  const [first, second] = path.split('/');
  if (first === 'settings' && second !== 'email') return t(`map.settings.${field}`, { defaultValue: fieldName(telling, field) });
  if (first !== 'paths' || second === undefined || field === 'paths') return fieldName(telling, field);
  const line = at(after, `paths/${second}/name`) ?? at(before, `paths/${second}/name`) ?? second;
  return t('versions.ofLine', { field: fieldName(telling, field), line: String(line) });
}

function partOf(journey: Journey, id: string): unknown {
  return startOf(journey, id) ?? journey.points[id];
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('/')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}

/** How many of what: settings count as one part. */
export function countsOf(parts: readonly ToldPart[]): Record<PartChange['change'], number> {
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const part of parts) counts[part.change]++;
  return counts;
}

/** What the cards of the map say: of what a point does, from what to what or how many differences; that it leads elsewhere the lines show, too. */
export function marksOf(
  parts: readonly ToldPart[],
  people: readonly Schemas['StandingGroup'][],
  { t, formats }: Telling,
): Map<string, MapMark> {
  const marks = new Map<string, MapMark>();
  for (const { id, change, fields } of parts) {
    if (id === undefined) continue;
    const own = fields.filter((field) => !field.leads);
    const [only] = own;
    const mark: MapMark = { change };
    if (only && own.length === 1) Object.assign(mark, { before: only.before, after: only.after });
    else if (own.length > 1) mark.detail = t('versions.differences', { count: own.length });
    else if (fields.length > 0) mark.detail = t('versions.leadsElsewhere');
    marks.set(id, mark);
  }
  const here = new Map<string, number>();
  for (const group of people) here.set(group.point, (here.get(group.point) ?? 0) + group.contacts);
  for (const [id, count] of here)
    marks.set(id, {
      ...(marks.get(id) ?? { change: 'same' }),
      here: t('versions.here', { count, people: formats.number(count) }),
    });
  return marks;
}
