import { Button, Popover, Select, TagsInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { propertiesQuery } from '@/api/queries';
import { PropertyField } from '../edit/PropertyField';
import { dataOf, JourneyData } from './JourneyData';

/** One thing to do with them, and what it asks for. */
export function BulkAct({
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

export function TagsForm({
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
export function EnterForm({
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

export function ChoiceForm({
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

/** Which property, and what it shall be of each of them; left empty, it is taken from them. */
export function PropertyForm({ onSet }: { onSet: (name: string, value: unknown) => void }) {
  const { t } = useTranslation();
  const declared = useQuery(propertiesQuery).data ?? [];
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>();
  const body = declared.find(({ id }) => id === name)?.value ?? undefined;
  return (
    <>
      <Select
        label={t('contacts.bulk.property')}
        data={declared.map(({ id, value: known }) => ({ value: id, label: known?.title ?? id }))}
        value={name}
        onChange={(next) => {
          setName(next);
          setValue(undefined);
        }}
        searchable
        comboboxProps={{ withinPortal: false, position: 'top' }}
        data-autofocus
      />
      {name && (
        <div style={{ marginTop: 12 }}>
          <PropertyField key={name} name={name} body={body} value={value} onChange={setValue} label={t('contacts.bulk.value')} />
        </div>
      )}
      <Button mt="sm" fullWidth disabled={!name} onClick={() => name && onSet(name, isNothing(value) ? null : value)}>
        {t(isNothing(value) ? 'contacts.bulk.clearProperty' : 'contacts.bulk.setProperty')}
      </Button>
    </>
  );
}

const isNothing = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
