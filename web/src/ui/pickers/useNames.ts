import { useQueries, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { journeyNamesQuery, journeyQuery } from '@/api/queries';

const keep = { staleTime: 30_000 };
const many = { params: { query: { limit: 200 } } };

/** What journeys and conditions speak of, by name, as far as it is there: offered where one is chosen. */
export function useTags() {
  return useQuery({
    queryKey: ['tags', 'names'],
    ...keep,
    queryFn: () => take(api.GET('/api/v1/tags', many)).then((page) => page.items.map((tag) => tag.name)),
  });
}

export function useLists() {
  return useQuery({
    queryKey: ['lists', 'names'],
    ...keep,
    queryFn: () => take(api.GET('/api/v1/lists', many)).then((page) => page.items.map((list) => list.id)),
  });
}

export function useSegments() {
  return useQuery({
    queryKey: ['segments', 'names'],
    ...keep,
    queryFn: () => take(api.GET('/api/v1/segments', many)).then((page) => page.items.map((segment) => segment.name)),
  });
}

export function useTopics() {
  return useQuery({
    queryKey: ['topics', 'names'],
    ...keep,
    queryFn: () =>
      take(api.GET('/api/v1/topics', many)).then((page) =>
        page.items.map((topic) => ({ value: topic.id, label: topic.value?.title ?? topic.id })),
      ),
  });
}

export function useContents() {
  return useQuery({
    queryKey: ['content', 'names'],
    ...keep,
    queryFn: () => take(api.GET('/api/v1/content', many)).then((page) => page.items.map((content) => content.name)),
  });
}

export function useJourneyNames() {
  return useQuery({
    ...journeyNamesQuery,
    select: (journeys) => [...journeys].map(([id, { name }]) => ({ value: id, label: name || id })),
  });
}

/** The points of a journey, as its draft or newest version has them. */
export function useJourneyPoints(journey: string) {
  return useQuery({
    ...journeyQuery(journey),
    enabled: journey !== '',
    select: ({ definition }) =>
      Object.entries((definition as { points?: Record<string, { name?: string }> }).points ?? {}).map(([id, { name }]) => ({
        value: id,
        label: name ? `${name} (${id})` : id,
      })),
  });
}

export function useEventNames() {
  return useQuery({ queryKey: ['events', 'names'], ...keep, queryFn: () => take(api.GET('/api/v1/events/names', many)) });
}

/** What the newest events of these names had, by their paths. */
export function useEventFields(events: readonly string[]) {
  return useQueries({
    queries: events.slice(0, 5).map((name) => ({
      queryKey: ['events', name, 'properties'],
      ...keep,
      queryFn: () => take(api.GET('/api/v1/events/names/{name}/properties', { params: { path: { name } } })),
    })),
    combine: (answers) => ({ data: answers.flatMap((answer) => answer.data ?? []) }),
  });
}

export type PropertyType = NonNullable<Schemas['PropertyBody']['type']>;

export interface PropertyName {
  name: string;
  type: PropertyType;
  choices: string[];
}

export function useProperties() {
  return useQuery({
    queryKey: ['properties', 'names'],
    ...keep,
    queryFn: () =>
      take(api.GET('/api/v1/properties', many)).then((page) =>
        page.items.map(
          (property): PropertyName => ({
            name: property.id,
            type: property.value?.type ?? 'any',
            choices: property.value?.choices ?? [],
          }),
        ),
      ),
  });
}
