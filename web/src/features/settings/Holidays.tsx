import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { holidaysQuery } from '@/api/queries';
import { useSay } from '@/lib/say';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { countryName } from './countries';
import { EditHolidays } from './EditHolidays';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteHolidays } from './useCatalogue';

export type HolidayRow = Schemas['HolidaysView'];

/** The calendars of public holidays, by country: those to begin with, and what was changed of them. */
export function Holidays() {
  const { t } = useTranslation();
  const { language } = useSay();
  const year = new Date().getFullYear();
  const calendars = useQuery(holidaysQuery(year));
  const restore = useDeleteHolidays();
  const [edited, setEdited] = useState<HolidayRow | 'new' | null>(null);
  const today = new Date().toISOString().slice(0, 10);
  const columns: readonly Column<HolidayRow>[] = [
    {
      key: 'country',
      head: t('settings.holidays.country'),
      cell: ({ country }) => <RowTitle title={countryName(country, language)} />,
    },
    { key: 'days', head: t('settings.holidays.days'), numeric: true, cell: ({ days }) => days.length },
    {
      key: 'next',
      head: t('settings.holidays.next'),
      cell: ({ days }) => {
        const next = days
          .filter(({ date }) => date && date >= today)
          .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''))[0];
        return next?.date ? (
          <Text size="sm" component="span">
            {dayText(next.date, language)} {next.name && <span>· {next.name}</span>}
          </Text>
        ) : (
          '–'
        );
      },
    },
    {
      key: 'own',
      head: t('settings.holidays.own'),
      cell: ({ own }) => own && <Badge variant="light">{t('settings.holidays.changed')}</Badge>,
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (row) => (
        <RowMenu
          name={countryName(row.country, language)}
          onEdit={() => setEdited(row)}
          removeText={row.own ? t('settings.holidays.restore') : undefined}
          removeTitle={t('settings.holidays.restoreTitle', { country: countryName(row.country, language) })}
          removeWhy={t('settings.holidays.restoreText')}
          onRemove={() => restore.mutate(row.country)}
        />
      ),
    },
  ];
  if (calendars.isError) return <Failure error={calendars.error} onRetry={() => void calendars.refetch()} />;
  return (
    <Section lead={t('settings.holidays.lead')} add={t('settings.holidays.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.holidays.title')}
        columns={columns}
        rows={calendars.data?.toSorted((left, right) =>
          countryName(left.country, language).localeCompare(countryName(right.country, language), language),
        )}
        rowKey={({ country }) => country}
        empty={null}
      />
      {edited && (
        <EditHolidays
          row={edited === 'new' ? null : edited}
          taken={calendars.data?.map(({ country }) => country) ?? []}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  );
}

/** How the first of a month is written where it is not a plain number; Intl knows it nowhere. */
const firsts: Record<string, string> = { fr: '1er', it: '1º' };

/** "14 July": the day, not an instant, so no zone may move it. */
export function dayText(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' })
    .formatToParts(new Date(`${date}T00:00:00Z`))
    .map(({ type, value }) => (type === 'day' && value === '1' ? (firsts[language.slice(0, 2)] ?? value) : value))
    .join('');
}
