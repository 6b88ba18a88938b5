import { JsonInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a journey is to know of those who enter it: one object, or nothing. */
export function JourneyData({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <JsonInput
      label={t('contacts.enterData')}
      description={t('contacts.enterDataHint', { example: '{{event.voucher}}' })}
      placeholder={'{ "voucher": "SPRING" }'}
      error={value.trim() !== '' && dataOf(value) === undefined ? t('contacts.enterDataWrong') : undefined}
      minRows={2}
      autosize
      mt="xs"
      value={value}
      onChange={onChange}
    />
  );
}

/** The object that was typed; null: none was; undefined: it is something else. */
export function dataOf(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') return null;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
