import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { propertiesQuery, topicsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { Doubt } from './Doubt';
import { Guess } from './Guess';
import classes from './PrepareImport.module.css';
import { LEFT_OUT, type MappedColumn, targetOf, targetsOf } from './targets';
import type { Wishes } from './useImports';

interface Props {
  kind: Import['kind'];
  columns: readonly MappedColumn[];
  /** Nothing is known yet: the file is looked at for the first time. */
  looking: boolean;
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
}

/** Each column with its first values, what becomes of it, and how sure that is. */
export function ColumnsTable({ kind, columns, looking, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const catalogue = { properties: useQuery(propertiesQuery).data ?? [], topics: useQuery(topicsQuery).data ?? [] };
  const nameOf = (group: string, name: string, value: string) => {
    if (group === 'identity' || group === 'who') return t(`imports.target.${name as 'email'}`, { defaultValue: name });
    if (group === 'new')
      return t('imports.target.new', {
        name: value.slice('property:'.length, -name.length - 1),
        type: t(`imports.type.${name as 'text'}`),
      });
    if (group === 'consent') return t('imports.target.consent', { topic: name });
    return name === LEFT_OUT ? t('imports.target.leftOut') : name;
  };
  const say = (column: string, becomes: string, more: Wishes = {}) =>
    onChange({ ...more, columns: { ...(wishes.columns as Record<string, string> | undefined), [column]: becomes } });
  const cells: readonly Column<MappedColumn>[] = [
    { key: 'column', head: t('imports.column'), cell: ({ column }) => <strong>{column}</strong> },
    {
      key: 'samples',
      head: t('imports.samples'),
      wide: true,
      cell: ({ samples }) => (
        <div className={classes.samples}>
          {samples.map((value, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second row, which are always these.
            <div key={row}>{value || t('imports.empty')}</div>
          ))}
        </div>
      ),
    },
    {
      key: 'becomes',
      head: t('imports.becomes'),
      width: 250,
      cell: (mapped) => (
        <>
          <Select
            aria-label={t('imports.becomesOf', { column: mapped.column })}
            allowDeselect={false}
            searchable
            value={targetOf(mapped, catalogue, kind)}
            data={targetsOf(mapped, catalogue, kind).map(({ group, items }) => ({
              group: t(kind === 'contacts' || group !== 'new' ? `imports.group.${group}` : `imports.group.${kind}`),
              items: items.map(({ value, name: item }) => ({ value, label: nameOf(group, item, value) })),
            }))}
            onChange={(value) => value && say(mapped.column, value)}
          />
          <Doubt
            column={mapped}
            onSay={(becomes, more) => say(mapped.column, becomes, more)}
            onChange={onChange}
            country={wishes.country ?? null}
          />
        </>
      ),
    },
    { key: 'guess', head: t('imports.guess.head'), width: 130, cell: ({ guess }) => <Guess guess={guess} /> },
  ];
  const toLookAt = columns.filter(({ guess }) => guess === 'look').length;
  return (
    <div>
      {toLookAt > 0 && (
        <div className={classes.toLookAt}>
          <Chip tone="warning">{t('imports.toLookAt', { count: toLookAt, number: number(toLookAt) })}</Chip>
        </div>
      )}
      <DataTable
        label={t(kind === 'events' ? 'imports.columnsOfEvents' : 'imports.columns')}
        columns={cells}
        rows={looking && columns.length === 0 ? undefined : columns}
        rowKey={({ column }) => column}
        rowTone={({ guess }) => (guess === 'look' ? 'warning' : undefined)}
      />
    </div>
  );
}
