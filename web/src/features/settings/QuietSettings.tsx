import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quietQuery } from '@/api/queries';
import { useSay } from '@/lib/say';
import { listText } from '@/ui/conditions/telling';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { useQuietInWords } from '@/ui/useQuietInWords';
import { countryName } from './countries';
import { EditQuiet, type QuietRow } from './EditQuiet';
import { Holidays } from './Holidays';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteQuiet } from './useCatalogue';

/** When nothing is sent, where whoever would get it lives; and which days are holidays there. */
export function QuietSettings() {
  const { t } = useTranslation();
  const when = useQuietInWords();
  const { language } = useSay();
  const rules = useQuery(quietQuery);
  const remove = useDeleteQuiet();
  const [edited, setEdited] = useState<QuietRow | 'new' | null>(null);
  const columns: readonly Column<QuietRow>[] = [
    { key: 'name', head: t('settings.name'), cell: ({ id }) => <RowTitle title={id} /> },
    { key: 'says', head: t('settings.quiet.says'), cell: ({ value }) => (value ? when(value) : '–') },
    {
      key: 'where',
      head: t('settings.quiet.where'),
      cell: ({ value }) =>
        value?.countries?.length
          ? listText(
              language,
              value.countries.map((code) => countryName(code, language)),
              'conjunction',
            )
          : t('settings.quiet.everywhere'),
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (row) => (
        <RowMenu
          name={row.id}
          onEdit={() => setEdited(row)}
          removeText={t('settings.delete')}
          removeTitle={t('settings.quiet.deleteTitle', { name: row.id })}
          removeWhy={t('settings.quiet.deleteText')}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (rules.isError) return <Failure error={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <>
      <Section lead={t('settings.quiet.lead')} add={t('settings.quiet.new')} onAdd={() => setEdited('new')}>
        <DataTable
          label={t('settings.tabs.quiet')}
          columns={columns}
          rows={rules.data}
          rowKey={({ id }) => id}
          empty={<Empty title={t('settings.quiet.none')} text={t('settings.quiet.noneText')} />}
        />
      </Section>
      <Title order={2} size="h3" mt="xl" mb="sm">
        {t('settings.holidays.title')}
      </Title>
      <Holidays />
      {edited && <EditQuiet row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
