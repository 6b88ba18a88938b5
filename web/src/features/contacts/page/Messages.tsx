import { Button, Skeleton, Text } from '@mantine/core';
import { IconMail, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { journeyNamesQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Chip, type ChipTone } from '@/ui/Chip';
import { Failure } from '@/ui/Failure';
import classes from './Life.module.css';
import { useMessages } from './useContact';

const tones: Record<string, ChipTone> = {
  pending: 'accent',
  sent: 'success',
  delivered: 'success',
  opened: 'success',
  clicked: 'success',
  failed: 'danger',
  bounced: 'danger',
  complained: 'danger',
  inDoubt: 'warning',
};

/** What was to be sent, and what became of it; what was held says why. */
export function Messages({ id }: { id: string }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const messages = useMessages(id);
  const journeys = useQuery(journeyNamesQuery).data;
  if (messages.isLoadingError) return <Failure error={messages.error} onRetry={() => void messages.refetch()} />;
  if (!messages.data)
    return (
      <div className={classes.body}>
        <Skeleton height={28} />
      </div>
    );
  const items = messages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className={classes.none}>{t('contacts.life.noMessages')}</p>;
  return (
    <div className={classes.body}>
      <AsOf query={messages} />
      <ul className={classes.items}>
        {items.map(({ key, channel, content, to, journey, point, status, why, decidedAt, settledAt, inSandbox }) => (
          <li key={key} className={classes.item}>
            <span className={classes.icon}>
              {channel === 'webhook' ? (
                <IconWebhook size={15} stroke={1.6} aria-hidden />
              ) : (
                <IconMail size={15} stroke={1.6} aria-hidden />
              )}
            </span>
            <div>
              <div className={classes.what}>
                {channel === 'webhook' ? (
                  <span style={{ overflowWrap: 'anywhere' }}>{to ?? content}</span>
                ) : (
                  // What left for good is not kept: then the report of its point tells what became of it.
                  <Link
                    to={
                      inSandbox
                        ? `/sandbox/${encodeURIComponent(key)}`
                        : `/journeys/${encodeURIComponent(journey)}?point=${encodeURIComponent(point)}&pane=report`
                    }
                  >
                    {content}
                  </Link>
                )}{' '}
                <Chip tone={tones[status] ?? 'plain'}>{t(`contacts.message.${status}`)}</Chip>
              </div>
              <div className={classes.more}>
                {journeys?.get(journey)?.name ?? journey}
                {why && ` · ${t(`contacts.why.${why}` as 'contacts.why.goal', { defaultValue: why })}`}
              </div>
            </div>
            <Text component="time" className={classes.time} dateTime={settledAt ?? decidedAt}>
              {dateTime(settledAt ?? decidedAt)}
            </Text>
          </li>
        ))}
      </ul>
      {messages.hasNextPage && (
        <div className={classes.older}>
          <Button variant="default" size="xs" loading={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
            {t('contacts.life.older')}
          </Button>
        </div>
      )}
    </div>
  );
}
