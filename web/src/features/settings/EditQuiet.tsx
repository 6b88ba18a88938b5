import { Checkbox, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { type Weekday, weekdays } from '@/lib/weekdays';
import { DaysField } from '@/ui/pickers/calendar';
import { DurationField } from '@/ui/pickers/DurationField';
import { countryOptions } from './countries';
import { FormModal } from './FormModal';
import { useSaveQuiet } from './useCatalogue';

export type QuietRow = Schemas['DocumentViewOfQuietBody'];
type Body = Schemas['QuietBody'];

interface Values {
  id: string;
  purpose: 'marketing' | 'all';
  countries: string[];
  days: Weekday[];
  holidays: boolean;
  wholeDay: boolean;
  from: string;
  until: string;
  spreads: boolean;
  spread: string;
}

function valuesOf(row: QuietRow | null): Values {
  const value = row?.value;
  return {
    id: row?.id ?? '',
    purpose: value?.purpose ?? 'marketing',
    countries: [...(value?.countries ?? [])],
    days: value && (value.days || value.holidays) ? [...(value.days ?? [])] : [...weekdays],
    holidays: value?.holidays ?? false,
    wholeDay: value ? !value.from : false,
    from: value?.from ?? '21:00',
    until: value?.until ?? '08:00',
    spreads: Boolean(value?.spread),
    spread: value?.spread ?? 'PT1H',
  };
}

function bodyOf(values: Values): Body {
  const everyDay = values.days.length === weekdays.length;
  return {
    channel: 'email',
    purpose: values.purpose,
    countries: values.countries.length > 0 ? values.countries : null,
    // With holidays, saying no days would mean these alone.
    days: (everyDay && !values.holidays) || (values.days.length === 0 && values.holidays) ? null : values.days,
    holidays: values.holidays,
    from: values.wholeDay ? null : values.from,
    until: values.wholeDay ? null : values.until,
    spread: values.spreads ? values.spread : null,
  };
}

export function EditQuiet({ row, onClose }: { row: QuietRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = useSay();
  const save = useSaveQuiet();
  const form = useForm<Values>({
    initialValues: valuesOf(row),
    validate: { id: (id) => (id.trim() ? null : t('settings.needsName')) },
  });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { id: values.id.trim(), revision: row?.revision ?? null, body: bodyOf(values) },
      {
        onSuccess: onClose,
        onError: (problem) => {
          if (problem.status === 428) form.setFieldError('id', t('settings.taken'));
          else if (problem.reasons.length === 0) form.setFieldError('id', problem.message);
          for (const reason of problem.reasons) {
            const field = reason.path.split('/')[1] ?? '';
            form.setFieldError(field in form.values ? field : 'id', reasonText(t, reason));
          }
        },
      },
    ),
  );
  const time = (field: 'from' | 'until') => (
    <TextInput type="time" flex={1} label={t(`settings.quiet.${field}`)} {...form.getInputProps(field)} />
  );
  return (
    <FormModal
      title={t(row ? 'settings.quiet.edit' : 'settings.quiet.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.quiet.nameHint')}
        readOnly={row !== null}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <Select
        label={t('settings.quiet.what')}
        allowDeselect={false}
        data={[
          { value: 'marketing', label: t('settings.quiet.onlyMarketing') },
          { value: 'all', label: t('settings.quiet.transactionalToo') },
        ]}
        {...form.getInputProps('purpose')}
      />
      <MultiSelect
        label={t('settings.quiet.countries')}
        description={t('settings.quiet.countriesHint')}
        placeholder={form.values.countries.length === 0 ? t('settings.quiet.everywhere') : undefined}
        searchable
        data={countryOptions(language)}
        {...form.getInputProps('countries')}
      />
      <Stack gap={8}>
        <DaysField
          label={t('settings.quiet.days')}
          value={form.values.days}
          language={language}
          error={form.errors.days as string | undefined}
          onChange={(days) => form.setFieldValue('days', days)}
        />
        <Checkbox label={t('settings.quiet.holidays')} {...form.getInputProps('holidays', { type: 'checkbox' })} />
      </Stack>
      <Stack gap={8}>
        {!form.values.wholeDay && (
          <Group gap={8} wrap="nowrap" align="flex-start">
            {time('from')}
            {time('until')}
          </Group>
        )}
        <Checkbox
          label={t('settings.quiet.wholeDayLabel')}
          error={form.values.wholeDay ? form.errors.from : undefined}
          {...form.getInputProps('wholeDay', { type: 'checkbox' })}
        />
      </Stack>
      <Checkbox
        label={t('settings.quiet.spreadLabel')}
        description={t('settings.quiet.spreadHint')}
        {...form.getInputProps('spreads', { type: 'checkbox' })}
      />
      {form.values.spreads && (
        <DurationField
          label={t('settings.quiet.spread')}
          value={form.values.spread}
          error={form.errors.spread}
          onChange={(spread) => form.setFieldValue('spread', spread)}
        />
      )}
    </FormModal>
  );
}
