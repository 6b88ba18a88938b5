import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconBolt, IconPlus, IconX } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';

type RecordEvent = PointOf<'recordEvent'>;

/** Records an event of the contact: a real one. */
export const recordEventPoint: PointView<'recordEvent'> = {
  kind: 'recordEvent',
  group: 'actions',
  shape: 'action',
  icon: IconBolt,
  create: () => ({ kind: 'recordEvent', event: '' }),
  title: (point, { t }) => point.event || t('points.recordEvent.nothing'),
  Form: RecordEventForm,
};

function RecordEventForm({ point, telling, onChange, errorAt }: PointFormProps<RecordEvent>) {
  const { t } = telling;
  const entries = Object.entries(point.properties ?? {});
  const set = (next: [string, unknown][]) =>
    onChange(withField(point, 'properties', next.length === 0 ? undefined : Object.fromEntries(next)));
  return (
    <Stack gap={14}>
      <NamePicker
        kind="event"
        label={t('points.recordEvent.event')}
        hint={t('points.recordEvent.hint')}
        value={point.event || undefined}
        error={errorAt('event')}
        onChange={(event) => onChange({ ...point, event: event ?? '' })}
      />
      <Input.Wrapper
        label={t('points.recordEvent.properties')}
        description={t('points.fieldsHint', fieldExamples)}
        error={errorAt('properties')}
        labelElement="div"
      >
        <Stack gap={8} mt={4}>
          {entries.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed.
            <Group key={at} gap={8} wrap="nowrap">
              <TextInput
                flex={1}
                aria-label={t('points.recordEvent.name')}
                value={name}
                onChange={(event) => set(entries.map((one, index) => (index === at ? [event.currentTarget.value, one[1]] : one)))}
              />
              <TextInput
                flex={1}
                aria-label={t('points.recordEvent.value', { name })}
                value={told(value)}
                onChange={(event) =>
                  set(entries.map((one, index) => (index === at ? [one[0], typed(event.currentTarget.value)] : one)))
                }
              />
              <ActionIcon
                aria-label={t('points.recordEvent.remove', { name })}
                onClick={() => set(entries.filter((_, index) => index !== at))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconPlus size={14} />}
            disabled={entries.some(([name]) => name === '')}
            onClick={() => set([...entries, ['', '']])}
          >
            {t('points.recordEvent.add')}
          </Button>
        </Stack>
      </Input.Wrapper>
    </Stack>
  );
}

/** What reads as a number or as JSON is one; anything else is a text. */
function typed(text: string): unknown {
  if (!/^(-?\d|true$|false$|[[]|\{(?!\{))/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function told(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
