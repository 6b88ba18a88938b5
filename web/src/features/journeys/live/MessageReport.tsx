import { Group, Skeleton, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { type Choices, FigureChoices } from './FigureChoices';
import { getReport } from './liveApi';
import classes from './PointPane.module.css';
import { useSince } from './period';

const rows = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'skipped', 'failed'] as const;

/** What became of an e-mail's messages, and which links were followed. Shares are never shown without the number. */
export function MessageReport({ journey, point, choices }: { journey: string; point: string; choices: Choices }) {
  const { t } = useSay();
  const { number, share, dateTime } = useFormats();
  const since = useSince(choices.period);
  const { version } = choices;
  const report = useQuery({
    queryKey: ['journeys', journey, 'report', point, version, since],
    queryFn: () => getReport(journey, point, { version, since }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
  if (report.isPending) return <Skeleton height={220} />;
  if (report.isLoadingError) return <Failure error={report.error} onRetry={() => void report.refetch()} />;
  const { messages, links, from } = report.data;
  const decided = Math.max(1, messages.decided ?? 0, messages.sent ?? 0);
  const sent = messages.sent ?? 0;
  return (
    <div>
      <AsOf query={report} />
      <Group gap={8} mb="md" grow>
        <FigureChoices {...choices} />
      </Group>
      {from && (
        <Text size="sm" c="var(--p-ink-3)" mb="sm">
          {t('map.totals.since', { time: dateTime(from) })}
        </Text>
      )}
      <div className={classes.bars}>
        {rows
          .filter((row) => row === 'sent' || row === 'opened' || row === 'clicked' || (messages[row] ?? 0) > 0)
          .map((row) => {
            const value = messages[row] ?? 0;
            const of = row === 'sent' || row === 'skipped' || row === 'failed' ? decided : sent;
            return (
              <div key={row}>
                <div className={classes.barHead}>
                  <span>{t(`map.report.${row}`)}</span>
                  <span>
                    <b>{number(value)}</b> · {share(value, of)}
                  </span>
                </div>
                <div className={classes.bar} aria-hidden>
                  <span style={{ width: `${of === 0 ? 0 : Math.min(100, (100 * value) / of)}%` }} />
                </div>
              </div>
            );
          })}
      </div>
      <Title order={3} mt="lg" mb={6}>
        {t('map.report.links')}
      </Title>
      {links.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('map.report.noLinks')}
        </Text>
      ) : (
        <ul className={classes.edges}>
          {links.map((link) => (
            <li key={link.link}>
              <span>{link.link}</span>
              <b>{number(link.messages)}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
