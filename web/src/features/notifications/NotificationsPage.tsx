import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, take } from '@/api/client';
import { Card } from '@/ui/Card';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { ToldItem } from '@/ui/notices/ToldItem';
import { useInbox, useRead } from '@/ui/notices/useInbox';
import { Page } from '@/ui/Page';
import { Pager } from '@/ui/table/Pager';
import { useKeyset } from '@/ui/table/useKeyset';
import classes from './NotificationsPage.module.css';

const A_PAGE = 30;

/** All that one was told, newest first, for as long as it is kept. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<'all' | 'unread'>('all');
  const unread = useInbox().data?.unread ?? 0;
  const read = useRead();
  const { after, begin, newer, older } = useKeyset();
  const told = useQuery({
    queryKey: ['notifications', which, after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/me/notifications', { params: { query: { unread: which === 'unread', limit: A_PAGE, after } }, signal }),
      ),
  });
  const items = told.data?.items;
  return (
    <Page
      title={t('frame.notifications.title')}
      below={t('frame.notifications.lead')}
      narrow
      actions={
        <Button variant="default" component={Link} to="/profile">
          {t('frame.notifications.byMail')}
        </Button>
      }
    >
      <Group justify="space-between" gap="sm" mb="md">
        <SegmentedControl
          aria-label={t('frame.notifications.which')}
          value={which}
          onChange={(value) => {
            setWhich(value as typeof which);
            begin();
          }}
          data={[
            { value: 'all', label: t('frame.notifications.everything') },
            { value: 'unread', label: t('frame.notifications.unread', { count: unread }) },
          ]}
        />
        <Button variant="subtle" disabled={unread === 0} loading={read.isPending} onClick={() => read.mutate(undefined)}>
          {t('frame.notifications.allRead')}
        </Button>
      </Group>
      {told.isError && !items ? (
        <Failure error={told.error} onRetry={() => void told.refetch()} />
      ) : !items ? (
        <Skeleton height={240} />
      ) : (
        <Card>
          {items.length === 0 ? (
            <Empty title={t(`frame.notifications.empty.${which}`)} text={t('frame.notifications.emptyText')} />
          ) : (
            <ul className={classes.list} aria-label={t('frame.notifications.title')}>
              {items.map((one) => (
                <ToldItem key={one.id} told={one} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <Group justify="flex-end" mt="md">
        <Pager onNewer={newer} onOlder={older(told.data?.next)} />
      </Group>
    </Page>
  );
}
