import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { Chip, type ChipTone } from '@/ui/Chip';

const tones: Record<Import['status'], ChipTone> = {
  waiting: 'accent',
  checking: 'accent',
  importing: 'accent',
  done: 'success',
  checked: 'plain',
  refused: 'danger',
  cancelled: 'outline',
  interrupted: 'warning',
  continued: 'outline',
};

export function ImportChip({ status }: { status: Import['status'] }) {
  const { t } = useTranslation();
  return <Chip tone={tones[status]}>{t(`imports.status.${status}`)}</Chip>;
}
