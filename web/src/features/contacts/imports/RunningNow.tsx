import { Button, Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importsQuery, isUnderWay } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { ImportPace } from './ImportPace';
import { useCancelImport } from './useImports';

/** Other imports that go in meanwhile. */
export function RunningNow({ but }: { but?: string }) {
  const { t } = useTranslation();
  const { share } = useFormats();
  const cancel = useCancelImport();
  const running =
    useQuery(importsQuery).data?.items.filter((one) => isUnderWay(one) && !one.wishes.dryRun && one.id !== but) ?? [];
  if (running.length === 0) return null;
  return (
    <Card title={t('imports.runningNow')}>
      {running.map((one) => (
        <div key={one.id}>
          <Group justify="space-between" wrap="nowrap">
            <Link to={`/contacts/imports/${one.id}`}>{one.file}</Link>
            <Text size="sm" c="var(--p-ink-2)">
              {share(one.progress, 1)}
            </Text>
          </Group>
          <Progress value={one.progress * 100} my={6} aria-label={t('imports.progressOf', { file: one.file })} />
          <Group justify="space-between" wrap="nowrap">
            <ImportPace import={one} />
            <Button size="compact-sm" variant="subtle" onClick={() => cancel.mutate(one.id)}>
              {t('imports.stop')}
            </Button>
          </Group>
        </div>
      ))}
    </Card>
  );
}
