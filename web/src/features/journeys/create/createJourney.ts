import { api, type Schemas, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { slug } from './slug';

/** A definition without its id: docs/journeys.md. */
export interface NewDefinition {
  name: string;
  description?: string;
  settings?: Record<string, unknown>;
  start?: unknown[];
  points?: Record<string, unknown>;
}

const TRIES = 50;

/** Makes a draft under an id that comes of its name; where another has it, the next number is taken. */
export async function createJourney(definition: NewDefinition): Promise<Schemas['JourneyView']> {
  const base = slug(definition.name);
  for (let count = 1; ; count++) {
    const id = count === 1 ? base : `${base}-${count}`;
    try {
      // Without If-Match an existing one is not replaced: 428.
      return await take(
        api.PUT('/api/v1/journeys/{id}', {
          params: { path: { id } },
          body: { start: [], points: {}, ...definition, format: 1, id } as unknown as Schemas['JsonElement'],
        }),
      );
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 428 || count === TRIES) throw error;
    }
  }
}
