import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const COUNTRIES = ['FR', 'IT', 'CH', 'BE', 'DE', 'AT', 'ES', 'PT', 'NL', 'LU', 'GB', 'IE', 'US', 'CA'] as const;

/** The country of phone numbers that name none: never guessed, but asked. */
export function CountrySelect({
  value,
  onChange,
  bare = false,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
  bare?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language], { type: 'region' });
  return (
    <Select
      label={bare ? undefined : t('imports.country')}
      description={bare ? undefined : t('imports.countryHint')}
      aria-label={bare ? t('imports.country') : undefined}
      placeholder={bare ? t('imports.country') : undefined}
      size={bare ? 'xs' : undefined}
      clearable
      searchable
      value={value}
      data={COUNTRIES.map((one) => ({ value: one, label: names.of(one) ?? one }))}
      onChange={onChange}
    />
  );
}
