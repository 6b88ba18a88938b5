import { Select, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import { ContactCounts } from './ContactCounts';
import { CountrySelect } from './CountrySelect';
import { ImportPace } from './ImportPace';
import { PartsBar } from './PartsBar';
import classes from './PrepareImport.module.css';
import type { Wishes } from './useImports';

interface Props {
  import: Import;
  ready: boolean;
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
}

const DATES = ['dd/MM/yyyy', 'MM/dd/yyyy', 'dd.MM.yyyy', 'd/M/yyyy'] as const;

/** What would go in. Days, months and countries are never guessed: they are asked. */
export function DryRun({ import: check, ready, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const form = wishes.dateFormats?.[0] ?? null;
  return (
    <Card
      title={t('imports.dryRun')}
      aside={<Chip tone={ready ? 'success' : 'accent'}>{t(ready ? 'imports.nothingWritten' : 'imports.looking')}</Chip>}
    >
      {ready ? (
        <>
          <div>
            <span className={classes.big}>{number(check.rows - check.bad)}</span>{' '}
            <Text component="span" c="var(--p-ink-2)">
              {t('imports.canGoIn', { count: check.rows, number: number(check.rows) })}
            </Text>
          </div>
          {check.foreseen ? (
            <ContactCounts import={check} />
          ) : (
            <PartsBar
              parts={[
                { color: 'var(--p-success)', rows: check.rows - check.bad },
                { color: 'var(--p-danger)', rows: check.bad },
              ]}
            />
          )}
        </>
      ) : (
        <div role="status">
          <Skeleton height={40} width={160} mb="sm" />
          <ImportPace import={check} />
        </div>
      )}
      <Stack gap="sm" mt="md">
        <Select
          label={t('imports.dates')}
          description={t('imports.datesHint')}
          clearable
          value={form}
          data={form && !DATES.some((one) => one === form) ? [form, ...DATES] : [...DATES]}
          onChange={(value) => onChange({ dateFormats: value ? [value] : [] })}
        />
        <CountrySelect value={wishes.country ?? null} onChange={(country) => onChange({ country })} />
      </Stack>
    </Card>
  );
}
