import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SecretPicker } from '@/ui/pickers/SecretPicker';
import { Rows } from '../Rows';
import type { HeaderDraft } from './draft';

interface Props {
  rows: readonly HeaderDraft[];
  errors: Record<string, string>;
  onChange: (rows: HeaderDraft[]) => void;
}

export function HeaderRows({ rows, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Rows
      title={t('points.webhook.headers')}
      rows={rows}
      add={t('points.webhook.addHeader')}
      remove={({ name }) => t('points.webhook.removeHeader', { name })}
      empty={{ name: '', value: '', secret: '' }}
      onChange={onChange}
      roomy
    >
      {(row, at, change) => (
        <>
          <TextInput
            aria-label={t('points.webhook.headerName')}
            placeholder={t('points.webhook.headerName')}
            value={row.name}
            error={errors[`headers/${at}/name`] ?? errors[`headers/${at}`]}
            onChange={(event) => change({ ...row, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('points.webhook.headerValue')}
            placeholder={t('points.webhook.headerValue')}
            value={row.value}
            error={errors[`headers/${at}/value`]}
            onChange={(event) => change({ ...row, value: event.currentTarget.value })}
          />
          <SecretPicker
            ariaLabel={t('points.webhook.headerSecret')}
            placeholder={t('points.webhook.headerSecret')}
            none={t('points.webhook.noSecret')}
            value={row.secret || undefined}
            error={errors[`headers/${at}/secret`]}
            onChange={(secret) => change({ ...row, secret: secret ?? '' })}
          />
        </>
      )}
    </Rows>
  );
}
