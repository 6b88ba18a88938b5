import { Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { ConditionBuilder } from '@/ui/conditions/ConditionBuilder';
import { conditionText } from '@/ui/conditions/conditionText';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { useScope } from './scope';
import { Timeout } from './Timeout';

/** Waits until a condition holds, or gives up. */
export const waitUntilTruePoint: PointView<'waitUntilTrue'> = {
  kind: 'waitUntilTrue',
  group: 'rules',
  shape: 'rule',
  icon: IconCircleCheck,
  create: () => ({ kind: 'waitUntilTrue', condition: { kind: 'all', of: [] }, timeout: 'P3D' }),
  title: (point, telling) => {
    const { t, language } = telling;
    const condition = conditionText(point.condition, telling);
    return point.timeout === undefined
      ? condition
      : t('points.waitFor.upTo', { activities: condition, duration: durationText(language, point.timeout) });
  },
  branch: (point, edge, { t, language }) =>
    edge === 'timeout'
      ? t('points.waitFor.after', { duration: durationText(language, point.timeout) })
      : t('points.waitUntilTrue.holds'),
  Form: WaitUntilTrueForm,
};

function WaitUntilTrueForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'waitUntilTrue'>>) {
  const scope = useScope(journey, telling);
  return (
    <Stack gap={16}>
      <ConditionBuilder
        label={telling.t('points.waitUntilTrue.condition')}
        value={point.condition.kind === 'all' && point.condition.of.length === 0 ? undefined : point.condition}
        onChange={(condition) => onChange({ ...point, condition: condition ?? { kind: 'all', of: [] } })}
        scope={scope}
        error={errorAt('condition')}
      />
      <Timeout point={point} telling={telling} error={errorAt('timeout')} onChange={onChange} />
    </Stack>
  );
}
