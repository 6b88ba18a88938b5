import { Autocomplete, Button, Group, NumberInput, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { contentsQuery, listsQuery, segmentsQuery, tagsQuery, topicsQuery } from '@/api/queries';
import classes from './GuidedPage.module.css';
import type { Answers, Question } from './guided';

interface Props {
  question: Question;
  answers: Answers;
  onAnswer: (answers: Answers) => void;
  onSkip: () => void;
  onBack?: () => void;
}

/** One question with its answers. */
export function QuestionForm({ question, answers, onAnswer, onSkip, onBack }: Props) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answers>({ [question]: answers[question] });
  const complete = isComplete(question, answer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onAnswer(answer);
      }}
    >
      <Title order={2} className={classes.title}>
        {t(`create.guided.${question}.title`)}
      </Title>
      <Text c="var(--p-ink-2)" mb="md">
        {t(`create.guided.${question}.text`)}
      </Text>
      <Stack gap="md">
        {question === 'entrance' && <Entrance answer={answer} onChange={setAnswer} />}
        {question === 'wish' && <Wish answer={answer} onChange={setAnswer} />}
        {(question === 'first' || question === 'reminder') && (
          <Content question={question} answer={answer} onChange={setAnswer} />
        )}
        {question === 'topic' && <Topic answer={answer} onChange={setAnswer} />}
        <Group gap="xs">
          {onBack && (
            <Button variant="subtle" color="gray" px={0} onClick={onBack}>
              {t('create.guided.back')}
            </Button>
          )}
          <Button variant="subtle" color="gray" ml="auto" onClick={onSkip}>
            {t('create.guided.skip')}
          </Button>
          <Button type="submit" disabled={!complete}>
            {t('create.guided.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isComplete(question: Question, answer: Answers): boolean {
  const said = answer[question];
  if (said === undefined || said === '') return false;
  if (typeof said !== 'object' || said === null) return true;
  return !('of' in said) || said.of !== '';
}

interface Part {
  answer: Answers;
  onChange: (answer: Answers) => void;
}

const ENTRANCES = ['list', 'event', 'tag', 'segment'] as const;

function Entrance({ answer, onChange }: Part) {
  const { t } = useTranslation();
  const lists = useQuery(listsQuery).data?.map(({ id, value }) => ({ value: id, label: value?.title ?? id })) ?? [];
  const segments = useQuery(segmentsQuery).data?.map(({ name }) => name) ?? [];
  const tags = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const events = useEventNames();
  const { kind, of } = answer.entrance ?? { kind: 'list' as const, of: '' };
  const change = (value: string | null) => onChange({ entrance: { kind, of: value ?? '' } });
  return (
    <>
      <Radio.Group
        aria-label={t('create.guided.entrance.title')}
        value={kind}
        onChange={(value) => onChange({ entrance: { kind: ENTRANCES.find((one) => one === value) ?? 'list', of: '' } })}
      >
        <Stack gap="xs">
          {ENTRANCES.map((one) => (
            <Radio key={one} value={one} label={t(`create.guided.entrance.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'list' && (
        <Select
          label={t('create.guided.which')}
          data={lists}
          searchable
          value={of || null}
          onChange={change}
          nothingFoundMessage={t('create.guided.noLists')}
        />
      )}
      {kind === 'segment' && (
        <Select
          label={t('create.guided.which')}
          data={segments}
          searchable
          value={of || null}
          onChange={change}
          nothingFoundMessage={t('create.guided.noSegments')}
        />
      )}
      {kind === 'tag' && <Autocomplete label={t('create.guided.which')} data={tags} value={of} onChange={change} />}
      {kind === 'event' && <Autocomplete label={t('create.guided.which')} data={events} value={of} onChange={change} />}
    </>
  );
}

const WISHES = ['event', 'opened', 'clicked', 'nothing'] as const;

function Wish({ answer, onChange }: Part) {
  const { t } = useTranslation();
  const events = useEventNames();
  const wish = answer.wish ?? { kind: 'event' as const, of: '', days: 3 };
  const choose = (value: string) => {
    const kind = WISHES.find((one) => one === value) ?? 'event';
    onChange({ wish: kind === 'event' ? { kind, of: '', days: wish.days } : { kind, days: wish.days } });
  };
  return (
    <>
      <Radio.Group aria-label={t('create.guided.wish.title')} value={wish.kind} onChange={choose}>
        <Stack gap="xs">
          {WISHES.map((one) => (
            <Radio key={one} value={one} label={t(`create.guided.wish.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {wish.kind === 'event' && (
        <Autocomplete
          label={t('create.guided.which')}
          data={events}
          value={wish.of}
          onChange={(of) => onChange({ wish: { ...wish, of } })}
        />
      )}
      <NumberInput
        label={t('create.guided.wish.days')}
        min={1}
        max={365}
        value={wish.days}
        onChange={(days) => onChange({ wish: { ...wish, days: Number(days) || 1 } })}
      />
    </>
  );
}

function Content({ question, answer, onChange }: Part & { question: 'first' | 'reminder' }) {
  const { t } = useTranslation();
  const names = useQuery(contentsQuery).data?.map(({ name }) => name) ?? [];
  return (
    <Select
      label={t('create.guided.email')}
      data={names}
      searchable
      value={answer[question] ?? null}
      onChange={(value) => onChange({ [question]: value ?? '' })}
      nothingFoundMessage={t('create.guided.noContent')}
    />
  );
}

function Topic({ answer, onChange }: Part) {
  const { t } = useTranslation();
  const topics = useQuery(topicsQuery).data?.map(({ id, value }) => ({ value: id, label: value?.title ?? id })) ?? [];
  return (
    <Select
      label={t('create.guided.topic.label')}
      data={topics}
      value={answer.topic ?? null}
      onChange={(value) => onChange({ topic: value ?? '' })}
      nothingFoundMessage={t('create.guided.noTopics')}
    />
  );
}

function useEventNames(): string[] {
  return (
    useQuery({
      queryKey: ['event-names'],
      staleTime: 60_000,
      queryFn: ({ signal }) => take(api.GET('/api/v1/events/names', { params: { query: { limit: 500 } }, signal })),
    }).data?.map(String) ?? []
  );
}
