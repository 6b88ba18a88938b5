import { Group, Chip as MantineChip, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { matchesWords } from '@/lib/matchesWords';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { SearchBox } from '@/ui/SearchBox';
import classes from './Gallery.module.css';
import { GalleryCard } from './GalleryCard';
import { GalleryPane } from './GalleryPane';

export type Ready = Schemas['GalleryView'];

/** Ready-made journeys: searched by words, grouped by what they are for, seen as the map that they will be. */
export function Gallery() {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState('');
  const [goal, setGoal] = useState('');
  const [seen, setSeen] = useState<string | null>(null);
  const pane = useRef<HTMLDivElement>(null);
  // On a phone the drawing stands below all cards: what one chose comes into view.
  useEffect(() => {
    const drawing = seen && pane.current?.firstElementChild;
    if (drawing && drawing.getBoundingClientRect().top > window.innerHeight) drawing.scrollIntoView();
  }, [seen]);
  const gallery = useQuery({
    queryKey: ['gallery', i18n.language],
    staleTime: 60_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/gallery', { params: { query: { language: i18n.language } }, signal })),
  });
  if (gallery.isError) return <Failure error={gallery.error} onRetry={() => void gallery.refetch()} />;
  if (!gallery.data) return <Skeleton height={320} radius="lg" />;
  const goals = [...new Set(gallery.data.map((one) => one.goal).filter(Boolean))];
  const found = gallery.data.filter(
    (one) => (!goal || one.goal === goal) && matchesWords(search, `${one.name} ${one.description ?? ''}`),
  );
  const shown = found.find(({ id }) => id === seen) ?? found[0];
  return (
    <div className={classes.panes}>
      <div>
        <Group gap="xs" mb="sm">
          <SearchBox label={t('create.gallery.search')} value={search} onChange={setSearch} width={300} />
          <MantineChip.Group value={goal} onChange={(value) => setGoal(typeof value === 'string' ? value : '')}>
            <Group gap={6}>
              <MantineChip value="" size="xs">
                {t('create.gallery.all')}
              </MantineChip>
              {goals.map((one) => (
                <MantineChip key={one} value={one} size="xs">
                  {t(`create.goal.${one as 'welcome'}`, { defaultValue: one })}
                </MantineChip>
              ))}
            </Group>
          </MantineChip.Group>
        </Group>
        {found.length === 0 ? (
          <Empty title={t('create.gallery.none')} text={t('create.gallery.noneText')} />
        ) : (
          <ul className={classes.cards}>
            {found.map((one) => (
              <li key={one.id}>
                <GalleryCard ready={one} selected={one.id === shown?.id} onSelect={() => setSeen(one.id)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={classes.chosen} ref={pane}>
        {shown && <GalleryPane key={shown.id} ready={shown} />}
      </div>
    </div>
  );
}
