import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnderWay } from '@/api/imports';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import type { Chosen } from './ChooseFile';
import { ColumnsTable } from './ColumnsTable';
import { DryRun } from './DryRun';
import classes from './PrepareImport.module.css';
import { sampleRows } from './sampleRows';
import { useImport, useSendImport, type Wishes } from './useImports';
import { WhenItGoesIn } from './WhenItGoesIn';

/** The columns and the dry run side by side: what is changed at the left is tried anew at the right. Nothing is written before the button. */
export function PrepareImport({
  chosen,
  onStarted,
  onOther,
}: {
  chosen: Chosen;
  onStarted: (id: string) => void;
  onOther: () => void;
}) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { file, kind, event, journey } = chosen;
  const [wishes, setWishes] = useState<Wishes>({ event, journey, dateFormats: [], tags: [], startJourneys: false });
  const [share, setShare] = useState(0);
  const trial = useSendImport(setShare);
  const start = useSendImport(setShare);
  const tried = useImport(trial.data?.id);
  const check = tried.data;
  const ready = check !== undefined && !isUnderWay(check);

  const { mutate } = trial;
  const sent = useRef('');
  useEffect(() => {
    // What stands in `when it goes in` changes nothing of what the rows are, so it is not tried.
    const order = JSON.stringify({ ...wishes, tags: [], startJourneys: false });
    if (sent.current === order) return;
    sent.current = order;
    mutate({ file, kind, wishes: { ...wishes, dryRun: true } });
  }, [file, kind, wishes, mutate]);

  const samples = useQuery({
    queryKey: ['samples', file.name, file.lastModified, check?.delimiter, check?.encoding],
    enabled: Boolean(check?.delimiter),
    queryFn: () => sampleRows(file, check?.delimiter ?? ',', check?.encoding ?? 'utf-8'),
  });
  const problem = trial.error ?? start.error;
  const good = check ? check.rows - check.bad : 0;
  return (
    <>
      {problem && (
        <Alert color="red" mb="md" role="alert" title={t('imports.refused')}>
          {problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message}
        </Alert>
      )}
      {check?.error && (
        <Alert color="red" mb="md" role="alert" title={t('imports.refused')}>
          {check.error.text}
        </Alert>
      )}
      <div className={classes.panes}>
        <ColumnsTable
          kind={kind}
          columns={check?.columns as Record<string, string | null> | undefined}
          samples={samples.data}
          chosen={wishes.columns as Record<string, string> | undefined}
          onChange={(columns) => setWishes({ ...wishes, columns })}
        />
        <div className={classes.side}>
          <DryRun
            check={check}
            ready={ready}
            share={trial.isPending ? share : 1}
            dateFormats={wishes.dateFormats ?? []}
            country={wishes.country ?? null}
            onChange={(more) => setWishes({ ...wishes, ...more })}
          />
          {kind !== 'enrolments' && (
            <WhenItGoesIn
              tags={wishes.tags ?? []}
              startJourneys={wishes.startJourneys ?? false}
              onChange={(more) => setWishes({ ...wishes, ...more })}
            />
          )}
          <Card>
            {start.isPending && <Progress value={share * 100} mb="sm" aria-label={t('imports.sending')} />}
            <Group gap="xs" justify="space-between">
              <Button variant="default" onClick={onOther}>
                {t('imports.other')}
              </Button>
              <Button
                disabled={!ready || good === 0 || Boolean(check?.error)}
                loading={start.isPending}
                onClick={() =>
                  start.mutate(
                    { file, kind, wishes: { ...wishes, dryRun: false, again: true } },
                    { onSuccess: ({ id }) => onStarted(id) },
                  )
                }
              >
                {t(kind === 'enrolments' ? 'imports.enter' : 'imports.start', { count: good, number: number(good) })}
              </Button>
            </Group>
            <Text size="xs" c="dimmed" mt="sm">
              {t('imports.nothingYet')}
            </Text>
          </Card>
        </div>
      </div>
    </>
  );
}
