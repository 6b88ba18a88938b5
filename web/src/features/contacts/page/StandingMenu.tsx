import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconArrowMerge, IconDots, IconRouteOff, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '@/ui/confirm';
import { toastSaved } from '@/ui/toasts';
import { MergeContact } from '../edit/MergeContact';
import { KeepOut } from './KeepOut';
import type { Contact } from './useContact';
import { useErase } from './useErase';
import { useStanding } from './useStanding';

/** What is done to a contact now and then: keep it out of a journey, merge it with another, archive it, bring it back, erase it. */
export function StandingMenu({ contact, name }: { contact: Contact; name: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'keepOut' | 'merge'>();
  const standing = useStanding(contact.id);
  const erase = useErase(contact.id);
  const { archivedAt } = contact;
  const archive = () =>
    confirm({
      title: t('contacts.archive.title', { name }),
      text: t('contacts.archive.text'),
      button: t('contacts.archive.button'),
      cancel: t('frame.cancel'),
      onConfirm: () => standing.mutate({ archive: true }, { onSuccess: () => toastSaved(t('contacts.archive.done')) }),
    });
  const eraseForGood = () =>
    confirm({
      title: t('contacts.erase.title', { name }),
      text: t('contacts.erase.text'),
      button: t('contacts.erase.button'),
      cancel: t('frame.cancel'),
      onConfirm: () => erase.mutate(),
    });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={34}
            aria-label={t('contacts.page.more')}
            loading={standing.isPending || erase.isPending}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRouteOff size={15} aria-hidden />} onClick={() => setAsking('keepOut')}>
            {t('contacts.keepOut.ask')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowMerge size={15} aria-hidden />} onClick={() => setAsking('merge')}>
            {t('contacts.merge.ask')}
          </Menu.Item>
          {archivedAt ? (
            <Menu.Item
              leftSection={<IconArchiveOff size={15} aria-hidden />}
              onClick={() => standing.mutate({ archive: false }, { onSuccess: () => toastSaved(t('contacts.archive.isBack')) })}
            >
              {t('contacts.archive.back')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconArchive size={15} aria-hidden />} onClick={archive}>
              {t('contacts.archive.ask')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={eraseForGood}>
            {t('contacts.erase.ask')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'keepOut' && <KeepOut contact={contact} onClose={() => setAsking(undefined)} />}
      {asking === 'merge' && <MergeContact contact={contact} name={name} onClose={() => setAsking(undefined)} />}
    </>
  );
}
