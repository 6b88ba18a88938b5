import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/ui/Card';
import { TaskForm } from '@/ui/tasks/TaskForm';
import { TaskList } from '@/ui/tasks/TaskList';
import { useTasks } from '@/ui/tasks/useTasks';
import classes from './Life.module.css';

/** What people shall do about the contact. */
export function Tasks({ id }: { id: string }) {
  const { t } = useTranslation();
  const tasks = useTasks({ contact: id });
  const [making, make] = useDisclosure();
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      title={t('tasks.page')}
      flush={items.length > 0}
      aside={
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={make.open}>
          {t('tasks.new')}
        </Button>
      }
    >
      {items.length > 0 ? (
        <TaskList
          tasks={items}
          withContact={false}
          onMore={tasks.hasNextPage ? () => void tasks.fetchNextPage() : undefined}
          loadingMore={tasks.isFetchingNextPage}
        />
      ) : (
        <p className={classes.none}>{t('tasks.noneAbout')}</p>
      )}
      {making && <TaskForm task={null} contact={id} onClose={make.close} />}
    </Card>
  );
}
