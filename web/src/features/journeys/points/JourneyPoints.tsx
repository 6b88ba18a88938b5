import { MultiSelect, Stack, Switch } from '@mantine/core';
import { IconArrowsSplit2, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { durationText } from '@/lib/durations';
import type { Telling } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import { type OutcomePath, type PointOf, type SubOutcome, subOutcomes } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';
import { Timeout } from './Timeout';

/** Sends the contact into another journey too. */
export const startJourneyPoint: PointView<'startJourney'> = {
  kind: 'startJourney',
  group: 'actions',
  shape: 'action',
  icon: IconPlayerPlay,
  create: () => ({ kind: 'startJourney', journey: '' }),
  title: (point, telling) => journeyText(point.journey, telling),
  Form: (props) => (
    <Stack gap={14}>
      <OtherJourney {...props} />
      <WithData {...props} />
    </Stack>
  ),
};

/** Takes the contact out of another journey. */
export const stopJourneyPoint: PointView<'stopJourney'> = {
  kind: 'stopJourney',
  group: 'actions',
  shape: 'action',
  icon: IconPlayerStop,
  create: () => ({ kind: 'stopJourney', journey: '' }),
  title: (point, telling) => journeyText(point.journey, telling),
  Form: (props) => <OtherJourney {...props} hint={props.telling.t('points.journey.stopHint')} />,
};

/** Waits for another journey and goes by how it ended. */
export const runJourneyPoint: PointView<'runJourney'> = {
  kind: 'runJourney',
  group: 'rules',
  shape: 'rule',
  icon: IconArrowsSplit2,
  create: () => ({ kind: 'runJourney', journey: '', paths: [{ name: '1', outcomes: ['successful'] }] }),
  title: (point, telling) => journeyText(point.journey, telling),
  branch: (point, edge, { t, language }) =>
    edge === 'otherwise'
      ? t('points.paths.otherwise')
      : edge === 'timeout'
        ? t('points.waitFor.after', { duration: durationText(language, point.timeout) })
        : edge,
  Form: RunJourneyForm,
};

function RunJourneyForm(props: PointFormProps<PointOf<'runJourney'>>) {
  const { point, telling, onChange, errorAt } = props;
  return (
    <Stack gap={16}>
      <OtherJourney {...props} />
      <WithData {...props} />
      <PathRows<OutcomePath>
        label={telling.t('points.paths.label')}
        paths={point.paths}
        create={() => ({ outcomes: [] })}
        telling={telling}
        errorAt={errorAt}
        onChange={(paths) => onChange({ ...point, paths })}
        body={(path, set, at) => (
          <OutcomesField
            label={telling.t('points.journey.outcomes')}
            choices={subOutcomes}
            value={path.outcomes}
            telling={telling}
            error={
              errorAt(`paths/${at}/outcomes`) ??
              path.outcomes.map((_, place) => errorAt(`paths/${at}/outcomes/${place}`)).find(Boolean)
            }
            onChange={(outcomes) => set({ outcomes })}
          />
        )}
      />
      <Timeout point={point} telling={telling} error={errorAt('timeout')} onChange={onChange} />
    </Stack>
  );
}

export function journeyText(journey: string, telling: Telling): string {
  return journey ? telling.journeyName(journey) : telling.t('points.journey.nothing');
}

/** Which other journey. */
function OtherJourney<P extends { journey: string }>({
  point,
  telling,
  onChange,
  errorAt,
  hint,
}: PointFormProps<P> & { hint?: ReactNode }) {
  return (
    <NamePicker
      kind="journey"
      label={telling.t('points.journey.label')}
      hint={hint}
      value={point.journey || undefined}
      error={errorAt('journey')}
      onChange={(journey) => onChange({ ...point, journey: journey ?? '' })}
    />
  );
}

function WithData<P extends { withData?: boolean }>({ point, telling, onChange }: PointFormProps<P>) {
  return (
    <Switch
      label={telling.t('points.journey.withData')}
      description={telling.t('points.journey.withDataHint')}
      checked={point.withData ?? false}
      onChange={(event) => onChange(withField(point, 'withData', event.currentTarget.checked || undefined))}
    />
  );
}

interface OutcomesProps<O extends SubOutcome> {
  label: string;
  hint?: string;
  choices: readonly O[];
  value: O[];
  telling: Telling;
  error?: string;
  onChange: (outcomes: O[]) => void;
}

/** Ways in which a trip can end. */
export function OutcomesField<O extends SubOutcome>({ label, hint, choices, value, telling, error, onChange }: OutcomesProps<O>) {
  return (
    <MultiSelect
      label={label}
      description={hint}
      data={choices.map((outcome) => ({ value: outcome as string, label: telling.t(`points.outcome.${outcome}`) }))}
      value={value}
      error={error}
      onChange={(chosen) => onChange(chosen as O[])}
    />
  );
}
