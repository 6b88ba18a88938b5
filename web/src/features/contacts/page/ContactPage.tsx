import { Button, Group, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconHelpCircle, IconPencil, IconRoute2, IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { contactAddress, contactName } from '@/api/contactName';
import { letterKeysOn } from '@/lib/letterKeys';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Avatar } from '@/ui/Avatar';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import { TagList } from '@/ui/TagList';
import { EditContact } from '../edit/EditContact';
import { EnterJourney } from '../edit/EnterJourney';
import { TagContact } from '../edit/TagContact';
import classes from './ContactPage.module.css';
import { Facts } from './Facts';
import { Life } from './Life';
import { StandingMenu } from './StandingMenu';
import { Tasks } from './Tasks';
import { Trips } from './Trips';
import { useContact } from './useContact';
import { WhyDrawer } from './why/WhyDrawer';

/** One life: who it is, what happened, where it stands, and why. */
export function ContactPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { date } = useFormats();
  const asked = useContact(id);
  const contact = asked.data;
  const [editing, edit] = useDisclosure();
  const [entering, enter] = useDisclosure();
  const [tagging, tag] = useDisclosure();
  const [params, setParams] = useSearchParams();
  // A journey's map asks why by a link (`?why=`).
  const [why, askWhy] = useState<{ journey: string | null; enrolment?: string } | undefined>(
    params.has('why') ? { journey: params.get('why') } : undefined,
  );
  useHotkeys([
    ['t', () => letterKeysOn() && tag.open()],
    ['j', () => letterKeysOn() && enter.open()],
    ['y', () => letterKeysOn() && askWhy({ journey: null })],
  ]);
  if (asked.isLoadingError) return <Failure error={asked.error} onRetry={() => void asked.refetch()} />;
  if (!contact) return <PageShape />;
  // Of one that was merged the server answers the winner, who has an address of its own.
  if (contact.id !== id) return <Navigate to={`/contacts/${contact.id}`} replace />;
  const name = contactName(contact);
  const closeWhy = () => {
    askWhy(undefined);
    if (params.has('why')) setParams({}, { replace: true });
  };
  return (
    <Page
      title={name}
      above={<Link to="/contacts">{t('contacts.title')}</Link>}
      picture={<Avatar name={name} size={44} />}
      aside={
        <Group gap="xs">
          {contact.archivedAt && <Chip tone="warning">{t('contacts.archive.chip')}</Chip>}
          <TagList tags={contact.tags} max={6} />
        </Group>
      }
      below={t('contacts.page.below', { address: contactAddress(contact), date: date(contact.createdAt) })}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconTag size={16} aria-hidden />}
            title={t('contacts.page.key', { key: 'T' })}
            onClick={tag.open}
          >
            {t('contacts.page.tag')}
          </Button>
          <Button
            variant="default"
            title={t('contacts.page.key', { key: 'Y' })}
            leftSection={<IconHelpCircle size={16} aria-hidden />}
            onClick={() => askWhy({ journey: null })}
          >
            {t('contacts.whyPane.button')}
          </Button>
          <Button
            variant="default"
            title={t('contacts.page.key', { key: 'J' })}
            leftSection={<IconRoute2 size={16} aria-hidden />}
            onClick={enter.open}
          >
            {t('contacts.page.enter')}
          </Button>
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={edit.open}>
            {t('contacts.page.edit')}
          </Button>
          <StandingMenu contact={contact} name={name} />
        </>
      }
    >
      <AsOf query={asked} />
      {contact.archivedAt && (
        <Text c="var(--p-ink-2)" mb="md">
          {t('contacts.archive.since', { date: date(contact.archivedAt) })}
        </Text>
      )}
      <div className={classes.panes}>
        <Card>
          <Facts contact={contact} />
        </Card>
        <div className={classes.main}>
          <Trips contact={contact} onWhy={({ journey, id: enrolment }) => askWhy({ journey, enrolment })} />
          <Tasks id={id} />
          <Life id={id} />
        </div>
      </div>
      <EditContact contact={contact} opened={editing} onClose={edit.close} />
      {why && <WhyDrawer contact={id} name={name} {...why} onClose={closeWhy} />}
      {tagging && <TagContact contact={contact} onClose={tag.close} />}
      <EnterJourney id={id} opened={entering} onClose={enter.close} />
    </Page>
  );
}
