import { Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { propertiesQuery, topicsQuery } from '@/api/queries';
import { type Column, DataTable } from '@/ui/table/DataTable';
import classes from './PrepareImport.module.css';
import { LEFT_OUT, targetsOf } from './targets';

interface Props {
  kind: Import['kind'];
  /** What the server takes each column for; null leaves it out. Undefined while it looks. */
  columns: Record<string, string | null> | undefined;
  samples: ReadonlyMap<string, readonly string[]> | undefined;
  chosen: Record<string, string> | undefined;
  onChange: (columns: Record<string, string>) => void;
}

/** Each column with its first values, and what becomes of it. */
export function ColumnsTable({ kind, columns, samples, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data ?? [];
  const topics = useQuery(topicsQuery).data ?? [];
  const names = Object.keys(columns ?? {});
  const nameOf = (group: string, name: string) => {
    if (group === 'identity' || group === 'who') return t(`imports.target.${name as 'email'}`, { defaultValue: name });
    if (group === 'new')
      return t(kind === 'enrolments' ? 'imports.target.data' : 'imports.target.new', {
        type: t(`imports.type.${name as 'text'}`),
      });
    if (group === 'consent') return t('imports.target.consent', { topic: name });
    // What the server took a column for by itself it tells in words: "property city (text)".
    const [, property, type] = name.match(/^(?:event )?property (.+) \((\w+)\)$/) ?? [];
    if (property && type)
      return t('imports.target.property', { name: property, type: t(`imports.type.${type as 'text'}`, { defaultValue: type }) });
    return name === LEFT_OUT ? t('imports.target.leftOut') : name;
  };
  const cells: readonly Column<string>[] = [
    { key: 'column', head: t('imports.column'), cell: (name) => <strong>{name}</strong> },
    {
      key: 'samples',
      head: t('imports.samples'),
      cell: (name) => (
        <div className={classes.samples}>
          {samples ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second row, which are always these.
            (samples.get(name) ?? []).map((value, row) => <div key={row}>{value || t('imports.empty')}</div>)
          ) : (
            <Skeleton height={12} width="60%" />
          )}
        </div>
      ),
    },
    {
      key: 'becomes',
      head: t('imports.becomes'),
      width: 260,
      cell: (name) => {
        const guess = columns?.[name] ?? LEFT_OUT;
        return (
          <Select
            aria-label={t('imports.becomesOf', { column: name })}
            allowDeselect={false}
            searchable
            value={chosen?.[name] ?? guess}
            data={targetsOf(name, guess, { properties, topics }, kind).map(({ group, items }) => ({
              group: t(kind === 'enrolments' && group === 'new' ? 'imports.group.data' : `imports.group.${group}`),
              items: items.map(({ value, name: item }) => ({ value, label: nameOf(group, item) })),
            }))}
            onChange={(value) => value && onChange({ ...chosen, [name]: value })}
          />
        );
      },
    },
  ];
  return (
    <DataTable
      label={t(kind === 'events' ? 'imports.columnsOfEvents' : 'imports.columns')}
      columns={cells}
      rows={columns ? names : undefined}
      rowKey={(name) => name}
    />
  );
}
