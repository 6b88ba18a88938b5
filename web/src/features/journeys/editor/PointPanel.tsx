import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconCornerDownLeft, IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { actionsQuery } from '@/api/queries';
import { useSay } from '@/lib/say';
import { iconNamed } from '@/ui/actions/actions';
import type { Telling } from '@/ui/conditions/telling';
import type { StartingPoint } from '../definition/journey';
import { newId, newStart } from '../edit/applyEdit';
import { targetOf } from '../edit/links';
import { leadsTo } from '../edit/reach';
import { LineLetter } from '../map/LineLetter';
import { cardOf, points } from '../points/catalogue';
import { starts } from '../points/starts';
import { useEditor, useEditorStore } from '../state/EditorContext';
import type { EditorState, EditorStore } from '../state/editor';
import { addNew } from './addNew';
import { type Offer, type Offered, offersFor } from './ask';
import classes from './PointPanel.module.css';

const journeyOf = (state: EditorState) => state.journey;
const placeOf = (state: EditorState) => state.place;

interface Props {
  telling: Telling;
  letter: string;
  onClose: () => void;
  onAdded: (id: string) => void;
}

/** What can be put on the map, and where it goes. Enter puts the first; dragging puts it on any line. */
export function PointPanel({ telling, letter, onClose, onAdded }: Props) {
  const { t, language } = useSay();
  const actions = useQuery(actionsQuery).data;
  const journey = useEditor(journeyOf);
  const place = useEditor(placeOf);
  const store = useEditorStore();
  const drag = useEditor((state) => state.drag);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const first = place?.exits[0];
  const before = first && targetOf(journey, first);
  const offers = useMemo(
    () => offersFor(t, search, first ? { openEnd: before === undefined } : undefined, actions, language),
    [t, language, search, first, before, actions],
  );
  const possible = offers.filter((offer) => offer.possible);
  const active = possible[Math.min(at, possible.length - 1)];

  const add = (offered: Offered) => {
    const id = addOffered(offered, store);
    if (id) onAdded(id);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(possible.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      add(active.offered);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  };
  const groups: { name: string; offers: Offer[] }[] = search
    ? [{ name: t('map.panel.best'), offers }]
    : (first
        ? (['rules', 'actions', 'integrations', 'starts'] as const)
        : (['starts', 'rules', 'actions', 'integrations'] as const)
      ).map((group) => ({
        name: t(`map.panel.${group}`),
        offers: offers.filter((offer) => offer.offered.group === group),
      }));

  return (
    <section className={classes.panel} aria-label={t('map.panel.title')}>
      <header className={classes.head}>
        <h2>{t('map.panel.title')}</h2>
        <ActionIcon aria-label={t('map.close')} onClick={onClose}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      <div className={classes.search}>
        <TextInput
          aria-label={t('map.panel.search')}
          placeholder={t('map.panel.search')}
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={keys}
          data-autofocus
          ref={focusOnce}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={active ? `${list}-${active.key}` : undefined}
        />
        <p className={classes.where}>
          {first ? (
            <>
              <LineLetter letter={letter} />
              {before === undefined
                ? t('map.panel.atEnd', { letter })
                : t('map.panel.before', { letter, point: cardOf(journey, before, telling).title })}
            </>
          ) : (
            t('map.panel.nowhere')
          )}
        </p>
      </div>
      <div className={classes.list} role="listbox" id={list} aria-label={t('map.panel.title')}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of a listbox.
          <div key={group.name} role="group" aria-label={group.name}>
            <div className={classes.group} aria-hidden>
              {group.name}
            </div>
            {group.offers.map((offer) => (
              <OfferRow
                key={offer.key}
                id={`${list}-${offer.key}`}
                offer={offer}
                active={offer.key === active?.key}
                onAdd={() => add(offer.offered)}
                onDrag={(dragging) =>
                  drag(dragging && offer.offered.group !== 'starts' ? { what: 'new', kind: kindOf(offer.offered) } : undefined)
                }
              />
            ))}
          </div>
        ))}
        {offers.length === 0 && <p className={classes.none}>{t('map.panel.none', { search })}</p>}
      </div>
      {first && before === undefined && !search && <Connect telling={telling} onDone={onClose} />}
    </section>
  );
}

/** By what it is put on the map: its kind, and of a declared action its name too. */
const kindOf = (offered: Exclude<Offered, { group: 'starts' }>): string =>
  offered.action ? `${offered.kind}:${offered.action.id}` : offered.kind;

function iconOf(offered: Offered) {
  if (offered.group === 'starts') return starts[offered.kind].icon;
  return offered.action ? iconNamed(offered.action.value?.icon) : points[offered.kind].icon;
}

function focusOnce(input: HTMLInputElement | null) {
  input?.focus({ preventScroll: true });
}

function OfferRow({
  id,
  offer,
  active,
  onAdd,
  onDrag,
}: {
  id: string;
  offer: Offer;
  active: boolean;
  onAdd: () => void;
  onDrag: (dragging: boolean) => void;
}) {
  const Icon = iconOf(offer.offered);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the search field has the focus and names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field takes the keys.
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={!offer.possible}
      className={classes.offer}
      data-active={active || undefined}
      draggable={offer.offered.group !== 'starts'}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', offer.key);
        onDrag(true);
      }}
      onDragEnd={() => onDrag(false)}
      onClick={() => offer.possible && onAdd()}
    >
      <Icon size={17} stroke={1.7} aria-hidden />
      <span>{offer.label}</span>
      {active && <IconCornerDownLeft className={classes.enter} size={14} aria-hidden />}
    </div>
  );
}

/** At an open end the line may lead to a point that is there: it joins its line, or, where that would be a circle, goes back to it. */
function Connect({ telling, onDone }: { telling: Telling; onDone: () => void }) {
  const { t } = useSay();
  const journey = useEditor(journeyOf);
  const exit = useEditor((state) => state.place?.exits[0]);
  const edit = useEditor((state) => state.edit);
  if (!exit) return null;
  const targets = Object.keys(journey.points).filter((id) => id !== exit.of);
  if (targets.length === 0) return null;
  return (
    <div className={classes.connect}>
      <Select
        label={t('map.panel.connect')}
        placeholder={t('map.panel.connectTo')}
        searchable
        data={targets.map((id) => ({ value: id, label: telling.pointName(id) }))}
        value={null}
        onChange={(target) => {
          if (!target) return;
          const circle = leadsTo(journey, target, exit.of);
          if (edit(circle ? { kind: 'goTo', exit, id: newId(journey, 'goTo'), target } : { kind: 'connect', exit, target }))
            onDone();
        }}
      />
    </div>
  );
}

/** Puts what was chosen at the open place; returns what it is called. */
export function addOffered(offered: Offered, store: EditorStore): string | undefined {
  const { journey, place, edit } = store.getState();
  if (offered.group === 'starts') {
    const start = newStart(journey, { id: '', ...starts[offered.kind].create() } as StartingPoint);
    return edit({ kind: 'addStart', start }) ? start.id : undefined;
  }
  return addNew(store, kindOf(offered), place);
}
