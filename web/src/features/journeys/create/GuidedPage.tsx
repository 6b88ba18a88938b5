import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { Page } from '@/ui/Page';
import { toastFailed } from '@/ui/toasts';
import { JourneyPreview } from '../map/JourneyPreview';
import { createJourney } from './createJourney';
import classes from './GuidedPage.module.css';
import { type Answers, guidedDefinition, isAsked, QUESTIONS } from './guided';
import { QuestionForm } from './QuestionForm';

/** One question at a time; each answer is drawn at once. One may finish on the map whenever one likes. */
export function GuidedPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [answers, setAnswers] = useState<Answers>({});
  const [step, setStep] = useState(0);
  const asked = QUESTIONS.filter((question) => isAsked(question, answers));
  const question = asked[step];
  const definition = guidedDefinition(name.trim() || t('create.guided.unnamed'), answers, {
    succeeded: t('create.guided.succeeded'),
    failed: t('create.guided.failed'),
    over: t('create.guided.over'),
  });
  const create = useMutation<Schemas['JourneyView'], ProblemError>({
    mutationFn: () => createJourney(definition),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['journeys'] });
      // A first map is drawn; what can be done with it is shown there.
      await navigate(`/journeys/${id}?tour`);
    },
    onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
  });
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
          <Text size="sm" c="dimmed">
            {question
              ? t('create.guided.step', { step: step + 1, of: asked.length + 1 })
              : t('create.guided.step', { step: asked.length + 1, of: asked.length + 1 })}
          </Text>
          {question ? (
            <QuestionForm
              key={question}
              question={question}
              answers={answers}
              onAnswer={(more) => {
                setAnswers({ ...answers, ...more });
                setStep(step + 1);
              }}
              onSkip={() => setStep(step + 1)}
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
                <Button variant="subtle" color="gray" px={0} onClick={() => setStep(step - 1)}>
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
          <JourneyPreview definition={definition} height={560} />
        </section>
      </div>
    </Page>
  );
}
