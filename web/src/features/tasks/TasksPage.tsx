import { Box, Button, Group, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { journeyNamesQuery, teamsQuery } from '@/api/queries';
import { useMe } from '@/api/useSession';
import { Card } from '@/ui/Card';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { TaskForm } from '@/ui/tasks/TaskForm';
import { TaskList } from '@/ui/tasks/TaskList';
import { sortTasks, TASK_ORDERS, type TaskOrder } from '@/ui/tasks/taskOrder';
import { type TaskFilter, useTask, useTaskCount, useTasks } from '@/ui/tasks/useTasks';

const views = ['mine', 'teams', 'nobodys', 'all', 'done'] as const;
type View = (typeof views)[number];

/** More are not read at once; whoever has more of them keeps to due dates. */
const sortedMax = 500;

const filters: Record<View, TaskFilter> = {
  mine: { assignee: 'me' },
  teams: { assignee: 'teams' },
  nobodys: { assignee: 'none' },
  all: {},
  done: { state: 'done' },
};

/** What people shall do: made by journeys and by hand, under when it is due. */
export function TasksPage() {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('mine');
  const [journey, setJourney] = useState<string | null>(null);
  const me = useMe();
  const inTeam = useQuery(teamsQuery).data?.some(({ value }) => value?.members.includes(me.email)) ?? false;
  const [making, make] = useDisclosure();
  const journeys = useQuery(journeyNamesQuery).data;
  const count = useTaskCount().data;
  // Whoever comes from a notification finds its task first, in whatever list it stands.
  const told = useSearchParams()[0].get('task');
  const toldTask = useTask(told).data;
  const tasks = useTasks({ ...filters[view], ...(journey ? { journey } : {}) });
  const loaded = tasks.data?.pages.flatMap((page) => page.items);
  const [order, setOrder] = useState<TaskOrder>('due');
  const sorts = view !== 'done' && order !== 'due';
  const items = loaded && (sorts ? sortTasks(loaded, order) : loaded);
  // The server sorts by due date: for another order all have to be here.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tasks;
  const more = sorts && hasNextPage && !isFetchingNextPage && (loaded?.length ?? 0) < sortedMax;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  return (
    <Page
      title={t('tasks.page')}
      below={t('tasks.lead')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={make.open}>
          {t('tasks.new')}
        </Button>
      }
    >
      {toldTask && (
        <Box mb="md">
          <Card flush>
            <TaskList key={toldTask.id} tasks={[toldTask]} flat openAtFirst={toldTask.id} />
          </Card>
        </Box>
      )}
      <Group justify="space-between" gap="sm" mb="md">
        <SegmentedControl
          aria-label={t('tasks.views')}
          value={view}
          onChange={(value) => setView(value as View)}
          // Who is in no team is not asked about teams.
          data={views
            .filter((value) => value !== 'teams' || inTeam)
            .map((value) => ({
              value,
              label: value === 'mine' && count ? t('tasks.view.mineCount', { count: count.open }) : t(`tasks.view.${value}`),
            }))}
        />
        <Group gap="xs">
          <Select
            aria-label={t('tasks.ofJourney')}
            placeholder={t('tasks.allJourneys')}
            clearable
            searchable
            value={journey}
            onChange={setJourney}
            data={[...(journeys ?? [])].map(([value, { name }]) => ({ value, label: name }))}
          />
          {view !== 'done' && (
            <Select
              aria-label={t('tasks.sort')}
              w={170}
              allowDeselect={false}
              value={order}
              onChange={(value) => setOrder(TASK_ORDERS.find((one) => one === value) ?? 'due')}
              data={TASK_ORDERS.map((value) => ({ value, label: t(`tasks.order.${value}`) }))}
            />
          )}
        </Group>
      </Group>
      {tasks.isError && !items ? (
        <Failure error={tasks.error} onRetry={() => void tasks.refetch()} />
      ) : !items ? (
        <Skeleton height={180} />
      ) : items.length === 0 ? (
        <Card>
          <Empty title={t(`tasks.empty.${view}`)} text={t('tasks.emptyText')} />
        </Card>
      ) : (
        <Card flush>
          <TaskList
            tasks={items}
            flat={sorts}
            onMore={tasks.hasNextPage ? () => void tasks.fetchNextPage() : undefined}
            loadingMore={tasks.isFetchingNextPage}
          />
        </Card>
      )}
      {making && <TaskForm task={null} onClose={make.close} />}
    </Page>
  );
}
