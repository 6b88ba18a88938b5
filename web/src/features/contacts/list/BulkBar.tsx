import { Button, Popover, Select, TagsInput, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconDownload, IconList, IconRoute2, IconTag, IconTagOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery, listsQuery, tagsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { dataOf, JourneyData } from './JourneyData';
import { type Deed, useBulk } from './useBulk';
import type { ContactFilter } from './useContacts';

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
  const order = (close: () => void, deed: Deed) => {
    close();
    bulk.mutate({ whom: all ? { filter } : { ids }, deed });
  };
  const tags = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const lists = useQuery(listsQuery).data ?? [];
  const journeys = useQuery(journeyNamesQuery).data;
  return (
    <>
      <strong>
        {all ? t('contacts.bulk.allSelected') : t('contacts.bulk.selected', { count: ids.length, number: number(ids.length) })}
      </strong>
      {!all && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {t('contacts.bulk.selectAll')}
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

function BulkAct({
  icon,
  text,
  busy,
  children,
}: {
  icon: ReactNode;
  text: string;
  busy: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} width={280} trapFocus withArrow>
      <Popover.Target>
        <Button variant="subtle" size="xs" leftSection={icon} onClick={toggle} disabled={busy}>
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{children(close)}</Popover.Dropdown>
    </Popover>
  );
}

function TagsForm({
  known,
  label,
  button,
  onTags,
}: {
  known: string[];
  label: string;
  button: string;
  onTags: (tags: string[]) => void;
}) {
  const [tags, setTags] = useState<string[]>([]);
  return (
    <>
      <TagsInput
        label={label}
        data={known}
        value={tags}
        onChange={setTags}
        comboboxProps={{ withinPortal: false, position: 'top' }}
        data-autofocus
      />
      <Button mt="sm" fullWidth disabled={tags.length === 0} onClick={() => onTags(tags)}>
        {button}
      </Button>
    </>
  );
}

/** Into which journey, and what it shall know of them. */
function EnterForm({
  label,
  button,
  data,
  onEnter,
}: {
  label: string;
  button: string;
  data: { value: string; label: string }[];
  onEnter: (journey: string, data: Record<string, unknown> | null) => void;
}) {
  const [journey, setJourney] = useState<string | null>(null);
  const [text, setText] = useState('');
  const said = dataOf(text);
  return (
    <>
      <Select
        label={label}
        data={data}
        value={journey}
        onChange={setJourney}
        searchable
        comboboxProps={{ withinPortal: false, position: 'top' }}
        data-autofocus
      />
      <JourneyData value={text} onChange={setText} />
      <Button
        mt="sm"
        fullWidth
        disabled={!journey || said === undefined}
        onClick={() => journey && said !== undefined && onEnter(journey, said)}
      >
        {button}
      </Button>
    </>
  );
}

function ChoiceForm({
  label,
  button,
  data,
  onChoice,
}: {
  label: string;
  button: string;
  data: { value: string; label: string }[];
  onChoice: (value: string) => void;
}) {
  const [value, setValue] = useState<string | null>(null);
  return (
    <>
      <Select
        label={label}
        data={data}
        value={value}
        onChange={setValue}
        searchable
        comboboxProps={{ withinPortal: false, position: 'top' }}
        data-autofocus
      />
      <Button mt="sm" fullWidth disabled={!value} onClick={() => value && onChoice(value)}>
        {button}
      </Button>
    </>
  );
}
