import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import type { Segment } from './useSegments';

export function SegmentChip({ segment: { filling, filled } }: { segment: Pick<Segment, 'filling' | 'filled'> }) {
  const { t } = useTranslation();
  const { share } = useFormats();
  return filling ? (
    <Chip tone="warning">{t('segments.filling', { share: share(filled, 1) })}</Chip>
  ) : (
    <Chip tone="success">{t('segments.live')}</Chip>
  );
}
