import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PAGE_SIZES } from './looking';

/** How many contacts a page has: kept in this browser. */
export function PageSize({ size, onSize }: { size: number; onSize: (size: number) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t('contacts.pageSize')}
      value={size}
      data={PAGE_SIZES.map((one) => ({ value: String(one), label: t('contacts.aPage', { number: one }) }))}
      onChange={(event) => onSize(Number(event.currentTarget.value))}
    />
  );
}
