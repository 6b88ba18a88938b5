import { IconArrowsSplit2 } from '@tabler/icons-react';
import { ConditionBuilder } from '@/ui/conditions/ConditionBuilder';
import { conditionText } from '@/ui/conditions/conditionText';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { useScope } from './scope';

/** Asks a condition and goes one way or the other at once. */
export const ifPoint: PointView<'if'> = {
  kind: 'if',
  group: 'rules',
  shape: 'rule',
  icon: IconArrowsSplit2,
  create: () => ({ kind: 'if', condition: { kind: 'all', of: [] } }),
  title: (point, telling) => conditionText(point.condition, telling),
  branch: (_, edge, { t }) => t(edge === 'yes' ? 'points.if.yes' : 'points.if.no'),
  Form: IfForm,
};

function IfForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'if'>>) {
  const scope = useScope(journey, telling);
  return (
    <ConditionBuilder
      label={telling.t('points.if.condition')}
      value={point.condition.kind === 'all' && point.condition.of.length === 0 ? undefined : point.condition}
      onChange={(condition) => onChange({ ...point, condition: condition ?? { kind: 'all', of: [] } })}
      scope={scope}
      error={errorAt('condition')}
    />
  );
}
