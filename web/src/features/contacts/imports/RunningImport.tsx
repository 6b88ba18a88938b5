import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isUnderWay } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Card } from '@/ui/Card';
import { Failure } from '@/ui/Failure';
import { Stat, Stats } from '@/ui/Stat';
import { ImportChip } from './ImportChip';
import { useCancelImport, useImport } from './useImports';

/** How far it is, and what came of it. It goes on by itself: the page may be left. */
export function RunningImport({ id, onAgain }: { id: string; onAgain: () => void }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const asked = useImport(id);
  const { data } = asked;
  const cancel = useCancelImport();
  if (asked.isLoadingError) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />;
  if (!data) return null;
  const under = isUnderWay(data);
  return (
    <Card title={data.file} aside={<ImportChip status={data.status} />}>
      <AsOf query={asked} />
      {under && (
        <>
          <Progress value={data.progress * 100} aria-label={t('imports.progress')} />
          <Text size="sm" c="dimmed" mt="xs" role="status">
            {t('imports.done', { count: data.processed, number: number(data.processed), share: share(data.progress, 1) })}
          </Text>
          <Text size="sm" c="var(--p-ink-2)" mt="sm">
            {t('imports.goesOn')}
          </Text>
        </>
      )}
      {data.error && (
        <Text c="var(--p-danger)" role="alert">
          {data.error.text}
        </Text>
      )}
      {!under && (
        <Stats>
          <Stat
            label={t(data.kind === 'enrolments' ? 'imports.entered' : 'imports.imported')}
            value={number(data.kind === 'enrolments' ? (data.entered ?? 0) : data.imported)}
          />
          {data.kind === 'enrolments' && <Stat label={t('imports.notEntered')} value={number(data.partly)} />}
          <Stat label={t('imports.duplicates')} value={number(data.duplicates)} />
          <Stat label={t('imports.bad')} value={number(data.bad)} />
        </Stats>
      )}
      <Group gap="xs" mt="md">
        {under && (
          <Button variant="default" onClick={() => cancel.mutate(id)} loading={cancel.isPending}>
            {t('imports.stop')}
          </Button>
        )}
        {!under && data.hasRejects && (
          <Button component="a" href={`/api/v1/imports/${encodeURIComponent(id)}/rejects`} download variant="default">
            {t('imports.download')}
          </Button>
        )}
        {!under && (
          <>
            <Button variant="default" onClick={onAgain}>
              {t('imports.again')}
            </Button>
            <Button component={Link} to="/contacts">
              {t('imports.toContacts')}
            </Button>
          </>
        )}
      </Group>
    </Card>
  );
}
