import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { IconAlertCircle, IconArrowBackUp, IconArrowForwardUp, IconCheck } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Schemas } from '@/api/client';
import { useMe } from '@/api/useSession';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { withField } from './definition/exits';
import type { Journey } from './definition/journey';
import { ConflictDialog } from './editor/ConflictDialog';
import { DraftReaders } from './editor/DraftReaders';
import { EditorView } from './editor/EditorView';
import type { AskedPoint } from './editor/useOpenAsked';
import { JourneyHead, useGo, useTab } from './JourneyHead';
import classes from './JourneyPage.module.css';
import { LiveView } from './live/LiveView';
import { createLiveStore, LiveContext } from './live/liveStore';
import { type Period, useSince } from './live/period';
import { Updated } from './live/TotalsBar';
import { useLiveStatistics } from './live/useLiveStatistics';
import { useJourneyTelling } from './points/catalogue';
import { PublishSheet } from './publish/PublishSheet';
import { StateActions } from './publish/StateActions';
import { SettingsForm } from './settings/SettingsForm';
import { SettingsReading } from './settings/SettingsReading';
import { EditorProvider, useEditor } from './state/EditorContext';
import { createEditor, type EditorState } from './state/editor';
import { beginningOf } from './state/kept';
import { useAutosave } from './state/useAutosave';
import { useCheck } from './state/useCheck';
import { useJourney, useVersion } from './useJourney';
import { useNarrow, usePhone } from './usePhone';
import { VersionsView } from './versions/VersionsView';

/** One journey: drawn, checked and published while it is a draft, watched while it is live. */
export function JourneyPage() {
  const { id = '' } = useParams();
  const journey = useJourney(id);
  useDocumentTitle(`${journey.data?.name ?? id} · Parcours`);
  if (journey.isLoadingError) return <Failure error={journey.error} onRetry={() => void journey.refetch()} />;
  if (!journey.data?.definition) return <Skeleton height="100dvh" radius={0} />;
  return (
    <>
      <div className={classes.asOf}>
        <AsOf query={journey} />
      </div>
      <Loaded key={id} view={journey.data} />
    </>
  );
}

function Loaded({ view }: { view: Schemas['JourneyView'] }) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  // A version that was brought back is another draft: the editor begins anew as soon as it is here.
  const [restored, setRestored] = useState(0);
  const running = view.status !== 'draft' && view.version > 0;
  const editing = !running || search.has('edit');
  const edit = () => void navigate({ pathname: `/journeys/${view.id}`, search: '?edit' });
  const onRestored = (revision: number) => {
    setRestored(revision);
    edit();
  };
  return editing ? (
    <Draft
      key={view.revision >= restored ? restored : 0}
      view={view}
      running={running}
      onWatch={() => setSearch({})}
      onRestored={onRestored}
    />
  ) : (
    <Live view={view} onEdit={edit} onRestored={onRestored} />
  );
}

/** A point that a link names (`?point=`), for as long as it takes to open it. */
function useAskedPoint(): AskedPoint {
  const [search, setSearch] = useSearchParams();
  const onOpened = useCallback(
    () =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          next.delete('point');
          next.delete('pane');
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { point: search.get('point') ?? undefined, pane: search.get('pane') ?? undefined, onOpened };
}

/** The address asks to review and publish (`?do=publish`), as the search and the bell do: once what was drawn is saved. */
function usePublishAsked(may: boolean, open: (publishing: boolean) => void) {
  const [search, setSearch] = useSearchParams();
  const asked = may && search.get('do') === 'publish';
  useEffect(() => {
    if (!asked) return;
    open(true);
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('do');
        return next;
      },
      { replace: true },
    );
  }, [asked, open, setSearch]);
}

const saveOf = (state: EditorState) => state.save;
const savedAtOf = (state: EditorState) => state.savedAt;

interface DraftProps {
  view: Schemas['JourneyView'];
  running: boolean;
  onWatch: () => void;
  onRestored: (revision: number) => void;
}

function Draft(props: DraftProps) {
  const { view } = props;
  // The draft that this page began with: what the server tells later is met by saving, and not by beginning anew.
  const store = useRef<ReturnType<typeof createEditor>>(undefined);
  store.current ??= createEditor(beginningOf(view.id, view.definition as Journey, view.revision, view.updatedBy ?? undefined));
  useAutosave(store.current);
  useCheck(store.current);
  return (
    <EditorProvider store={store.current}>
      <Editing {...props} />
    </EditorProvider>
  );
}

function Editing({ view, running, onWatch, onRestored }: DraftProps) {
  const { t } = useSay();
  const tab = useTab();
  const me = useMe();
  const go = useGo(view.id);
  const name = useEditor((state) => state.journey.name);
  const journey = useEditor((state) => state.journey);
  const base = useEditor((state) => state.base);
  const revision = useEditor((state) => state.revision);
  const save = useEditor(saveOf);
  const canUndo = useEditor((state) => state.history.past.length > 0);
  const canRedo = useEditor((state) => state.history.future.length > 0);
  const edit = useEditor((state) => state.edit);
  const undo = useEditor((state) => state.undo);
  const redo = useEditor((state) => state.redo);
  const errors = useEditor((state) => state.problems.filter((problem) => problem.severity !== 'warning').length);
  const checked = useEditor((state) => state.checked !== undefined);
  const [checking, setChecking] = useState(false);
  const [publishing, setPublishing] = useState(false);
  usePublishAsked(save === 'saved', setPublishing);
  const asked = useAskedPoint();
  const telling = useJourneyTelling(journey);
  const narrow = useNarrow();
  const phone = usePhone();
  const drawn = tab === 'map' || tab === 'outline';
  // Of the whole journey, whichever part of it is open.
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ]);
  return (
    <div className={classes.page}>
      <JourneyHead
        id={view.id}
        name={name}
        status={view.status}
        tab={tab}
        tabs={view.version > 0 ? ['map', 'settings', 'versions'] : ['map', 'settings']}
        aside={
          phone ? (
            <span className={classes.saved}>{t('map.reading.phone')}</span>
          ) : (
            <>
              <Saved running={running} version={view.version} />
              <DraftReaders journey={view.id} me={me.email} />
            </>
          )
        }
      >
        {!phone && (
          <>
            <ActionIcon aria-label={t('map.undo')} title={t('map.undo')} disabled={!canUndo} onClick={undo}>
              <IconArrowBackUp size={18} />
            </ActionIcon>
            <ActionIcon aria-label={t('map.redo')} title={t('map.redo')} disabled={!canRedo} onClick={redo}>
              <IconArrowForwardUp size={18} />
            </ActionIcon>
            <Button
              data-tour="check"
              variant="default"
              color={errors > 0 ? 'red' : undefined}
              leftSection={
                errors > 0 ? (
                  <IconAlertCircle className={classes.bad} size={16} />
                ) : (
                  <IconCheck className={classes.good} size={16} />
                )
              }
              loading={!checked}
              onClick={() => {
                setChecking(!checking);
                if (!drawn) go('map');
              }}
            >
              {errors > 0 ? t('map.check.errors', { count: errors }) : t('map.check.noErrors')}
            </Button>
          </>
        )}
        {running && (
          <Button variant="default" onClick={onWatch}>
            {t('map.state.watch')}
          </Button>
        )}
        {!phone && (
          <Button data-tour="publish" disabled={save !== 'saved'} onClick={() => setPublishing(true)}>
            {t('map.publish.title')}
          </Button>
        )}
      </JourneyHead>
      {tab === 'settings' ? (
        phone ? (
          <SettingsReading journey={journey} />
        ) : (
          <SettingsForm />
        )
      ) : tab === 'versions' && view.version > 0 ? (
        <VersionsView
          view={view}
          draft={base}
          revision={revision}
          onPublish={save === 'saved' ? () => setPublishing(true) : undefined}
          onRestored={onRestored}
        />
      ) : (
        <EditorView
          reading={phone}
          view={tab === 'outline' || narrow ? 'outline' : 'map'}
          onView={go}
          checkOpen={checking}
          onCheck={setChecking}
          author={me.name || me.email}
          running={running}
          asked={asked}
        />
      )}
      <ConflictDialog telling={telling} />
      {publishing && (
        <PublishSheet
          journey={journey}
          revision={revision}
          version={view.version}
          paused={view.status === 'paused'}
          unsaved={save !== 'saved'}
          onStartsAt={
            running
              ? undefined
              : (startsAt) => edit({ kind: 'settings', settings: withField(journey.settings ?? {}, 'startsAt', startsAt) })
          }
          onClose={() => setPublishing(false)}
          onProblems={() => {
            setPublishing(false);
            setChecking(true);
            if (!drawn) go('map');
          }}
          onLive={() => {
            setPublishing(false);
            onWatch();
          }}
        />
      )}
    </div>
  );
}

function Saved({ running, version }: { running: boolean; version: number }) {
  const { t } = useSay();
  const { time } = useFormats();
  const save = useEditor(saveOf);
  const savedAt = useEditor(savedAtOf);
  const state =
    save === 'waiting' || save === 'saving'
      ? t('map.save.saving')
      : save === 'saved'
        ? savedAt
          ? t('map.save.savedAt', { time: time(new Date(savedAt)) })
          : t('map.save.saved')
        : t(`map.save.${save}`);
  return (
    <span className={classes.saved} data-tour="saved" data-state={save} role="status">
      {running ? t('map.save.draftOf', { version: version + 1, state }) : state}
    </span>
  );
}

interface LiveProps {
  view: Schemas['JourneyView'];
  onEdit: () => void;
  onRestored: (revision: number) => void;
}

function Live({ view, onEdit, onRestored }: LiveProps) {
  const tab = useTab();
  const go = useGo(view.id);
  const published = useVersion(view.id, view.version);
  const [version, setVersion] = useState<number | undefined>();
  const [period, setPeriod] = useState<Period>('all');
  const since = useSince(period);
  const [store] = useState(createLiveStore);
  const [publishing, setPublishing] = useState(false);
  const draft = view.definition as Journey;
  const asked = useAskedPoint();
  const narrow = useNarrow();
  const phone = usePhone();
  const journey = published.data;
  const starts = useMemo(() => journey?.start.map(({ id, next }) => ({ id, next })) ?? [], [journey]);
  const { connected } = useLiveStatistics(store, view.id, starts, { version, since });
  const versions = useMemo(() => Array.from({ length: view.version }, (_, at) => view.version - at), [view.version]);
  if (published.isLoadingError) return <Failure error={published.error} onRetry={() => void published.refetch()} />;
  return (
    <LiveContext.Provider value={store}>
      <div className={classes.page}>
        <JourneyHead
          id={view.id}
          name={view.name}
          status={view.status}
          tab={tab}
          aside={<Updated connected={connected} />}
          tabs={['map', 'settings', 'versions']}
        >
          <StateActions view={view} onEdit={phone ? undefined : onEdit} />
        </JourneyHead>
        {tab === 'versions' ? (
          <VersionsView
            view={view}
            draft={draft}
            revision={view.revision}
            onPublish={() => setPublishing(true)}
            onRestored={onRestored}
          />
        ) : journey && tab === 'settings' ? (
          <SettingsReading
            journey={journey}
            version={view.version}
            running={view.status === 'live' || view.status === 'paused'}
          />
        ) : journey ? (
          <LiveView
            journey={journey}
            store={store}
            view={tab === 'outline' || narrow ? 'outline' : 'map'}
            onView={go}
            choices={{ versions, version, onVersion: setVersion, period, onPeriod: setPeriod }}
            asked={asked}
            held={view.pausedPoints}
            running={view.status === 'live' || view.status === 'paused'}
          />
        ) : (
          <Skeleton flex={1} radius={0} />
        )}
        {publishing && (
          <PublishSheet
            journey={draft}
            revision={view.revision}
            version={view.version}
            paused={view.status === 'paused'}
            onClose={() => setPublishing(false)}
            onProblems={onEdit}
            onLive={() => {
              setPublishing(false);
              go('map');
            }}
          />
        )}
      </div>
    </LiveContext.Provider>
  );
}
