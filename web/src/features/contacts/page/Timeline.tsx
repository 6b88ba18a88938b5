import { Button, Skeleton } from '@mantine/core';
import { IconBolt, IconNote, IconPencil, IconRoute2, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { Failure } from '@/ui/Failure';
import classes from './Life.module.css';
import { useTimeline } from './useContact';
import { type Line, type LineKind, useTimelineLines } from './useTimelineLines';

const icons: Record<LineKind, typeof IconBolt> = {
  event: IconBolt,
  note: IconNote,
  change: IconPencil,
  segment: IconUsersGroup,
  journey: IconRoute2,
};

/** Events, changes and steps of journeys, by day, the newest first. */
export function Timeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const timeline = useTimeline(id);
  const lines = useTimelineLines();
  if (timeline.isError) return <Failure error={timeline.error} onRetry={() => void timeline.refetch()} />;
  if (!timeline.data)
    return (
      <div className={classes.body}>
        <Skeleton height={28} mb="sm" />
        <Skeleton height={28} mb="sm" />
        <Skeleton height={28} />
      </div>
    );
  const items = timeline.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className={classes.none}>{t('contacts.life.nothing')}</p>;
  return (
    <div className={classes.body}>
      <Days items={items} lines={lines} />
      {timeline.hasNextPage && (
        <div className={classes.older}>
          <Button variant="default" size="xs" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
            {t('contacts.life.older')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Days({
  items,
  lines,
}: {
  items: readonly Schemas['TimelineView'][];
  lines: (item: Schemas['TimelineView']) => readonly Line[];
}) {
  const { date, time } = useFormats();
  const days = new Map<string, Schemas['TimelineView'][]>();
  for (const item of items) days.set(date(item.at), [...(days.get(date(item.at)) ?? []), item]);
  return [...days].map(([day, ofDay]) => (
    <section key={day}>
      <h3 className={classes.day}>{day}</h3>
      <ul className={classes.items}>
        {ofDay.flatMap((item) =>
          lines(item).map(({ kind, what, more }, index) => {
            const Icon = icons[kind];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one item are made anew together, and never move.
              <li key={`${item.cursor}.${index}`} className={classes.item}>
                <span className={classes.icon} data-journey={kind === 'journey' || undefined}>
                  <Icon size={15} stroke={1.6} aria-hidden />
                </span>
                <div>
                  <div className={classes.what} data-note={kind === 'note' || undefined}>
                    {what}
                  </div>
                  {more && <div className={classes.more}>{more}</div>}
                </div>
                <time className={classes.time} dateTime={item.at}>
                  {time(item.at)}
                </time>
              </li>
            );
          }),
        )}
      </ul>
    </section>
  ));
}
