import { Checkbox, Group, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Rows } from '../Rows';
import { type InputDraft, type InputType, languages } from './draft';

const types: readonly InputType[] = ['text', 'number', 'boolean', 'choice'];

interface Props {
  rows: readonly InputDraft[];
  errors: Record<string, string>;
  onChange: (rows: InputDraft[]) => void;
}

/** What the action asks of whoever uses it. */
export function InputRows({ rows, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Rows
      title={t('settings.actionList.inputs')}
      hint={t('settings.actionList.inputsHint')}
      rows={rows}
      add={t('settings.actionList.addInput')}
      remove={({ name }) => t('settings.actionList.removeInput', { name })}
      empty={{ name: '', title: '', titles: {}, type: 'text', required: false, usual: '', choices: [] }}
      onChange={onChange}
      roomy
    >
      {(row, at, change) => (
        <>
          <Group gap="xs" grow align="flex-start">
            <TextInput
              aria-label={t('settings.actionList.inputName')}
              placeholder={t('settings.actionList.inputName')}
              value={row.name}
              error={errors[`inputs/${at}/name`]}
              onChange={(event) => change({ ...row, name: event.currentTarget.value })}
            />
            <Select
              aria-label={t('settings.actionList.inputType')}
              data={types.map((value) => ({ value, label: t(`settings.actionList.type.${value}`) }))}
              allowDeselect={false}
              value={row.type}
              onChange={(type) => change({ ...row, type: (type ?? 'text') as InputType, usual: '' })}
            />
          </Group>
          <TextInput
            aria-label={t('settings.actionList.inputTitle')}
            placeholder={t('settings.actionList.inputTitle')}
            value={row.title}
            onChange={(event) => change({ ...row, title: event.currentTarget.value })}
          />
          <Group gap="xs" grow>
            {languages.map((language) => (
              <TextInput
                key={language}
                aria-label={t(`settings.actionList.titleIn.${language}`)}
                placeholder={t(`settings.actionList.titleIn.${language}`)}
                value={row.titles[language] ?? ''}
                onChange={(event) => change({ ...row, titles: { ...row.titles, [language]: event.currentTarget.value } })}
              />
            ))}
          </Group>
          {row.type === 'choice' && (
            <TagsInput
              aria-label={t('settings.actionList.choices')}
              placeholder={t('settings.actionList.choices')}
              value={row.choices}
              error={errors[`inputs/${at}/choices`]}
              onChange={(choices) => change({ ...row, choices })}
              acceptValueOnBlur
            />
          )}
          <Group gap="xs" align="center">
            <TextInput
              flex={1}
              aria-label={t('settings.actionList.usual')}
              placeholder={t('settings.actionList.usual')}
              value={row.usual}
              error={errors[`inputs/${at}/default`]}
              onChange={(event) => change({ ...row, usual: event.currentTarget.value })}
            />
            <Checkbox
              label={t('settings.actionList.required')}
              checked={row.required}
              onChange={(event) => change({ ...row, required: event.currentTarget.checked })}
            />
          </Group>
        </>
      )}
    </Rows>
  );
}
