import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { contactsAboutQuery } from '@/api/queries';
import { useConditionCount } from '@/api/useConditionCount';
import type { Condition } from '@/ui/conditions/condition';
import type { JourneySettings } from '../definition/journey';

/** Who may enter: none of the conditions means everybody. */
export function eligibleIf({
  eligibility,
  exclusions,
}: Pick<JourneySettings, 'eligibility' | 'exclusions'>): Condition | undefined {
  if (eligibility && exclusions) return { kind: 'all', of: [eligibility, { kind: 'not', of: exclusions }] };
  return exclusions ? { kind: 'not', of: exclusions } : eligibility;
}

/** How many contacts may enter a journey now; undefined for as long as they are counted. */
export function useEligible(settings: JourneySettings | undefined): number | undefined {
  const condition = useMemo(() => eligibleIf(settings ?? {}), [settings]);
  const all = useQuery({ ...contactsAboutQuery, enabled: condition === undefined }).data?.about;
  const { data, isError } = useConditionCount(condition);
  if (condition === undefined) return all;
  return data && !isError ? (data.matches ?? data.about ?? undefined) : undefined;
}
