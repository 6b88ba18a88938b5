import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Chip, type ChipTone } from '@/ui/Chip';

const tones: Record<Schemas['JourneyStatus'], ChipTone> = {
  draft: 'plain',
  filling: 'accent',
  live: 'success',
  paused: 'warning',
  ended: 'outline',
  archived: 'outline',
};

export function StatusChip({ status }: { status: Schemas['JourneyStatus'] }) {
  const { t } = useTranslation();
  return <Chip tone={tones[status]}>{t(`journeys.status.${status}`)}</Chip>;
}
