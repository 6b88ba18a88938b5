import { Autocomplete, Button, Group, NumberInput, Radio, Select, Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import {
  IconBolt,
  IconClick,
  IconClock,
  IconListDetails,
  IconMailOpened,
  IconTag,
  IconTargetArrow,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { segmentsQuery, tagsQuery } from '@/api/queries';
import classes from './GuidedPage.module.css';
import { type Answers, isAnswered, type Question } from './guided';
import { PickOrMake } from './PickOrMake';

interface Props {
  question: Question;
  answers: Answers;
  /** Whatever is chosen, so that it is drawn at once. */
  onChange: (answers: Answers) => void;
  onNext: () => void;
  onSkip: () => void;
  onBack?: () => void;
}

/** One question with its answers. */
export function QuestionForm({ question, answers, onChange, onNext, onSkip, onBack }: Props) {
  const { t } = useTranslation();
  const complete = isAnswered(question, answers);
  const part = { answer: answers, onChange };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onNext();
      }}
    >
      <Title order={2} className={classes.title}>
        {t(`create.guided.${question}.title`)}
      </Title>
      <Text c="var(--p-ink-2)" mb="md">
        {t(`create.guided.${question}.text`)}
      </Text>
      <Stack gap="md">
        {question === 'entrance' && <Entrance {...part} />}
        {question === 'wish' && <Wish {...part} />}
        {(question === 'first' || question === 'reminder') && (
          <PickOrMake
            what="content"
            label={t('create.guided.email')}
            value={answers[question] ?? ''}
            onChange={(value) => onChange({ [question]: value })}
          />
        )}
        {question === 'topic' && (
          <PickOrMake
            what="topic"
            label={t('create.guided.topic.label')}
            value={answers.topic ?? ''}
            onChange={(topic) => onChange({ topic })}
          />
        )}
      </Stack>
      <Group gap="xs" className={classes.foot}>
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
    </form>
  );
}

interface Part {
  answer: Answers;
  onChange: (answer: Answers) => void;
}

/** One of several answers; what it asks besides opens within it. */
function Choice({
  value,
  title,
  icon: Mark,
  open,
  children,
}: {
  value: string;
  title: string;
  icon: Icon;
  open: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={classes.choice} data-open={open || undefined}>
      <Radio.Card value={value} withBorder={false} className={classes.card}>
        <span className={classes.icon} aria-hidden>
          <Mark size={18} stroke={1.6} />
        </span>
        <span className={classes.answer}>{title}</span>
        <Radio.Indicator />
      </Radio.Card>
      {open && children && <div className={classes.more}>{children}</div>}
    </div>
  );
}

const ENTRANCES = ['list', 'event', 'tag', 'segment'] as const;
const entranceIcons = { list: IconListDetails, event: IconBolt, tag: IconTag, segment: IconUsersGroup };

function Entrance({ answer, onChange }: Part) {
  const { t } = useTranslation();
  const segments = useQuery(segmentsQuery).data?.map(({ name }) => name) ?? [];
  const tags = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const events = useEventNames();
  const { kind, of } = answer.entrance ?? { kind: 'list' as const, of: '' };
  const change = (value: string | null) => onChange({ entrance: { kind, of: value ?? '' } });
  return (
    <Radio.Group
      aria-label={t('create.guided.entrance.title')}
      value={kind}
      onChange={(value) => onChange({ entrance: { kind: ENTRANCES.find((one) => one === value) ?? 'list', of: '' } })}
    >
      <Stack gap="xs">
        {ENTRANCES.map((one) => (
          <Choice key={one} value={one} title={t(`create.guided.entrance.${one}`)} icon={entranceIcons[one]} open={one === kind}>
            {one === 'list' ? (
              <PickOrMake what="list" label={t('create.guided.which')} value={of} onChange={change} />
            ) : one === 'segment' ? (
              <Select
                label={t('create.guided.which')}
                data={segments}
                searchable
                value={of || null}
                onChange={change}
                nothingFoundMessage={t('create.guided.noSegments')}
                description={segments.length === 0 ? t('create.guided.noSegments') : undefined}
              />
            ) : (
              <Autocomplete
                label={t('create.guided.which')}
                data={one === 'tag' ? tags : events}
                value={of}
                onChange={change}
                limit={50}
              />
            )}
          </Choice>
        ))}
      </Stack>
    </Radio.Group>
  );
}

const WISHES = ['goal', 'event', 'opened', 'clicked', 'nothing'] as const;
const wishIcons = {
  goal: IconTargetArrow,
  event: IconBolt,
  opened: IconMailOpened,
  clicked: IconClick,
  nothing: IconClock,
};

function Wish({ answer, onChange }: Part) {
  const { t } = useTranslation();
  const events = useEventNames();
  // What becomes of an e-mail can be asked where there is one.
  const wishes = WISHES.filter((one) => answer.first || (one !== 'opened' && one !== 'clicked'));
  const wish = answer.wish ?? { kind: 'goal' as const, of: '', days: 3 };
  const choose = (value: string) => {
    const kind = WISHES.find((one) => one === value) ?? 'goal';
    const of = 'of' in wish ? wish.of : '';
    onChange({ wish: kind === 'goal' || kind === 'event' ? { kind, of, days: wish.days } : { kind, days: wish.days } });
  };
  return (
    <Radio.Group aria-label={t('create.guided.wish.title')} value={wish.kind} onChange={choose}>
      <Stack gap="xs">
        {wishes.map((one) => (
          <Choice key={one} value={one} title={t(`create.guided.wish.${one}`)} icon={wishIcons[one]} open={one === wish.kind}>
            {'of' in wish && (
              <Autocomplete
                label={t('create.guided.which')}
                data={events}
                value={wish.of}
                onChange={(of) => onChange({ wish: { ...wish, of } })}
                limit={50}
              />
            )}
            <NumberInput
              mt={'of' in wish ? 'sm' : undefined}
              label={t('create.guided.wish.days')}
              min={1}
              max={365}
              value={wish.days}
              onChange={(days) => onChange({ wish: { ...wish, days: Number(days) || 1 } })}
            />
            {wish.kind === 'goal' && (
              <Text size="sm" c="var(--p-ink-3)" mt="xs">
                {t('create.guided.wish.goalHint', { count: wish.days })}
              </Text>
            )}
          </Choice>
        ))}
      </Stack>
    </Radio.Group>
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
