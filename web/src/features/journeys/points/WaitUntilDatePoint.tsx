import { Stack, Switch } from '@mantine/core';
import { IconCake } from '@tabler/icons-react';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { ContactDateFields, contactDateText } from './ContactDateFields';
import type { PointFormProps, PointView } from './kind';

type UntilDate = PointOf<'waitUntilDate'>;

/** Waits until some days before or after a date of the contact, or its anniversary. */
export const waitUntilDatePoint: PointView<'waitUntilDate'> = {
  kind: 'waitUntilDate',
  group: 'rules',
  shape: 'rule',
  icon: IconCake,
  create: () => ({ kind: 'waitUntilDate', property: '', time: '09:00', zone: 'contact' }),
  title: contactDateText,
  detail: (point, { t }) => (point.yearly ? t('points.waitUntilDate.yearly') : undefined),
  branch: (_, edge, { t }) => t(edge === 'missed' ? 'points.waitUntilDate.missed' : 'points.waitUntil.onTime'),
  Form: WaitUntilDateForm,
};

function WaitUntilDateForm({ point, journey, telling, onChange, errorAt }: PointFormProps<UntilDate>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <ContactDateFields
        date={point}
        journey={journey}
        telling={telling}
        yearlyHint={t('points.waitUntilDate.yearlyHint')}
        onChange={onChange}
        errorAt={errorAt}
      />
      <Switch
        label={t('points.waitUntilDate.missedSwitch')}
        description={t('points.waitUntilDate.missedHint')}
        checked={point.missed !== undefined}
        disabled={point.missed === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'missed', event.currentTarget.checked ? point.next : undefined))}
      />
    </Stack>
  );
}
