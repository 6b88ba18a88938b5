import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { remember } from './recent';
import { useFound } from './useFound';

/** Ctrl/⌘ K from anywhere: journeys, contacts, segments, content and commands, the latest first. */
export function Search() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const groups = useFound(query);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      attributes={{ content: { 'aria-label': t('frame.search.label') } }}
      shortcut={['mod + K']}
      maxHeight={440}
      scrollable
      transitionProps={{ duration: 120 }}
    >
      <Spotlight.Search
        placeholder={t('frame.search.placeholder')}
        aria-label={t('frame.search.label')}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        onKeyDown={takeFirst}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, items }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {items.map((item) => {
              const { to, text, note, icon: Icon } = item;
              return (
                <Spotlight.Action
                  key={to + text}
                  label={text}
                  description={note}
                  leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                  onClick={() => {
                    remember({ to, text });
                    void navigate(to);
                  }}
                />
              );
            })}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t('frame.search.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Enter takes the best match where none was chosen by arrows. */
function takeFirst(event: KeyboardEvent<HTMLInputElement>) {
  const dialog = event.currentTarget.closest('[role="dialog"]');
  if (event.key !== 'Enter' || !dialog || dialog.querySelector('[data-action][data-selected]')) return;
  dialog.querySelector<HTMLElement>('[data-action]')?.click();
}
