import { Stack, Text } from '@mantine/core';
import { IconCake } from '@tabler/icons-react';
import { ContactDateFields, contactDateText } from './ContactDateFields';
import type { PointFormProps, StartOf, StartView } from './kind';

/** A date of the contact comes, or its anniversary, or a day before or after it. */
export const dateStart: StartView<'date'> = {
  kind: 'date',
  icon: IconCake,
  withoutImports: true,
  create: () => ({ kind: 'date', property: '', time: '09:00', zone: 'contact' }),
  title: (start, telling) =>
    [contactDateText(start, telling), ...(start.yearly ? [telling.t('points.start.everyYear')] : [])].join(' · '),
  Form: DateStartForm,
};

function DateStartForm({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'date'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <ContactDateFields
        date={point}
        telling={telling}
        yearlyHint={t('points.start.everyYearHint')}
        onChange={onChange}
        errorAt={errorAt}
      />
      <Text size="sm" c="var(--p-ink-2)">
        {t('points.start.dateHint')}
      </Text>
    </Stack>
  );
}
