import { ActionIcon, Button, Group, ScrollArea, Select, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { countryName, countryOptions } from './countries';
import { FormModal } from './FormModal';
import { dayText, type HolidayRow } from './Holidays';
import { useSaveHolidays } from './useCatalogue';

interface Props {
  row: HolidayRow | null;
  /** Countries that have a calendar. */
  taken: readonly string[];
  onClose: () => void;
}

interface Day {
  key: number;
  on: string;
  name: string;
  date?: string | null;
}

let made = 0;

/** A country's holidays, day by day. */
export function EditHolidays({ row, taken, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useSay();
  const save = useSaveHolidays();
  const [country, setCountry] = useState(row?.country ?? '');
  const [days, setDays] = useState<Day[]>(() =>
    (row?.days ?? []).map(({ on, name, date }) => ({ key: ++made, on, name: name ?? '', date })),
  );
  const [errors, setErrors] = useState<Record<string, string>>({});
  const change = (key: number, part: Partial<Day>) =>
    setDays((all) => all.map((day) => (day.key === key ? { ...day, ...part } : day)));
  const submit = (event?: { preventDefault: () => void }) => {
    event?.preventDefault();
    if (!country) {
      setErrors({ country: t('settings.holidays.needsCountry') });
      return;
    }
    save.mutate(
      {
        id: country,
        revision: row?.revision ?? null,
        body: { days: days.map(({ on, name }) => ({ on: on.trim(), name: name.trim() || null })) },
      },
      {
        onSuccess: onClose,
        onError: (problem) =>
          setErrors(
            Object.fromEntries(
              problem.reasons.length > 0
                ? problem.reasons.map((reason) => [/^\/days\/(\d+)/.exec(reason.path)?.[1] ?? 'country', reasonText(t, reason)])
                : [['country', problem.status === 428 ? t('settings.taken') : problem.message]],
            ),
          ),
      },
    );
  };
  return (
    <FormModal
      title={row ? t('settings.holidays.edit', { country: countryName(row.country, language) }) : t('settings.holidays.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      {!row && (
        <Select
          label={t('settings.holidays.country')}
          searchable
          data-autofocus
          data={countryOptions(language).filter(({ value }) => !taken.includes(value))}
          value={country || null}
          error={errors.country}
          onChange={(code) => setCountry(code ?? '')}
        />
      )}
      {row && errors.country && (
        <Text size="sm" c="var(--p-danger)">
          {errors.country}
        </Text>
      )}
      <Text size="sm" c="var(--p-ink-2)">
        {t('settings.holidays.hint')}
      </Text>
      <ScrollArea.Autosize mah={380} type="auto" offsetScrollbars>
        {days.map((day, index) => (
          <Group key={day.key} gap={8} wrap="nowrap" align="flex-start" mb={8}>
            <TextInput
              flex={3}
              aria-label={t('settings.holidays.nameOf', { number: index + 1 })}
              placeholder={t('settings.name')}
              value={day.name}
              onChange={(event) => change(day.key, { name: event.currentTarget.value })}
            />
            <TextInput
              flex={2}
              aria-label={t('settings.holidays.whenOf', { number: index + 1 })}
              placeholder="12-25"
              value={day.on}
              error={errors[index]}
              onChange={(event) => change(day.key, { on: event.currentTarget.value, date: undefined })}
            />
            <Text size="sm" w={92} pt={7} c="dimmed">
              {day.date ? dayText(day.date, language) : ''}
            </Text>
            <ActionIcon
              mt={4}
              size={28}
              aria-label={t('settings.holidays.remove', { name: day.name || day.on })}
              onClick={() => setDays((all) => all.filter(({ key }) => key !== day.key))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </ScrollArea.Autosize>
      <Button
        variant="default"
        size="compact-sm"
        style={{ alignSelf: 'start' }}
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => setDays((all) => [...all, { key: ++made, on: '', name: '' }])}
      >
        {t('settings.holidays.add')}
      </Button>
    </FormModal>
  );
}
