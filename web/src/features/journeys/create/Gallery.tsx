import { Group, Chip as MantineChip, Select, Skeleton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { matchesWords } from '@/lib/matchesWords';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { SearchBox } from '@/ui/SearchBox';
import classes from './Gallery.module.css';
import { GalleryCard } from './GalleryCard';
import { GalleryPane } from './GalleryPane';
import { GALLERY_ORDERS, type GalleryOrder, sortGallery } from './sortGallery';
import { useGallery } from './useGallery';

/** Ready-made journeys: searched by words, grouped by what they are for, seen as the map that they will be. */
export function Gallery() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<GalleryOrder>('shelf');
  const [goal, setGoal] = useState('');
  const [seen, setSeen] = useState<string | null>(params.get('map'));
  const pane = useRef<HTMLDivElement>(null);
  // On a phone the drawing stands below all cards: what one chose comes into view.
  useEffect(() => {
    const drawing = seen && pane.current?.firstElementChild;
    if (drawing && drawing.getBoundingClientRect().top > window.innerHeight) drawing.scrollIntoView();
  }, [seen]);
  const gallery = useGallery();
  if (gallery.isError) return <Failure error={gallery.error} onRetry={() => void gallery.refetch()} />;
  if (!gallery.data) return <Skeleton height={320} radius="lg" />;
  const goals = [...new Set(gallery.data.map((one) => one.goal).filter(Boolean))];
  const found = sortGallery(
    gallery.data.filter((one) => (!goal || one.goal === goal) && matchesWords(search, `${one.name} ${one.description ?? ''}`)),
    order,
  );
  const shown = found.find(({ id }) => id === seen) ?? found[0];
  return (
    <div className={classes.panes}>
      <div>
        <Group gap="xs" mb="sm">
          <SearchBox label={t('create.gallery.search')} value={search} onChange={setSearch} width={300} />
          <Select
            w={170}
            aria-label={t('create.gallery.sort')}
            allowDeselect={false}
            data={GALLERY_ORDERS.map((one) => ({ value: one, label: t(`create.gallery.order.${one}`) }))}
            value={order}
            onChange={(value) => setOrder(GALLERY_ORDERS.find((one) => one === value) ?? 'shelf')}
          />
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
