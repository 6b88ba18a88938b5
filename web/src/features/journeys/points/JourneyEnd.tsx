import type { ReactNode } from 'react';
import type { Telling } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import { type TripOutcome, tripOutcomes } from '../definition/journey';
import { OutcomesField } from './JourneyPoints';

interface Ending {
  journey: string;
  outcomes?: TripOutcome[];
}

interface Props<A extends Ending> {
  label: ReactNode;
  activity: A;
  telling: Telling;
  errorAt: (field: string) => string | undefined;
  onChange: (activity: A) => void;
}

/** Which other journey ends, and how: the same for a starting point and for a wait. */
export function JourneyEnd<A extends Ending>({ label, activity, telling, errorAt, onChange }: Props<A>) {
  const { t } = telling;
  return (
    <>
      <NamePicker
        kind="journey"
        label={label}
        value={activity.journey || undefined}
        error={errorAt('journey')}
        onChange={(journey) => onChange({ ...activity, journey: journey ?? '' })}
      />
      <OutcomesField
        label={t('points.journey.howItEnds')}
        hint={t('points.journey.howItEndsHint')}
        choices={tripOutcomes}
        value={activity.outcomes ?? []}
        telling={telling}
        error={errorAt('outcomes')}
        onChange={(outcomes) => onChange(withField(activity, 'outcomes', outcomes.length > 0 ? outcomes : undefined))}
      />
    </>
  );
}
