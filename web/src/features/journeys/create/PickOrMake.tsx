import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { contentsQuery, listsQuery, topicsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import classes from './GuidedPage.module.css';
import { plainHtml } from './plainHtml';
import { slug } from './slug';

export type Made = 'list' | 'topic' | 'content';

interface Props {
  what: Made;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const queryOf = { list: listsQuery, topic: topicsQuery, content: contentsQuery } as const;

/** Chooses one that is there, or makes one on the spot: a new installation has none yet. */
export function PickOrMake({ what, label, value, onChange }: Props) {
  const { t } = useTranslation();
  const lists = useQuery({ ...listsQuery, enabled: what === 'list' });
  const topics = useQuery({ ...topicsQuery, enabled: what === 'topic' });
  const contents = useQuery({ ...contentsQuery, enabled: what === 'content' });
  const [making, setMaking] = useState(false);
  const data =
    what === 'content'
      ? contents.data?.map(({ name }) => ({ value: name, label: name }))
      : (what === 'list' ? lists : topics).data?.map(({ id, value: body }) => ({ value: id, label: body?.title || id }));
  const none = data?.length === 0;
  return (
    <>
      {!none && (
        <Select
          label={label}
          data={data ?? []}
          searchable
          value={value || null}
          onChange={(chosen) => onChange(chosen ?? '')}
          nothingFoundMessage={t('create.guided.make.notFound')}
        />
      )}
      {making || none ? (
        <Make
          key={what}
          what={what}
          onMade={(id) => {
            setMaking(false);
            onChange(id);
          }}
          onCancel={none ? undefined : () => setMaking(false)}
        />
      ) : (
        data && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={15} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setMaking(true)}
          >
            {t(`create.guided.make.${what}`)}
          </Button>
        )
      )}
    </>
  );
}

/** As little as it takes; the rest is told on its own page. It stands within the question's form, so it is none itself. */
function Make({ what, onMade, onCancel }: { what: Made; onMade: (id: string) => void; onCancel?: () => void }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const make = useMutation<string, ProblemError>({
    mutationFn: async () => {
      const title = name.trim();
      const id = what === 'content' ? title : slug(title);
      if (what === 'list') await take(api.PUT('/api/v1/lists/{id}', { params: { path: { id } }, body: { title } }));
      else if (what === 'topic')
        await take(api.PUT('/api/v1/topics/{id}', { params: { path: { id } }, body: { title, whenUnknown: 'needsGiven' } }));
      else {
        const wording = { subject: subject.trim() || title, html: plainHtml(text, t('create.guided.make.unsubscribe')) };
        const document = { name: title, defaultLanguage: i18n.language, texts: { [i18n.language]: wording } };
        await take(api.PUT('/api/v1/content/{name}', { params: { path: { name: id } }, body: document }));
      }
      return id;
    },
    onSuccess: async (id) => {
      await client.invalidateQueries({ queryKey: queryOf[what].queryKey });
      onMade(id);
    },
  });
  const submit = () => {
    setMissing(!name.trim());
    if (name.trim()) make.mutate();
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    submit();
  };
  const problem = make.error;
  const error = missing
    ? t('create.scratch.needsName')
    : problem &&
      (problem.status === 428
        ? t('create.guided.make.taken')
        : problem.reasons[0]
          ? reasonText(t, problem.reasons[0])
          : problem.message);
  return (
    <fieldset className={classes.make}>
      <legend>{t(`create.guided.make.${what}`)}</legend>
      <Stack gap="sm">
        <TextInput
          label={t('create.guided.make.name')}
          description={t(`create.guided.make.${what}Hint`)}
          value={name}
          error={error}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={enter}
        />
        {what === 'content' && (
          <>
            <TextInput
              label={t('content.subject')}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
              onKeyDown={enter}
            />
            <Textarea
              label={t('create.guided.make.text')}
              description={t('create.guided.make.textHint')}
              autosize
              minRows={4}
              maxRows={10}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </>
        )}
        <Group gap="xs" justify="flex-end">
          {onCancel && (
            <Button variant="subtle" color="gray" size="compact-md" onClick={onCancel}>
              {t('frame.cancel')}
            </Button>
          )}
          <Button variant="default" size="compact-md" loading={make.isPending} onClick={submit}>
            {t('create.guided.make.button')}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}
