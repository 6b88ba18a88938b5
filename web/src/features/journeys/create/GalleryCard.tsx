import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JourneyGlyph } from '../map/JourneyGlyph';
import classes from './Gallery.module.css';
import type { Ready } from './useGallery';

export function GalleryCard({ ready, selected, onSelect }: { ready: Ready; selected: boolean; onSelect: () => void }) {
  const { t } = useTranslation();
  const { name, description, points, days, definition, problems } = ready;
  const parts = [t('create.gallery.points', { count: points })];
  if (days) parts.push(t('create.gallery.days', { count: Math.ceil(days) }));
  return (
    <UnstyledButton className={classes.card} aria-pressed={selected} onClick={onSelect}>
      <JourneyGlyph definition={definition} />
      <span>
        <span className={classes.name}>{name}</span>
        <span className={classes.text}>{description}</span>
      </span>
      <span className={classes.foot}>{problems ? t('create.gallery.broken') : parts.join(' · ')}</span>
    </UnstyledButton>
  );
}
