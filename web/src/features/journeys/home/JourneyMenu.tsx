import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconMap2,
  IconPlayerPause,
  IconPlayerPlay,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { confirm } from '@/ui/confirm';
import { UsedByNames } from '@/ui/uses/UsedBy';
import { AskState } from '../publish/StateActions';
import { EditLabels } from './EditLabels';
import { useArchiveJourney, useDeleteJourney, useDuplicateJourney, useUnarchiveJourney } from './useJourneyActs';
import type { JourneyRow } from './useJourneys';

/** What one may do with a journey as it stands; what it forbids is not offered. */
export function JourneyMenu({ journey }: { journey: JourneyRow }) {
  const { t } = useTranslation();
  const { id, name, status, version } = journey;
  const duplicate = useDuplicateJourney();
  const remove = useDeleteJourney();
  const [asking, ask] = useState<'pause' | 'resume'>();
  const archive = useArchiveJourney();
  const unarchive = useUnarchiveJourney();
  const [labelling, label] = useDisclosure();
  const mayArchive = status === 'draft' || status === 'ended';
  const mayDelete = version === 0 || status === 'ended' || status === 'archived';
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('journeys.menu.label', { name })} size={28}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/journeys/${id}`} leftSection={<IconMap2 size={16} stroke={1.6} />}>
            {t(status === 'draft' ? 'journeys.menu.edit' : 'journeys.menu.viewData')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} stroke={1.6} />}
            onClick={() => duplicate.mutate({ id, name: t('journeys.menu.copyOf', { name }) })}
          >
            {t('journeys.menu.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTag size={16} stroke={1.6} />} onClick={label.open}>
            {t('journeys.menu.labels')}
          </Menu.Item>
          {status === 'live' && (
            <Menu.Item leftSection={<IconPlayerPause size={16} stroke={1.6} />} onClick={() => ask('pause')}>
              {t('journeys.menu.pause')}
            </Menu.Item>
          )}
          {status === 'paused' && (
            <Menu.Item leftSection={<IconPlayerPlay size={16} stroke={1.6} />} onClick={() => ask('resume')}>
              {t('journeys.menu.resume')}
            </Menu.Item>
          )}
          {mayArchive && (
            <Menu.Item leftSection={<IconArchive size={16} stroke={1.6} />} onClick={() => archive.mutate(id)}>
              {t('journeys.menu.archive')}
            </Menu.Item>
          )}
          {status === 'archived' && (
            <Menu.Item leftSection={<IconArchiveOff size={16} stroke={1.6} />} onClick={() => unarchive.mutate(id)}>
              {t('journeys.menu.unarchive')}
            </Menu.Item>
          )}
          {mayDelete && (
            <>
              <Menu.Divider />
              <Menu.Item
                c="var(--p-danger)"
                leftSection={<IconTrash size={16} stroke={1.6} />}
                onClick={() =>
                  confirm({
                    title: t('journeys.menu.deleteTitle', { name }),
                    text: t(version === 0 ? 'journeys.menu.deleteDraft' : 'journeys.menu.deleteEnded'),
                    more: <UsedByNames kind="journey" name={id} />,
                    button: t('journeys.menu.delete'),
                    cancel: t('frame.cancel'),
                    onConfirm: () => remove.mutate(id),
                  })
                }
              >
                {t('journeys.menu.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && <AskState what={asking} view={journey} onClose={() => ask(undefined)} />}
      <EditLabels journey={journey} opened={labelling} onClose={label.close} />
    </>
  );
}
