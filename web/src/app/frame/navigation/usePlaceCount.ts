import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sandboxCountQuery } from '@/api/sandbox';
import { useTaskCount } from '@/ui/tasks/useTasks';

interface PlaceCount {
  number: number;
  /** There are more than these. */
  more: boolean;
  label: string;
}

/** What waits at a place of the navigation, and is told there; null where nothing does. */
export function usePlaceCount(to: string): PlaceCount | null {
  const { t } = useTranslation();
  const open = useTaskCount().data?.open ?? 0;
  const mails = useQuery({ ...sandboxCountQuery, enabled: to === '/sandbox' }).data;
  if (to === '/tasks' && open > 0) return { number: open, more: false, label: t('tasks.openMine', { count: open }) };
  if (to === '/sandbox' && mails && mails.unseen > 0)
    return { number: mails.unseen, more: mails.more, label: t('sandbox.unseen', { count: mails.unseen }) };
  return null;
}
