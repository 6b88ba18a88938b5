import { Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight, IconPencilPlus, IconSparkles } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { Page } from '@/ui/Page';
import { FromFile } from './FromFile';
import { FromScratch } from './FromScratch';
import { Gallery } from './Gallery';
import classes from './NewJourneyPage.module.css';

/** Three ways to begin: an empty line, questions that draw one, or a good map of somebody else's. */
export function NewJourneyPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [scratch, { open, close }] = useDisclosure();
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '#gallery') document.getElementById('gallery')?.scrollIntoView();
  }, [hash]);
  return (
    <Page title={t('create.title')} above={<Link to="/journeys">{t('journeys.home.title')}</Link>}>
      <div className={classes.ways}>
        <Way
          icon={<IconPencilPlus size={24} stroke={1.5} />}
          title={t('create.scratch.title')}
          text={t('create.scratch.text')}
          onClick={open}
        />
        <Way
          icon={<IconSparkles size={24} stroke={1.5} />}
          title={t('create.guided.title')}
          text={t('create.guided.text')}
          onClick={() => void navigate('/journeys/new/guided')}
        />
      </div>
      <Group justify="space-between" mb="sm">
        <Title order={2} id="gallery">
          {t('create.gallery.title')}
        </Title>
        <FromFile />
      </Group>
      <Gallery />
      <FromScratch opened={scratch} onClose={close} />
    </Page>
  );
}

function Way({ icon, title, text, onClick }: { icon: ReactNode; title: string; text: string; onClick: () => void }) {
  return (
    <UnstyledButton className={classes.way} onClick={onClick}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{title}</span>
        <Text component="span" size="sm" c="var(--p-ink-3)">
          {text}
        </Text>
      </span>
      <IconChevronRight size={18} stroke={1.6} aria-hidden />
    </UnstyledButton>
  );
}
