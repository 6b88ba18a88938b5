import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Life.module.css';
import { Messages } from './Messages';
import { Timeline } from './Timeline';
import { WriteNote } from './WriteNote';

/** What happened, and what was sent. */
export function Life({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={t('contacts.life.label')}>
      <Tabs defaultValue="timeline" keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="timeline">{t('contacts.life.timeline')}</Tabs.Tab>
          <Tabs.Tab value="messages">{t('contacts.life.messages')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="timeline">
          <WriteNote id={id} />
          <Timeline id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <Messages id={id} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
