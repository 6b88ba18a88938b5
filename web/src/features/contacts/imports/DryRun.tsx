import { Button, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import classes from './PrepareImport.module.css';
import type { Wishes } from './useImports';

interface Props {
  check: Import | undefined;
  ready: boolean;
  /** How much of the file has gone to the server. */
  share: number;
  dateFormats: readonly string[];
  country: string | null;
  onChange: (wishes: Wishes) => void;
}

const DATES = ['dd/MM/yyyy', 'MM/dd/yyyy', 'dd.MM.yyyy', 'd/M/yyyy'] as const;
const COUNTRIES = ['FR', 'IT', 'CH', 'BE', 'DE', 'AT', 'ES', 'PT', 'NL', 'LU', 'GB', 'IE', 'US', 'CA'] as const;

/** What would go in, and what would not, with its reasons. Days, months and countries are never guessed: they are asked. */
export function DryRun({ check, ready, share, dateFormats, country, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { number, share: percent } = useFormats();
  const reasons = Object.entries((check?.reasons ?? {}) as Record<string, number>).sort(([, a], [, b]) => b - a);
  const countries = new Intl.DisplayNames([i18n.language], { type: 'region' });
  return (
    <Card
      title={t('imports.dryRun')}
      aside={<Chip tone={ready ? 'success' : 'accent'}>{t(ready ? 'imports.nothingWritten' : 'imports.looking')}</Chip>}
    >
      {!check || !ready ? (
        <>
          <Skeleton height={40} width={160} mb="sm" />
          <Text size="sm" c="dimmed">
            {share < 1
              ? t('imports.sent', { share: percent(share, 1) })
              : t('imports.read', { count: check?.processed ?? 0, number: number(check?.processed ?? 0) })}
          </Text>
        </>
      ) : (
        <>
          <div>
            <span className={classes.big}>{number(check.rows - check.bad)}</span>{' '}
            <Text component="span" c="var(--p-ink-2)">
              {t('imports.canGoIn', { count: check.rows, number: number(check.rows) })}
            </Text>
          </div>
          <div className={classes.bar} aria-hidden>
            <span className={classes.good} style={{ flexGrow: check.rows - check.bad }} />
            <span className={classes.bad} style={{ flexGrow: check.bad }} />
          </div>
          {check.bad > 0 && (
            <>
              <Text fw={600}>{t('imports.badRows', { count: check.bad, number: number(check.bad) })}</Text>
              <ul className={classes.reasons}>
                {reasons.map(([reason, count]) => (
                  <li key={reason}>
                    <span>{reasonText(t, { code: reason, text: reason })}</span>
                    <span>{number(count)}</span>
                  </li>
                ))}
              </ul>
              {check.examples.slice(0, 5).map(({ row, line, text }) => (
                <Text key={row} size="sm" mt={6} className={classes.example}>
                  {t('imports.line', { line: number(line), text })}
                </Text>
              ))}
              {check.hasRejects && (
                <Button
                  component="a"
                  href={`/api/v1/imports/${encodeURIComponent(check.id)}/rejects`}
                  download
                  size="xs"
                  variant="default"
                  mt="sm"
                >
                  {t('imports.download')}
                </Button>
              )}
            </>
          )}
        </>
      )}
      <Stack gap="sm" mt="md">
        <Select
          label={t('imports.dates')}
          description={t('imports.datesHint')}
          clearable
          value={dateFormats[0] ?? null}
          data={[...DATES]}
          onChange={(value) => onChange({ dateFormats: value ? [value] : [] })}
        />
        <Select
          label={t('imports.country')}
          description={t('imports.countryHint')}
          clearable
          searchable
          value={country}
          data={COUNTRIES.map((value) => ({ value, label: countries.of(value) ?? value }))}
          onChange={(value) => onChange({ country: value })}
        />
      </Stack>
    </Card>
  );
}
