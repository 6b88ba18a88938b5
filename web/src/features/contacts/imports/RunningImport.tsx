import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Import, isUnderWay } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Card } from '@/ui/Card';
import { Stat, Stats } from '@/ui/Stat';
import { BadRows } from './BadRows';
import { ContactCounts } from './ContactCounts';
import { ImportChip } from './ImportChip';
import { ImportErrors } from './ImportErrors';
import { ImportPace } from './ImportPace';
import { rejectsOf } from './rejectsOf';
import { useCancelImport, type useImport } from './useImports';

/** How far it is, and what came of it. It goes on by itself: the page may be left. */
export function RunningImport({ import: data, asked }: { import: Import; asked: ReturnType<typeof useImport> }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormats();
  const cancel = useCancelImport();
  const under = isUnderWay(data);
  return (
    <Stack gap="md">
      <Card title={data.file} aside={<ImportChip status={data.status} />}>
        <AsOf query={asked} />
        {under && (
          <>
            <Progress value={data.progress * 100} mb="xs" aria-label={t('imports.progress')} />
            <div role="status">
              <ImportPace import={data} />
            </div>
            <Text size="sm" c="var(--p-ink-2)" mt="sm">
              {t('imports.goesOn')}
            </Text>
          </>
        )}
        {data.error && <ImportErrors error={data.error} />}
        {data.kind === 'contacts' ? (
          <ContactCounts import={data} />
        ) : (
          !under && (
            <Stats>
              <Stat
                label={t(data.kind === 'enrolments' ? 'imports.entered' : 'imports.imported')}
                value={number(data.kind === 'enrolments' ? data.entered : data.imported)}
              />
              {data.kind === 'enrolments' && <Stat label={t('imports.notEntered')} value={number(data.partly)} />}
              {data.kind === 'events' && <Stat label={t('imports.made')} value={number(data.made)} />}
              <Stat label={t('imports.duplicates')} value={number(data.duplicates)} />
              <Stat label={t('imports.bad')} value={number(data.bad)} />
            </Stats>
          )
        )}
        {data.kind === 'contacts' && data.partly > 0 && (
          <Text size="sm" mt="sm">
            {t('imports.partly', { count: data.partly, number: number(data.partly) })}
          </Text>
        )}
        <Group gap="xs" mt="md">
          {under && (
            <Button variant="default" onClick={() => cancel.mutate(data.id)} loading={cancel.isPending}>
              {t('imports.stop')}
            </Button>
          )}
          {!under && data.hasRejects && data.bad === 0 && (
            <Button component="a" href={rejectsOf(data.id, i18n.language)} download variant="default">
              {t('imports.download')}
            </Button>
          )}
          {!under && (
            <>
              <Button component={Link} to="/contacts/import" variant="default">
                {t('imports.again')}
              </Button>
              <Button component={Link} to="/contacts">
                {t('imports.toContacts')}
              </Button>
            </>
          )}
        </Group>
      </Card>
      <BadRows import={data} />
    </Stack>
  );
}
