import { Accordion, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconApps } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '@/api/client';
import { actionsQuery } from '@/api/queries';
import { titleOf } from '@/ui/actions/actions';
import { DurationField } from '@/ui/pickers/DurationField';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';

type Custom = PointOf<'customAction'>;
type Input = Schemas['ActionInputBody'];

/** An action that the installation has declared. */
export const customActionPoint: PointView<'customAction'> = {
  kind: 'customAction',
  group: 'integrations',
  shape: 'action',
  icon: IconApps,
  create: () => ({ kind: 'customAction', action: '' }),
  title: (point, { t, actionName }) =>
    point.action ? (actionName?.(point.action) ?? point.action) : t('points.customAction.nothing'),
  branch: (_, edge, { t }) => t(edge === 'failure' ? 'points.webhook.failed' : 'points.webhook.taken'),
  Form: CustomActionForm,
};

function CustomActionForm({ point, telling, onChange, errorAt }: PointFormProps<Custom>) {
  const { t, language } = telling;
  const actions = useQuery(actionsQuery).data ?? [];
  const action = actions.find(({ id }) => id === point.action);
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...others } = point.inputs ?? {};
    const inputs = value === undefined ? others : { ...others, [name]: value };
    onChange(withField(point, 'inputs', Object.keys(inputs).length === 0 ? undefined : inputs));
  };
  const known = actions.some(({ id }) => id === point.action);
  return (
    <Stack gap={14}>
      <Select
        label={t('points.customAction.action')}
        placeholder={t('points.customAction.choose')}
        data={[
          ...(point.action && !known ? [{ value: point.action, label: point.action }] : []),
          ...actions.map(({ id, value }) => ({ value: id, label: titleOf(value, language, id) })),
        ]}
        value={point.action || null}
        error={errorAt('action')}
        searchable
        nothingFoundMessage={t('points.customAction.none')}
        onChange={(name) => onChange(withField({ ...point, action: name ?? '' }, 'inputs', undefined))}
        comboboxProps={{ withinPortal: true }}
      />
      {action?.value?.description && (
        <Text size="sm" c="var(--p-ink-2)">
          {action.value.description}
        </Text>
      )}
      {action?.value?.inputs?.map((input) => (
        <InputField
          key={input.name}
          input={input}
          language={language}
          value={point.inputs?.[input.name]}
          hint={t('points.fieldsHint', fieldExamples)}
          error={errorAt(`inputs/${input.name}`)}
          words={{ yes: t('points.customAction.yes'), no: t('points.customAction.no') }}
          onChange={(value) => set(input.name, value)}
        />
      ))}
      {action?.value?.outputs && action.value.outputs.length > 0 && (
        <Text size="sm" c="var(--p-ink-2)">
          {t('points.customAction.gives', {
            names: action.value.outputs.map(({ name }) => `${point.into ?? point.action}.${name}`).join(', '),
          })}
        </Text>
      )}
      <Switch
        label={t('points.webhook.branches')}
        description={t('points.webhook.branchesHint')}
        checked={point.onFailure !== undefined}
        disabled={point.onFailure === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'onFailure', event.currentTarget.checked ? point.next : undefined))}
      />
      <More point={point} telling={telling} onChange={onChange} errorAt={errorAt} />
    </Stack>
  );
}

/** How long it is tried, and under which name its outputs are kept: settled well for most. */
function More({ point, telling, onChange, errorAt }: Pick<PointFormProps<Custom>, 'point' | 'telling' | 'onChange' | 'errorAt'>) {
  const { t } = telling;
  const [opened, setOpened] = useState(false);
  const wrong = errorAt('expiresAfter') !== undefined || errorAt('into') !== undefined;
  return (
    <Accordion
      variant="contained"
      chevronPosition="left"
      value={opened || wrong ? 'more' : null}
      onChange={(open) => setOpened(open !== null)}
    >
      <Accordion.Item value="more">
        <Accordion.Control>{t('points.sendEmail.more')}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap={14}>
            <DurationField
              label={t('points.webhook.expires')}
              hint={t('points.webhook.expiresHint')}
              value={point.expiresAfter ?? 'P3D'}
              error={errorAt('expiresAfter')}
              onChange={(iso) => onChange(withField(point, 'expiresAfter', iso))}
            />
            <TextInput
              label={t('points.webhook.into')}
              description={t('points.customAction.intoHint')}
              placeholder={point.action}
              value={point.into ?? ''}
              error={errorAt('into')}
              onChange={(event) => onChange(withField(point, 'into', event.currentTarget.value || undefined))}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function InputField({
  input,
  language,
  value,
  hint,
  error,
  words,
  onChange,
}: {
  input: Input;
  language: string;
  value: unknown;
  hint: string;
  error?: string;
  words: { yes: string; no: string };
  onChange: (value: unknown) => void;
}) {
  const usual = input.default === undefined || input.default === null ? undefined : String(input.default);
  const common = {
    label: titleOf(input, language, input.name),
    error,
    withAsterisk: input.required && usual === undefined,
    placeholder: usual,
  };
  if (input.type === 'boolean')
    return (
      <Select
        {...common}
        data={[
          { value: 'true', label: words.yes },
          { value: 'false', label: words.no },
        ]}
        placeholder={usual === 'true' ? words.yes : usual === 'false' ? words.no : undefined}
        value={value === undefined ? null : String(value)}
        clearable
        onChange={(chosen) => onChange(chosen === null ? undefined : chosen === 'true')}
      />
    );
  if (input.type === 'choice' && !(typeof value === 'string' && value.includes('{{')))
    return (
      <Select
        {...common}
        data={input.choices ?? []}
        value={typeof value === 'string' ? value : null}
        clearable
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  if (input.type === 'number' && typeof value !== 'string')
    return (
      <NumberInput
        {...common}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      />
    );
  return (
    <TextInput
      {...common}
      description={hint}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
