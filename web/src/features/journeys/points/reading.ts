import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { fieldName, fieldText, isLead } from './fieldText';

export interface ReadField {
  path: string;
  name: string;
  text: string;
}

/** What stands elsewhere: on the card, on the lines, or beside this. */
const elsewhere = new Set(['kind', 'id', 'paths']);

/** What is said of a point or of settings, field by field, to be read and not changed. */
export function readingOf(of: Readonly<Record<string, unknown>>, telling: Telling, journey: Journey, path = ''): ReadField[] {
  return Object.entries(of).flatMap(([field, value]): ReadField[] => {
    if (elsewhere.has(field) || isLead(field) || value === undefined || value === null || value === '') return [];
    const text = fieldText(field, value, telling, journey);
    // Nothing here tells it as a whole: its parts are told, each with its name.
    if (text.startsWith('{') && isRecord(value)) return readingOf(value, telling, journey, `${path}${field}/`);
    return [{ path: `${path}${field}`, name: fieldName(telling, field), text }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
