import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Journey } from '../definition/journey';
import { useJourneyTellings } from '../points/catalogue';
import { useVersion } from '../useJourney';
import { changesInWords, marksOf, type Sides } from './changes';
import { mergedOf } from './merged';
import { draftChangesQuery, getChanges } from './versionsApi';

/** A published version by its number, or the draft. */
export type Chosen = number | 'draft';

const nothing: never[] = [];

/** What the chosen one changed of the one before it: in words, and as marks on a map of both. */
export function useComparison(draft: Journey, revision: number, live: number, chosen: Chosen) {
  const from = chosen === 'draft' ? live : chosen - 1;
  const before = useVersion(draft.id, from);
  const published = useVersion(draft.id, chosen === 'draft' ? 0 : chosen);
  const ofDraft = useQuery({ ...draftChangesQuery(draft.id, revision), enabled: chosen === 'draft' });
  const ofVersion = useQuery({
    queryKey: ['journeys', draft.id, 'changes', from, chosen],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: chosen !== 'draft' && from > 0,
    queryFn: () => getChanges(draft.id, from, chosen === 'draft' ? undefined : chosen),
  });
  const changes = (chosen === 'draft' ? ofDraft : ofVersion).data;
  const after = chosen === 'draft' ? draft : published.data;
  const older = before.data;
  const tell = useJourneyTellings();
  const both = useMemo(() => older && after && mergedOf(older, after), [older, after]);
  const sides = useMemo<Sides | undefined>(
    () => older && after && { before: older, after, tellingBefore: tell(older), tellingAfter: tell(after) },
    [older, after, tell],
  );
  const parts = useMemo(() => (changes && sides ? changesInWords(changes, sides) : nothing), [changes, sides]);
  const people = changes?.people ?? nothing;
  const marks = useMemo(
    () => (sides ? marksOf(parts, people, sides.tellingAfter) : new Map<string, never>()),
    [parts, people, sides],
  );
  const queries = [before, published, ofDraft, ofVersion];
  return {
    from,
    before: older,
    after,
    both: both ?? after,
    parts,
    people,
    marks,
    /** The first version has none before it: there is nothing to compare. */
    first: from === 0,
    ready: after !== undefined && (from === 0 || (older !== undefined && changes !== undefined)),
    error: queries.find((query) => query.isError)?.error ?? undefined,
    retry: () => queries.forEach((query) => void (query.isError && query.refetch())),
  };
}

export type Comparison = ReturnType<typeof useComparison>;
