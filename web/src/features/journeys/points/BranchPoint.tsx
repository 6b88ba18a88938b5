import { IconArrowsSplit } from '@tabler/icons-react';
import { ConditionBuilder } from '@/ui/conditions/ConditionBuilder';
import type { Condition } from '@/ui/conditions/condition';
import { listText } from '@/ui/conditions/telling';
import type { BranchPath, PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';
import { useScope } from './scope';

const nothing = (): Condition => ({ kind: 'all', of: [] });

/** The first line whose condition holds. */
export const branchPoint: PointView<'branch'> = {
  kind: 'branch',
  group: 'rules',
  shape: 'rule',
  icon: IconArrowsSplit,
  create: () => ({ kind: 'branch', paths: [{ name: '1', condition: nothing() }] }),
  title: (point, { language }) =>
    listText(
      language,
      point.paths.map((path) => path.name),
    ),
  branch: (_, edge, { t }) => (edge === 'otherwise' ? t('points.paths.otherwise') : edge),
  Form: BranchForm,
};

function BranchForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'branch'>>) {
  const scope = useScope(journey, telling);
  return (
    <PathRows<BranchPath>
      label={telling.t('points.branch.paths')}
      paths={point.paths}
      create={() => ({ condition: nothing() })}
      telling={telling}
      errorAt={errorAt}
      onChange={(paths) => onChange({ ...point, paths })}
      body={(path, set, at) => (
        <ConditionBuilder
          label={telling.t('points.if.condition')}
          value={path.condition.kind === 'all' && path.condition.of.length === 0 ? undefined : path.condition}
          onChange={(condition) => set({ condition: condition ?? nothing() })}
          scope={scope}
          error={errorAt(`paths/${at}/condition`)}
        />
      )}
    />
  );
}
