import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Journey } from '../definition/journey';
import { useJourneyTellings } from '../points/catalogue';
import { versionQuery } from '../useJourney';
import { changesInWords, type ToldField } from '../versions/changes';
import { draftChangesQuery, getChanges } from '../versions/versionsApi';
import { type Group, groupsOf, type PeopleRule } from './people';

const nobody: Group[] = [];
const noRules: readonly PeopleRule[] = [];

/** `rules`: those that were asked already. Who is inside, in groups, and what the draft makes of the point of each in the words of the version that they are in. */
export function usePeople(journey: Journey, revision: number, version: number, rules: readonly PeopleRule[] = noRules) {
  const tell = useJourneyTellings();
  const changes = useQuery({ ...draftChangesQuery(journey.id, revision), enabled: version > 0 });
  const people = changes.data?.people;
  const groups = useMemo(() => (people ? groupsOf(people, rules) : nobody), [people, rules]);
  const versions = useMemo(() => [...new Set(groups.flatMap((group) => group.versions.slice(0, 1)))], [groups]);
  const definitions = useQueries({ queries: versions.map((one) => versionQuery(journey.id, one)) });
  const differences = useQueries({
    queries: versions.map((one) => ({
      queryKey: ['journeys', journey.id, 'changes', one, 'draft', revision],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: () => getChanges(journey.id, one),
    })),
  });
  const older = new Map(versions.map((one, index) => [one, definitions[index]?.data]));
  /** A group's version, the newest where it is of several. */
  const definitionOf = (group: Group) => older.get(group.versions[0] ?? 0);
  const fieldsOf = (group: Group): ToldField[] => {
    const before = definitionOf(group);
    const of = differences[versions.indexOf(group.versions[0] ?? 0)]?.data;
    if (!before || !of) return [];
    const part = { ...of, settings: [], starts: [], points: of.points.filter(({ id }) => id === group.point) };
    return (
      changesInWords(part, { before, after: journey, tellingBefore: tell(before), tellingAfter: tell(journey) })[0]?.fields ?? []
    );
  };
  return { changes, groups, definitionOf, fieldsOf, tell };
}
