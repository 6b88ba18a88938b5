import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { leftText } from '@/lib/durations';
import { useFormats } from '@/lib/useFormats';

/** "128,400 of 200,625 · 1,850 a second · 39 s left". */
export function ImportPace({ import: one }: { import: Import }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormats();
  const { status, processed, rows, rowsPerSecond, secondsLeft } = one;
  if (status === 'waiting')
    return (
      <Text size="sm" c="dimmed">
        {t('imports.waits')}
      </Text>
    );
  const parts = [
    status === 'checking'
      ? t('imports.read', { count: rows, number: number(rows) })
      : t('imports.rowsOf', { count: rows, number: number(processed), of: number(rows) }),
    rowsPerSecond >= 1 && t('imports.perSecond', { count: Math.round(rowsPerSecond), number: number(rowsPerSecond) }),
    secondsLeft !== null && secondsLeft !== undefined && t('imports.left', { time: leftText(i18n.language, secondsLeft) }),
  ].filter(Boolean);
  return (
    <Text size="sm" c="dimmed">
      {parts.join(' · ')}
    </Text>
  );
}
