import { Button, Chip, Group, Skeleton } from '@mantine/core';
import { IconBolt, IconNote, IconPencil, IconRoute2, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import classes from './Life.module.css';
import { type Day, daysOf, KINDS } from './timelineDays';
import { useTimeline } from './useContact';
import { type LineKind, useTimelineLines } from './useTimelineLines';

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
  const { date } = useFormats();
  const timeline = useTimeline(id);
  const lines = useTimelineLines();
  const [kinds, setKinds] = useState<string[]>([]);
  if (timeline.isLoadingError) return <Failure error={timeline.error} onRetry={() => void timeline.refetch()} />;
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
  const told = items.map((item) => ({ cursor: item.cursor, at: item.at, lines: lines(item) }));
  const days = daysOf(told, (at) => date(at), new Set(kinds as LineKind[]));
  return (
    <div className={classes.body}>
      <AsOf query={timeline} />
      <Chip.Group multiple value={kinds} onChange={setKinds}>
        <Group gap={6} mb="sm" role="group" aria-label={t('contacts.life.kinds')}>
          {KINDS.map((kind) => (
            <Chip key={kind} value={kind} size="xs">
              {t(`contacts.life.kind.${kind}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {days.length === 0 && <p className={classes.none}>{t('contacts.life.noneOfKind')}</p>}
      {days.map((day) => (
        <OneDay key={day.day} day={day} />
      ))}
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

/** A day folds to its line: how much came about in it stays told. */
function OneDay({ day: { day, rows } }: { day: Day }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  return (
    <details className={classes.fold} open>
      <summary>
        <h3 className={classes.day}>{day}</h3>
        <span className={classes.count}>{t('contacts.life.many', { count: rows.length })}</span>
      </summary>
      <ul className={classes.items}>
        {rows.map(({ key, at, line: { kind, what, more } }) => {
          const Icon = icons[kind];
          return (
            <li key={key} className={classes.item}>
              <span className={classes.icon} data-journey={kind === 'journey' || undefined}>
                <Icon size={15} stroke={1.6} aria-hidden />
              </span>
              <div>
                <div className={classes.what} data-note={kind === 'note' || undefined}>
                  {what}
                </div>
                {more && <div className={classes.more}>{more}</div>}
              </div>
              <time className={classes.time} dateTime={at}>
                {time(at)}
              </time>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
