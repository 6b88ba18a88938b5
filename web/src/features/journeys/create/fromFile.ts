import type { NewDefinition } from './createJourney';

interface Named {
  id?: string;
  name?: string;
}

/**
 * The journey that a file holds: a definition as docs/journeys.md writes it, or a ready-made one with its words beside it. Nothing where the file
 * holds neither. What it names and is not there is told by the check.
 */
export function journeyOfFile(text: string, language: string): NewDefinition | undefined {
  const file = parsed(text);
  const journey = recordOf(file?.journey) ?? file;
  if (!journey || !Array.isArray(journey.start) || !recordOf(journey.points)) return undefined;
  const texts = recordOf(file?.texts);
  const words = recordOf(texts?.[language]) ?? recordOf(texts?.en) ?? recordOf(Object.values(texts ?? {})[0]);
  const names = recordOf(words?.names) ?? {};
  const named = <T extends Named>(one: T, id: string): T => (typeof names[id] === 'string' ? { ...one, name: names[id] } : one);
  const points = Object.entries(journey.points as Record<string, Named>).map(([id, point]) => [id, named(point, id)] as const);
  const { id: _, format: __, ...rest } = journey;
  return {
    ...rest,
    name: stringOf(words?.name) ?? stringOf(journey.name) ?? '',
    ...(stringOf(words?.description) !== undefined && { description: stringOf(words?.description) }),
    start: (journey.start as Named[]).map((start) => named(start, start.id ?? '')),
    points: Object.fromEntries(points),
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
