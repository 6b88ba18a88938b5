import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Rows } from '../Rows';
import type { OutputDraft } from './draft';

interface Props {
  rows: readonly OutputDraft[];
  errors: Record<string, string>;
  onChange: (rows: OutputDraft[]) => void;
}

/** What of the answer becomes the journey's data. */
export function OutputRows({ rows, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Rows
      title={t('settings.actionList.outputs')}
      hint={t('settings.actionList.outputsHint')}
      rows={rows}
      add={t('settings.actionList.addOutput')}
      remove={({ name }) => t('settings.actionList.removeOutput', { name })}
      empty={{ name: '', from: '' }}
      onChange={onChange}
    >
      {(row, at, change) => (
        <Group gap="xs" grow align="flex-start">
          <TextInput
            aria-label={t('settings.actionList.outputName')}
            placeholder={t('settings.actionList.outputName')}
            value={row.name}
            error={errors[`outputs/${at}/name`]}
            onChange={(event) => change({ ...row, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('settings.actionList.outputFrom')}
            placeholder="/data/score"
            value={row.from}
            error={errors[`outputs/${at}/from`]}
            onChange={(event) => change({ ...row, from: event.currentTarget.value })}
          />
        </Group>
      )}
    </Rows>
  );
}
