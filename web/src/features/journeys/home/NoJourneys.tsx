import { Button, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck, IconMail, IconPlus, IconSparkles, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { contactsAboutQuery, topicsQuery } from '@/api/queries';
import { FromScratch } from '../create/FromScratch';
import { useGallery } from '../create/useGallery';
import { JourneyGlyph } from '../map/JourneyGlyph';
import classes from './NoJourneys.module.css';

/** With these most shops begin; where one is missing, the next of the gallery takes its place. */
const FIRST = ['welcome', 'abandoned-cart', 'review-request'];
const SHOWN = 3;

/** The first thing that a newcomer sees: what a journey is, and how to begin one. */
export function NoJourneys() {
  const { t } = useTranslation();
  const [scratch, { open, close }] = useDisclosure();
  return (
    <>
      <div className={classes.card}>
        <div className={classes.words}>
          <Title order={2} className={classes.title}>
            {t('journeys.none.title')}
          </Title>
          <Text c="var(--p-ink-2)">{t('journeys.none.text')}</Text>
          <Group gap="xs" mt="sm">
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
              {t('create.scratch.title')}
            </Button>
            <Button
              component={Link}
              to="/journeys/new/guided"
              variant="default"
              leftSection={<IconSparkles size={16} stroke={1.6} aria-hidden />}
            >
              {t('create.guided.title')}
            </Button>
          </Group>
          <Checklist />
        </div>
        <div className={classes.drawing}>
          <svg viewBox="0 0 360 300" width="100%" height="300" aria-hidden="true">
            <path d="M40 40V200" className={classes.lineA} />
            <path d="M40 200C40 240 60 240 90 240H170C200 240 220 250 220 290" className={classes.lineB} />
            <path d="M40 200V290" className={classes.lineA} />
            <circle cx="40" cy="40" r="16" className={classes.entrance} />
            <circle cx="40" cy="120" r="14" className={classes.station} />
            <rect x="22" y="186" width="36" height="28" rx="9" className={classes.interchange} />
          </svg>
          <ol className={classes.signs}>
            {([1, 2, 3] as const).map((step) => (
              <li key={step} className={classes.sign}>
                <span className={classes.question}>{t(`journeys.none.question${step}`)}</span>
                <span className={classes.answer}>{t(`journeys.none.answer${step}`)}</span>
              </li>
            ))}
          </ol>
          <Legend />
        </div>
      </div>
      <ReadyMade />
      <FromScratch opened={scratch} onClose={close} />
    </>
  );
}

/** What a newcomer does beside the first journey; what is done has its tick. */
function Checklist() {
  const { t } = useTranslation();
  const contacts = useQuery(contactsAboutQuery).data;
  const topics = useQuery(topicsQuery).data;
  const steps = [
    { key: 'account', done: true, to: '/settings/users', icon: IconCircleCheck },
    { key: 'contacts', done: (contacts?.about ?? 0) > 0, to: '/contacts/import', icon: IconUsers },
    { key: 'topics', done: (topics?.length ?? 0) > 0, to: '/settings/topics', icon: IconMail },
  ] as const;
  return (
    <ul className={classes.steps} aria-label={t('journeys.none.steps')}>
      {steps.map(({ key, done, to, icon: Icon }) => (
        <li key={key}>
          {done ? (
            <IconCircleCheck size={17} stroke={1.6} color="var(--p-success)" role="img" aria-label={t('journeys.none.done')} />
          ) : (
            <Icon size={17} stroke={1.6} aria-hidden />
          )}
          <span>
            <Link to={to}>{t(`journeys.none.step.${key}`)}</Link> {t(`journeys.none.stepText.${key}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the marks of a map say. */
function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={classes.legend}>
      {(['start', 'action', 'rule', 'end'] as const).map((mark) => (
        <li key={mark}>
          <span className={classes.mark} data-mark={mark} aria-hidden />
          {t(`journeys.none.legend.${mark}`)}
        </li>
      ))}
    </ul>
  );
}

/** Three maps to begin with; each is looked at in the gallery before it becomes one's own. */
function ReadyMade() {
  const { t } = useTranslation();
  const sound = (useGallery().data ?? []).filter(({ problems }) => !problems);
  if (sound.length === 0) return null;
  const first = FIRST.flatMap((id) => sound.filter((one) => one.id === id));
  const shown = [...first, ...sound.filter((one) => !first.includes(one))].slice(0, SHOWN);
  return (
    <section aria-label={t('journeys.none.ready')}>
      <Group justify="space-between" mt="lg" mb="sm">
        <Title order={3}>{t('journeys.none.ready')}</Title>
        <Link to="/journeys/new#gallery">{t('journeys.none.all', { count: sound.length })}</Link>
      </Group>
      <ul className={classes.ready}>
        {shown.map(({ id, name, points, days, definition }) => (
          <li key={id}>
            <UnstyledButton component={Link} to={`/journeys/new?map=${encodeURIComponent(id)}#gallery`} className={classes.map}>
              <JourneyGlyph definition={definition} />
              <span>
                <span className={classes.answer}>{name}</span>
                <span className={classes.question}>
                  {[t('create.gallery.points', { count: points }), days && t('create.gallery.days', { count: Math.ceil(days) })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
