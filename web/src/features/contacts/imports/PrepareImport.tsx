import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type Import, isUnderWay } from '@/api/imports';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Page } from '@/ui/Page';
import { BadRows } from './BadRows';
import { ColumnsTable } from './ColumnsTable';
import { DryRun } from './DryRun';
import { ImportErrors } from './ImportErrors';
import { ImportSteps } from './ImportSteps';
import classes from './PrepareImport.module.css';
import { RunningNow } from './RunningNow';
import { useCancelImport, useCheckImport, useStartImport, type Wishes } from './useImports';
import { WhenItGoesIn } from './WhenItGoesIn';

/** The columns and the dry run side by side: what is changed at the left is tried anew at the right. Nothing is written before the button. */
export function PrepareImport({ import: one }: { import: Import }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const navigate = useNavigate();
  const { kind } = one;
  const [wishes, setWishes] = useState<Wishes>(one.wishes);
  const check = useCheckImport(one.id);
  const start = useStartImport(one.id);
  const cancel = useCancelImport();
  const ready = !isUnderWay(one) && !check.isPending;
  const good = one.rows - one.bad;
  const change = (more: Wishes) => {
    const next = { ...wishes, ...more };
    setWishes(next);
    check.mutate(next);
  };
  const other = () => void navigate('/contacts/import');
  const isImported = one.error?.code === 'import.already' || one.error?.code === 'import.begun';
  const go = (more: Wishes = {}) => start.mutate({ ...wishes, ...more });
  const problem = start.error ?? check.error;
  return (
    <Page
      title={t('imports.title')}
      aside={[one.file, one.rows > 0 && t('imports.rows', { count: one.rows, number: number(one.rows) })]
        .filter(Boolean)
        .join(' · ')}
      above={<Link to="/contacts">{t('contacts.title')}</Link>}
      actions={
        <>
          <Button
            variant="subtle"
            color="gray"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(one.id, { onSettled: other })}
          >
            {t('imports.other')}
          </Button>
          <Button disabled={!ready || good === 0 || Boolean(one.error)} loading={start.isPending} onClick={() => go()}>
            {t(kind === 'enrolments' ? 'imports.enter' : 'imports.start', { count: good, number: number(good) })}
          </Button>
        </>
      }
    >
      <ImportSteps step="check" import={one} />
      {problem && (
        <Alert color="red" mb="md" role="alert" title={t('imports.refused')}>
          {reasonText(t, problem.reasons[0] ?? { code: problem.code, text: problem.message })}
        </Alert>
      )}
      {one.error && ready && (
        <ImportErrors error={one.error}>
          {isImported && (
            <Button size="xs" variant="default" mt="sm" loading={start.isPending} onClick={() => go({ again: true })}>
              {t('imports.onceMore')}
            </Button>
          )}
        </ImportErrors>
      )}
      <div className={classes.panes}>
        <ColumnsTable kind={kind} columns={one.mapping} looking={!ready} wishes={wishes} onChange={change} />
        <div className={classes.side}>
          <DryRun import={one} ready={ready} wishes={wishes} onChange={change} />
          {ready && <BadRows import={one} />}
          {kind !== 'enrolments' && (
            <WhenItGoesIn
              tags={wishes.tags ?? []}
              startJourneys={wishes.startJourneys ?? false}
              // It changes nothing of what the rows are, so it is not tried.
              onChange={(more) => setWishes({ ...wishes, ...more })}
            />
          )}
          <RunningNow but={one.id} />
          <Text size="xs" c="dimmed">
            {t('imports.nothingYet')}
          </Text>
        </div>
      </div>
    </Page>
  );
}
