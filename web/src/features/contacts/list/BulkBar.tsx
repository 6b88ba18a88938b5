import { Button, Text } from '@mantine/core';
import {
  IconArchive,
  IconDownload,
  IconList,
  IconPencil,
  IconPlaylistX,
  IconRoute2,
  IconTag,
  IconTagOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery, listsQuery, tagsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { confirm } from '@/ui/confirm';
import { BulkAct, ChoiceForm, EnterForm, PropertyForm, TagsForm } from './BulkForms';
import { type Deed, useBulk } from './useBulk';
import { type ContactFilter, useFoundCount } from './useContacts';

/** What can be done with those who are selected. */
export function BulkBar({
  ids,
  filter,
  all,
  onAll,
  onExport,
  onDone,
}: {
  ids: readonly string[];
  filter: ContactFilter;
  /** All whom the filter finds, seen or not. */
  all: boolean;
  onAll: () => void;
  onExport: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const bulk = useBulk(onDone);
  const found = useFoundCount(filter);
  const foundText = found && number(found.people);
  const order = (close: () => void, deed: Deed) => {
    close();
    if (!all) {
      bulk.mutate({ whom: { ids }, deed });
      return;
    }
    // They are more than one sees: the number is said before anything is done.
    confirm({
      title: found
        ? t(found.exact ? 'contacts.bulk.allTitle' : 'contacts.bulk.allTitleAbout', { count: found.people, number: foundText })
        : t('contacts.bulk.allTitleUnknown'),
      text: t('contacts.bulk.allText'),
      button: t('contacts.bulk.allButton'),
      cancel: t('frame.cancel'),
      onConfirm: () => bulk.mutate({ whom: { filter }, deed }),
    });
  };
  const tags = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const lists = useQuery(listsQuery).data ?? [];
  const journeys = useQuery(journeyNamesQuery).data;
  return (
    <>
      <strong>
        {all
          ? found
            ? t(found.exact ? 'contacts.bulk.allOf' : 'contacts.bulk.allAbout', { count: found.people, number: foundText })
            : t('contacts.bulk.allSelected')
          : t('contacts.bulk.selected', { count: ids.length, number: number(ids.length) })}
      </strong>
      {!all && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {found
            ? t(found.exact ? 'contacts.bulk.selectAllOf' : 'contacts.bulk.selectAllAbout', {
                count: found.people,
                number: foundText,
              })
            : t('contacts.bulk.selectAll')}
        </Button>
      )}
      <BulkAct icon={<IconTag size={16} aria-hidden />} text={t('contacts.bulk.tag')} busy={bulk.isPending}>
        {(close) => (
          <TagsForm
            known={tags}
            label={t('contacts.bulk.tags')}
            button={t('contacts.bulk.addTags')}
            onTags={(add) => order(close, { addTags: add })}
          />
        )}
      </BulkAct>
      <BulkAct icon={<IconTagOff size={16} aria-hidden />} text={t('contacts.bulk.untag')} busy={bulk.isPending}>
        {(close) => (
          <TagsForm
            known={tags}
            label={t('contacts.bulk.tags')}
            button={t('contacts.bulk.removeTags')}
            onTags={(remove) => order(close, { removeTags: remove })}
          />
        )}
      </BulkAct>
      {lists.length > 0 && (
        <BulkAct icon={<IconList size={16} aria-hidden />} text={t('contacts.bulk.list')} busy={bulk.isPending}>
          {(close) => (
            <ChoiceForm
              label={t('contacts.bulk.list')}
              button={t('contacts.bulk.addToList')}
              data={lists.map(({ id, value }) => ({ value: id, label: value?.title ?? id }))}
              onChoice={(list) => order(close, { addLists: [list] })}
            />
          )}
        </BulkAct>
      )}
      {lists.length > 0 && (
        <BulkAct icon={<IconPlaylistX size={16} aria-hidden />} text={t('contacts.bulk.unlist')} busy={bulk.isPending}>
          {(close) => (
            <ChoiceForm
              label={t('contacts.bulk.fromList')}
              button={t('contacts.bulk.removeFromList')}
              data={lists.map(({ id, value }) => ({ value: id, label: value?.title ?? id }))}
              onChoice={(list) => order(close, { removeLists: [list] })}
            />
          )}
        </BulkAct>
      )}
      <BulkAct icon={<IconPencil size={16} aria-hidden />} text={t('contacts.bulk.set')} busy={bulk.isPending}>
        {(close) => <PropertyForm onSet={(name, value) => order(close, { set: { [name]: value as never } })} />}
      </BulkAct>
      <BulkAct icon={<IconRoute2 size={16} aria-hidden />} text={t('contacts.bulk.journey')} busy={bulk.isPending}>
        {(close) => (
          <EnterForm
            label={t('contacts.bulk.liveJourney')}
            button={t('contacts.bulk.enter')}
            data={[...(journeys ?? [])]
              .filter(([, { status }]) => status === 'live')
              .map(([value, { name }]) => ({ value, label: name }))}
            onEnter={(journey, data) =>
              order(close, { enterJourney: journey, ...(data && { enterData: data as Deed['enterData'] }) })
            }
          />
        )}
      </BulkAct>
      <BulkAct icon={<IconArchive size={16} aria-hidden />} text={t('contacts.archive.ask')} busy={bulk.isPending}>
        {(close) => (
          <>
            <Text size="sm">{t('contacts.archive.text')}</Text>
            <Button mt="sm" fullWidth onClick={() => order(close, { archive: true })} data-autofocus>
              {t('contacts.archive.button')}
            </Button>
            <Button mt="xs" fullWidth variant="default" onClick={() => order(close, { archive: false })}>
              {t('contacts.archive.back')}
            </Button>
          </>
        )}
      </BulkAct>
      <Button variant="subtle" size="xs" leftSection={<IconDownload size={16} aria-hidden />} onClick={onExport}>
        {t('contacts.bulk.export')}
      </Button>
      <Button variant="subtle" size="xs" color="gray" onClick={onDone}>
        {t('contacts.bulk.none')}
      </Button>
    </>
  );
}
