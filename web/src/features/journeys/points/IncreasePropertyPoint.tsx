import { Group, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { IconPlusMinus } from '@tabler/icons-react';
import { FieldPicker } from '@/ui/pickers/FieldPicker';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { startingEvents } from './sampleEvent';

type Increase = PointOf<'increaseProperty'>;
const sources = ['fixed', 'property', 'field'] as const;
type Source = (typeof sources)[number];

/** Adds to a number that the contact has, such as a score. */
export const increasePropertyPoint: PointView<'increaseProperty'> = {
  kind: 'increaseProperty',
  group: 'actions',
  shape: 'action',
  icon: IconPlusMinus,
  create: () => ({ kind: 'increaseProperty', property: '', by: 1 }),
  title: (point, { t, language }) => {
    if (!point.property) return t('points.setProperty.nothing');
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
    if (sourceOf(point) === 'fixed')
      return `${point.property} ${new Intl.NumberFormat(language, { signDisplay: 'always', maximumFractionDigits: 6 }).format(point.by ?? 0)}`;
    const source = point.byProperty || point.byField || '…';
    return `${point.property} + ${point.factor === undefined ? '' : `${number.format(point.factor)} × `}${source}`;
  },
  Form: IncreasePropertyForm,
};

function sourceOf(point: Increase): Source {
  if (point.byProperty !== undefined) return 'property';
  return point.byField === undefined ? 'fixed' : 'field';
}

function IncreasePropertyForm({ point, journey, telling, onChange, errorAt }: PointFormProps<Increase>) {
  const { t } = telling;
  const source = sourceOf(point);
  const choose = (next: Source) => {
    const { byProperty: _, byField: __, factor: ___, by: ____, ...plain } = point;
    if (next === 'fixed') onChange({ ...plain, by: point.by ?? 1 });
    else onChange(next === 'property' ? { ...plain, byProperty: '' } : { ...plain, byField: '' });
  };
  return (
    <Stack gap={14}>
      <NamePicker
        kind="property"
        label={t('points.setProperty.property')}
        hint={t('points.increaseProperty.hint')}
        value={point.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...point, property: property ?? '' })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('points.increaseProperty.from')}
        value={source}
        onChange={(next) => choose(next as Source)}
        data={sources.map((value) => ({ value, label: t(`points.increaseProperty.source.${value}`) }))}
      />
      {source === 'property' && (
        <NamePicker
          kind="property"
          label={t('points.increaseProperty.from')}
          value={point.byProperty || undefined}
          error={errorAt('byProperty')}
          onChange={(name) => onChange({ ...point, byProperty: name ?? '' })}
        />
      )}
      {source === 'field' && (
        <FieldPicker
          label={t('points.increaseProperty.from')}
          hint={t('points.source.fieldHint')}
          events={startingEvents(journey.start)}
          value={point.byField ?? ''}
          error={errorAt('byField')}
          onChange={(name) => onChange({ ...point, byField: name })}
        />
      )}
      {source === 'fixed' ? (
        <NumberInput
          label={t('points.increaseProperty.by')}
          description={t('points.increaseProperty.byHint')}
          value={point.by ?? ''}
          error={errorAt('by')}
          onChange={(by) => typeof by === 'number' && onChange({ ...point, by })}
        />
      ) : (
        <>
          <NumberInput
            label={t('points.increaseProperty.factor')}
            description={t('points.increaseProperty.factorHint')}
            placeholder="1"
            value={point.factor ?? ''}
            error={errorAt('factor')}
            onChange={(factor) =>
              onChange(withField(point, 'factor', typeof factor === 'number' && factor !== 1 ? factor : undefined))
            }
          />
          <NumberInput
            label={t('points.increaseProperty.otherwise')}
            placeholder={t('points.increaseProperty.otherwiseNothing')}
            value={point.by ?? ''}
            error={errorAt('by')}
            onChange={(by) => onChange(withField(point, 'by', typeof by === 'number' ? by : undefined))}
          />
        </>
      )}
      <Group gap={8} grow align="flex-start">
        {(['least', 'most'] as const).map((limit) => (
          <NumberInput
            key={limit}
            label={t(`points.increaseProperty.${limit}`)}
            placeholder={t('points.increaseProperty.noLimit')}
            value={point[limit] ?? ''}
            error={errorAt(limit)}
            onChange={(value) => onChange(withField(point, limit, typeof value === 'number' ? value : undefined))}
          />
        ))}
      </Group>
    </Stack>
  );
}
