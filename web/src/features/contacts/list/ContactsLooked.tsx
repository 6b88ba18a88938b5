import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { askable } from '@/ui/conditions/missing';
import { Failure } from '@/ui/Failure';
import { SearchBox } from '@/ui/SearchBox';
import { Tabs } from '@/ui/Tabs';
import { useKeyset } from '@/ui/table/useKeyset';
import { toastSaved } from '@/ui/toasts';
import { contactTabs } from '../contactTabs';
import { ColumnsMenu } from './ColumnsMenu';
import { ContactsTable } from './ContactsTable';
import { FilterBar } from './FilterBar';
import { differs, keepColumns, keepPageSize, keptPageSize, type Looking, lookingOf } from './looking';
import { type ContactFilter, useContacts } from './useContacts';
import { useChangeView, useCreateView, type View } from './useViews';
import { ViewBar } from './ViewBar';

interface Props {
  views: readonly View[];
  view: View | undefined;
  beginning: Looking;
  /** Whom one looks at now, for what the page does with all of them. */
  onFilter: (filter: ContactFilter) => void;
}

/** The table with what decides whom it shows: a view, a search, a condition. */
export function ContactsLooked({ views, view, beginning, onFilter }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [, setParams] = useSearchParams();
  const [looking, setLooking] = useState(beginning);
  const [filtering, filter] = useDisclosure(beginning.condition !== undefined || beginning.archived !== undefined);
  const [settled] = useDebouncedValue(looking.search, 250);
  const keyset = useKeyset();
  const { condition, archived } = looking;
  // While a sentence is being written the table stays with what it said before.
  const [whole, setWhole] = useState(askable(condition));
  const chosen = useMemo(
    () => ({ search: settled, condition: filtering ? whole : undefined, archived: filtering ? archived : undefined }),
    [settled, filtering, whole, archived],
  );
  const [size, setSize] = useState(keptPageSize);
  const contacts = useContacts(chosen, { after: keyset.after, oldestFirst: looking.oldestFirst, size });
  const create = useCreateView();
  const save = useChangeView();
  useEffect(() => onFilter(chosen), [chosen, onFilter]);

  const change = (more: Partial<Looking>) => {
    keyset.begin();
    setLooking({ ...looking, ...more });
    if ('condition' in more && (!more.condition || askable(more.condition))) setWhole(more.condition);
    // Without a view the search stands in the address, so that it can be kept and sent.
    if (more.search !== undefined && !view) setParams(more.search ? { q: more.search } : {}, { replace: true });
    if ((more.columns || more.hidden) && !view) keepColumns({ ...looking, ...more });
  };
  const now: Looking = { ...looking, condition: chosen.condition, archived: chosen.archived };
  const changed = view
    ? differs(now, lookingOf(view))
    : now.search.trim() !== '' || now.condition !== undefined || now.archived !== undefined || now.oldestFirst;
  const body = {
    search: now.search.trim() || null,
    condition: now.condition ?? null,
    columns: [...now.columns],
    archived: now.archived ?? null,
    hidden: [...now.hidden],
    oldestFirst: now.oldestFirst,
  };
  return (
    <>
      <Tabs
        label={t('contacts.title')}
        tabs={contactTabs(t)}
        aside={
          <>
            <SearchBox
              label={t('contacts.search')}
              value={looking.search}
              onChange={(search) => change({ search })}
              width={250}
            />
            <Button
              variant={filtering ? 'light' : 'default'}
              aria-expanded={filtering}
              leftSection={<IconFilter size={16} aria-hidden />}
              onClick={filter.toggle}
            >
              {t('contacts.filter.button')}
            </Button>
            <ColumnsMenu columns={looking.columns} hidden={looking.hidden} onChange={change} />
          </>
        }
      />
      <ViewBar
        views={views}
        view={view}
        changed={changed}
        busy={create.isPending || save.isPending}
        onUndo={() => {
          if (!view) return;
          change(lookingOf(view));
          if (view.condition || view.archived != null) filter.open();
        }}
        onSave={() => view && save.mutate({ view, ...body }, { onSuccess: () => toastSaved(t('contacts.views.saved')) })}
        onSaveAs={(name, shared, done) =>
          create.mutate(
            { ...body, name, shared },
            {
              onSuccess: ({ id }) => {
                done();
                toastSaved(t('contacts.views.saved'));
                void navigate(`/contacts?view=${id}`);
              },
            },
          )
        }
        onGone={() => void navigate('/contacts')}
      />
      {filtering && (
        <FilterBar
          condition={condition}
          onChange={(next) => change({ condition: next })}
          archived={archived}
          onArchived={(next) => change({ archived: next })}
        />
      )}
      {contacts.isError && contacts.error.status !== 422 ? (
        <Failure error={contacts.error} onRetry={() => void contacts.refetch()} />
      ) : (
        <ContactsTable
          contacts={contacts.data?.items}
          stale={contacts.isPlaceholderData}
          filter={chosen}
          looking={looking}
          onOrder={(oldestFirst) => change({ oldestFirst })}
          size={size}
          onSize={(next) => {
            keyset.begin();
            setSize(next);
            keepPageSize(next);
          }}
          from={keyset.page}
          onNewer={keyset.newer}
          onOlder={keyset.older(contacts.data?.next)}
        />
      )}
    </>
  );
}
