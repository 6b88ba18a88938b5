import { Button, Code, Group, JsonInput, List, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';

const typedFor = 300;

interface Props {
  /** Null: it is being made, and nothing can have come. */
  hook: string | null;
  mapping: Schemas['HookMappingBody'];
  onSample: (body: unknown) => void;
}

/** A body that came, or one that is pasted, and what it comes to. */
export function Sample({ hook, mapping, onSample }: Props) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const [text, setText] = useState('');
  const received = useQuery({
    queryKey: ['hooks', hook, 'received'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/hooks/{id}/received', { params: { path: { id: hook ?? '' } }, signal })),
    enabled: hook !== null,
    refetchInterval: 5_000,
  });
  const last = received.data;
  const use = (next: string) => {
    setText(next);
    onSample(parsed(next));
  };
  // What came is taken once, while nothing stands here yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something came.
  useEffect(() => {
    if (text === '' && last?.body !== undefined && last.body !== null) use(JSON.stringify(last.body, null, 2));
  }, [last?.at]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center">
        <Title order={3}>{t('settings.hooks.sample')}</Title>
        {hook !== null && (
          <Button
            variant="default"
            size="compact-sm"
            disabled={!last?.body}
            onClick={() => use(JSON.stringify(last?.body, null, 2))}
          >
            {t('settings.hooks.takeLast')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="var(--p-ink-2)">
        {last?.at
          ? t(last.body ? 'settings.hooks.cameAt' : 'settings.hooks.cameLarge', { at: dateTime(last.at) })
          : t('settings.hooks.nothingCame')}
      </Text>
      <JsonInput
        aria-label={t('settings.hooks.sample')}
        placeholder={'{ "type": "order.paid" }'}
        validationError={t('points.webhook.noJson')}
        minRows={8}
        maxRows={18}
        autosize
        value={text}
        onChange={use}
      />
      <Preview mapping={mapping} body={parsed(text)} />
      {last && last.errors.length > 0 && (
        <section aria-label={t('settings.hooks.errors')}>
          <Title order={3} mb="xs">
            {t('settings.hooks.errors')}
          </Title>
          <List size="sm" spacing={4}>
            {last.errors.map((error) => (
              <List.Item key={`${error.at} ${error.code}`}>
                {dateTime(error.at)}: {reasonText(t, { code: error.code, text: error.reason })}
              </List.Item>
            ))}
          </List>
        </section>
      )}
    </Stack>
  );
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What would be recorded, by the server's own reading. */
function Preview({ mapping, body }: { mapping: Schemas['HookMappingBody']; body: unknown }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const [asked] = useDebouncedValue(JSON.stringify({ mapping, body }), typedFor);
  const preview = useQuery({
    queryKey: ['hook-preview', asked],
    queryFn: ({ signal }) => take(api.POST('/api/v1/hooks/preview', { body: JSON.parse(asked), signal })),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (body === undefined) return null;
  const result = preview.data;
  return (
    <section aria-label={t('settings.hooks.result')}>
      <Title order={3} mb="xs">
        {t('settings.hooks.result')}
      </Title>
      {result && (
        <Stack gap={6}>
          <Text size="sm">
            {t('settings.hooks.resultEvent', { event: result.event ?? '–' })}
            {result.timestamp && ` · ${dateTime(result.timestamp)}`}
          </Text>
          <Text size="sm">
            {t('settings.hooks.resultContact', {
              identities:
                Object.entries(result.identities)
                  .map(([kind, value]) => `${t(`settings.hooks.identity.${kind as 'email'}`)} ${value}`)
                  .join(', ') || '–',
            })}
          </Text>
          {result.messageId && <Text size="sm">{t('settings.hooks.resultId', { id: result.messageId })}</Text>}
          <Text size="sm" fw={600}>
            {t('settings.hooks.data')}
          </Text>
          <Code block>{JSON.stringify(result.data, null, 2)}</Code>
          {result.properties !== undefined && result.properties !== null && (
            <>
              <Text size="sm" fw={600}>
                {t('settings.hooks.properties')}
              </Text>
              <Code block>{JSON.stringify(result.properties, null, 2)}</Code>
            </>
          )}
          {result.problems.map((problem) => (
            <Text
              key={`${problem.code} ${problem.path}`}
              size="sm"
              c={problem.severity === 'error' ? 'var(--p-danger)' : 'var(--p-ink-2)'}
            >
              {t('settings.hooks.problem', { field: problem.path.slice(1), text: reasonText(t, problem) })}
            </Text>
          ))}
        </Stack>
      )}
    </section>
  );
}
