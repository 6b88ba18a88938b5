import { Button, Group, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './NoJourneys.module.css';

/** The first thing that a newcomer sees: what a journey is, and how to begin one. */
export function NoJourneys() {
  const { t } = useTranslation();
  return (
    <div className={classes.card}>
      <div className={classes.words}>
        <Title order={2} className={classes.title}>
          {t('journeys.none.title')}
        </Title>
        <Text c="var(--p-ink-2)">{t('journeys.none.text')}</Text>
        <Group gap="xs" mt="sm">
          <Button component={Link} to="/journeys/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('journeys.home.new')}
          </Button>
        </Group>
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
      </div>
    </div>
  );
}
