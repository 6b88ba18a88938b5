import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { IconRoute2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { Page } from '@/ui/Page';
import { toastFailed } from '@/ui/toasts';
import { JourneyPreview } from '../map/JourneyPreview';
import type { MapAsk } from '../map/MapView';
import { createJourney } from './createJourney';
import classes from './GuidedPage.module.css';
import {
  type Answers,
  guidedDefinition,
  guidedSketch,
  isAnswered,
  isAsked,
  QUESTIONS,
  type Question,
  questionOf,
} from './guided';
import { QuestionForm } from './QuestionForm';
import { StepBar } from './StepBar';

/** One question at a time; each answer is drawn at once. One may finish on the map whenever one likes. */
export function GuidedPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [answers, setAnswers] = useState<Answers>({});
  const [passed, setPassed] = useState<ReadonlySet<Question>>(new Set());
  const [step, setStep] = useState(0);
  const asked = QUESTIONS.filter((question) => isAsked(question, answers));
  const question = asked[step];
  const words = useMemo(
    () => ({
      succeeded: t('create.guided.succeeded'),
      failed: t('create.guided.failed'),
      over: t('create.guided.over'),
    }),
    [t],
  );
  const called = name.trim() || t('create.guided.unnamed');
  const sketch = useMemo(() => guidedSketch(called, answers, words, passed), [called, answers, words, passed]);
  const asks = useMemo(() => {
    const stations = ['entrance', ...Object.keys(sketch.definition.points ?? {})];
    const found = new Map<string, MapAsk>();
    for (const station of stations) {
      const of = questionOf(station);
      const now = of === question && station !== 'succeeded' && station !== 'failed' && station !== 'again';
      const open = sketch.open.has(station);
      const at = QUESTIONS.filter((one) => isAsked(one, answers)).indexOf(of);
      if (open || now)
        found.set(station, {
          now,
          caption: now ? t('create.guided.asking') : t('create.guided.question', { step: at + 1 }),
          ...(open && { title: t(`create.guided.${of}.title`) }),
        });
    }
    return found;
  }, [sketch, question, answers, t]);
  const create = useMutation<Schemas['JourneyView'], ProblemError>({
    mutationFn: () => {
      const said = Object.fromEntries(QUESTIONS.filter((one) => isAnswered(one, answers)).map((one) => [one, answers[one]]));
      return createJourney(guidedDefinition(called, said, words));
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['journeys'] });
      // A first map is drawn; what can be done with it is shown there.
      await navigate(`/journeys/${id}?tour`);
    },
    onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
  });
  const mails = (isAnswered('first', answers) ? 1 : 0) + (answers.reminder && isAsked('reminder', answers) ? 1 : 0);
  const goal = answers.wish?.kind === 'goal' && answers.wish.of.trim() ? answers.wish.of.trim() : undefined;
  return (
    <Page
      title={t('create.guided.title')}
      above={<Link to="/journeys/new">{t('create.title')}</Link>}
      actions={
        <Button variant="default" loading={create.isPending} onClick={() => create.mutate()}>
          {t('create.guided.finish')}
        </Button>
      }
    >
      <div className={classes.panes}>
        <section className={classes.questions} aria-label={t('create.guided.title')}>
          <StepBar
            at={step}
            onGo={setStep}
            steps={[
              ...asked.map((one) => ({
                title: t(`create.guided.${one}.title`),
                done: isAnswered(one, answers) || passed.has(one),
              })),
              { title: t('create.guided.name.title'), done: name.trim() !== '' },
            ]}
          />
          <Text size="sm" c="dimmed">
            {t('create.guided.step', { step: Math.min(step, asked.length) + 1, of: asked.length + 1 })}
          </Text>
          {question ? (
            <QuestionForm
              key={question}
              question={question}
              answers={answers}
              onChange={(more) => setAnswers({ ...answers, ...more })}
              onNext={() => setStep(step + 1)}
              onSkip={() => {
                setAnswers({ ...answers, [question]: undefined });
                setPassed(new Set([...passed, question]));
                setStep(step + 1);
              }}
              onBack={step > 0 ? () => setStep(step - 1) : undefined}
            />
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                create.mutate();
              }}
            >
              <Title order={2} className={classes.title}>
                {t('create.guided.name.title')}
              </Title>
              <TextInput
                label={t('create.scratch.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                required
                withAsterisk={false}
                autoFocus
              />
              <Group mt="lg" justify="space-between">
                <Button variant="subtle" color="gray" px={0} onClick={() => setStep(asked.length - 1)}>
                  {t('create.guided.back')}
                </Button>
                <Button type="submit" loading={create.isPending}>
                  {t('create.scratch.button')}
                </Button>
              </Group>
            </form>
          )}
        </section>
        <section className={classes.map} aria-label={t('create.guided.map')}>
          <p className={classes.soFar}>
            <IconRoute2 size={16} stroke={1.6} aria-hidden />
            <b>{t('create.guided.map')}</b>
            <span>{t('create.guided.mapHint')}</span>
          </p>
          <JourneyPreview
            definition={sketch.definition}
            height={600}
            asks={asks}
            onOpen={(station) => setStep(Math.max(0, asked.indexOf(questionOf(station))))}
          />
          <p className={classes.sums}>
            {goal && <span>{t('create.guided.goalIs', { goal })}</span>}
            {mails > 0 && <span>{t('create.guided.mails', { count: mails })}</span>}
            <span>{t('create.guided.nothingSent')}</span>
          </p>
        </section>
      </div>
    </Page>
  );
}
