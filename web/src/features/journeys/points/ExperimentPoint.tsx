import { Accordion, NumberInput, Radio, Select, Stack, Switch, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { heldOut, withField } from '../definition/exits';
import type { Activity, PointOf } from '../definition/journey';
import { ActivityForm, activityKinds, activityText, newActivity } from './activities';
import type { ActivityKind, PointFormProps, PointView } from './kind';
import { ShareRows } from './ShareRows';

type Experiment = PointOf<'experiment'>;

/** A split whose lines are measured, until one of them wins. */
export const experimentPoint: PointView<'experiment'> = {
  kind: 'experiment',
  group: 'rules',
  shape: 'rule',
  icon: IconFlask,
  create: () => ({
    kind: 'experiment',
    paths: [
      { name: 'A', share: 50 },
      { name: 'B', share: 50 },
    ],
    goal: { kind: 'event', events: [] },
    within: 'P7D',
  }),
  title: (point, { t, language }) => {
    const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    return t('points.experiment.title', {
      paths: point.paths.map((path) => `${path.name} ${share.format(path.share / 100)}`).join(' · '),
    });
  },
  detail: (point, telling) => {
    const said = reaction(point.goal, telling.journey);
    return telling.t('points.experiment.detail', {
      goal: said ? telling.t(`points.experiment.goals.${said}`) : activityText(point.goal, telling),
      within: durationText(telling.language, point.within),
    });
  },
  branch: (_, edge, { t }) => (edge === heldOut ? t('points.experiment.heldOut') : edge),
  Form: ExperimentForm,
};

/** What people do with the journey's e-mails most often is measured: named as events, since each path has its own. */
const reactions = { email_clicked: 'clicks', email_opened: 'opens' } as const;
type Reaction = (typeof reactions)[keyof typeof reactions];

/** Said in short only where it is of this journey: one that names another is shown as what it is. */
function reaction(goal: Activity, journey: string | undefined): Reaction | undefined {
  if (goal.kind !== 'event' || goal.events.length !== 1 || goal.where?.kind !== 'field' || goal.where.name !== 'journey')
    return undefined;
  if (goal.where.is !== 'equals' || goal.where.value !== journey) return undefined;
  return reactions[goal.events[0] as keyof typeof reactions];
}

function ExperimentForm({ point, journey, telling, onChange, errorAt }: PointFormProps<Experiment>) {
  const { t } = telling;
  const wrong = ['leastPeople', 'leastTime', 'confidence'].some((field) => errorAt(field) !== undefined);
  const [opened, setOpened] = useState(false);
  const said = reaction(point.goal, journey.id);
  const goals = [
    ...Object.values(reactions).map((value) => ({ value, label: t(`points.experiment.goals.${value}`) })),
    ...activityKinds.filter((kind) => kind !== 'message').map((value) => ({ value, label: t(`points.activity.${value}`) })),
  ];
  const choose = (value: string | null) => {
    const event = Object.keys(reactions).find((name) => reactions[name as keyof typeof reactions] === value);
    const goal: Activity = event
      ? { kind: 'event', events: [event], where: { kind: 'field', name: 'journey', is: 'equals', value: journey.id } }
      : newActivity((value ?? 'event') as ActivityKind);
    onChange({ ...point, goal });
  };
  const set = (field: keyof Experiment, value: unknown) => onChange(withField(point, field, value));
  return (
    <Stack gap={16}>
      <ShareRows
        paths={point.paths}
        telling={telling}
        errorAt={errorAt}
        first={t('points.experiment.base')}
        onChange={(paths) => onChange({ ...point, paths })}
      >
        <Text size="sm" c="dimmed">
          {t('points.experiment.baseHint')}
        </Text>
      </ShareRows>
      <Stack gap={8}>
        <Select
          label={t('points.experiment.goal')}
          description={t('points.experiment.goalHint')}
          data={goals}
          value={said ?? point.goal.kind}
          error={errorAt('goal')}
          allowDeselect={false}
          onChange={choose}
        />
        {said === undefined && (
          <ActivityForm
            activity={point.goal}
            journey={journey}
            telling={telling}
            onChange={(goal) => onChange({ ...point, goal })}
            errorAt={(field) => errorAt(`goal/${field}`)}
          />
        )}
      </Stack>
      <DurationField
        label={t('points.experiment.within')}
        hint={t('points.experiment.withinHint')}
        value={point.within}
        error={errorAt('within')}
        onChange={(within) => onChange({ ...point, within })}
      />
      <Stack gap={8}>
        <Switch
          label={t('points.experiment.holdOut')}
          description={t('points.experiment.holdOutHint')}
          checked={point.holdOut !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { ...point, holdOut: 10 } : withoutHoldOut(point))}
        />
        {point.holdOut !== undefined && (
          <>
            <NumberInput
              styles={{ wrapper: { maxWidth: 160 } }}
              label={t('points.experiment.holdOutShare')}
              value={point.holdOut}
              min={0}
              max={50}
              decimalScale={2}
              suffix=" %"
              error={errorAt('holdOut')}
              onChange={(share) => typeof share === 'number' && set('holdOut', share)}
            />
            <Switch
              label={t('points.experiment.release')}
              checked={point.releaseHoldOut ?? false}
              onChange={(event) => set('releaseHoldOut', event.currentTarget.checked || undefined)}
            />
          </>
        )}
      </Stack>
      <Radio.Group
        label={t('points.experiment.winner')}
        value={point.winner ?? 'byHand'}
        onChange={(winner) => set('winner', winner === 'automatically' ? winner : undefined)}
      >
        <Stack gap={6} mt={6}>
          <Radio value="byHand" label={t('points.experiment.byHand')} />
          <Radio
            value="automatically"
            label={t('points.experiment.automatically')}
            description={t('points.experiment.automaticallyHint')}
          />
        </Stack>
      </Radio.Group>
      <Accordion
        variant="contained"
        chevronPosition="left"
        value={opened || wrong ? 'rules' : null}
        onChange={(value) => setOpened(value !== null)}
      >
        <Accordion.Item value="rules">
          <Accordion.Control>{t('points.experiment.rules')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap={12}>
              <NumberInput
                label={t('points.experiment.leastPeople')}
                value={point.leastPeople ?? 200}
                min={10}
                allowDecimal={false}
                error={errorAt('leastPeople')}
                onChange={(people) => typeof people === 'number' && set('leastPeople', people)}
              />
              <DurationField
                label={t('points.experiment.leastTime')}
                value={point.leastTime ?? 'P7D'}
                error={errorAt('leastTime')}
                onChange={(time) => set('leastTime', time)}
              />
              <NumberInput
                label={t('points.experiment.confidence')}
                description={t('points.experiment.confidenceHint')}
                value={point.confidence ?? 95}
                min={80}
                max={99.9}
                decimalScale={1}
                suffix=" %"
                error={errorAt('confidence')}
                onChange={(sure) => typeof sure === 'number' && set('confidence', sure)}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function withoutHoldOut({ holdOut: _, onHoldOut: __, releaseHoldOut: ___, ...point }: Experiment): Experiment {
  return point;
}
