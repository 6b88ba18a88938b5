import { IconPlayerPause } from '@tabler/icons-react';
import { useRef } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import classes from '../map/JourneyMap.module.css';
import { useMapView } from '../map/MapView';
import { useLive, usePassage } from './liveStore';

/** Who waits here, then what matters at this kind of point. */
export function LiveRow({ id, mails }: { id: string; mails: boolean }) {
  const { t } = useSay();
  const { number, share } = useFormats();
  const point = useLive((state) => state.points.get(id));
  const held = useLive((state) => state.held.has(id));
  const passage = usePassage(id);
  if (!point || !passage) return held ? <div className={classes.live}>{t('map.live.held')}</div> : null;
  const { passed, left } = passage;
  const messages = point.messages;
  const sent = messages?.sent ?? 0;
  return (
    <div className={classes.live}>
      {held && (
        <span className={classes.held}>
          <IconPlayerPause size={13} stroke={2} aria-hidden /> {t('map.live.held')}
        </span>
      )}
      <WaitingButton id={id} waiting={point.waiting} />
      {messages ? (
        <>
          <span>
            <b>
              <Figure value={sent} text={number(sent)} />
            </b>{' '}
            {t('map.live.sent')}
          </span>
          {mails && (
            <>
              <span>
                {share(messages.opened ?? 0, sent)} {t('map.live.opened')}
              </span>
              <span>
                {share(messages.clicked ?? 0, sent)} {t('map.live.clicked')}
              </span>
            </>
          )}
        </>
      ) : (
        <span>
          <b>
            <Figure value={passed} text={number(passed)} />
          </b>{' '}
          {t('map.live.passed')}
        </span>
      )}
      {left > 0 && (
        <span>
          <b>
            <Figure value={left} text={number(left)} />
          </b>{' '}
          {t('map.live.left')}
        </span>
      )}
      <FailedButton id={id} failed={point.failed ?? 0} />
      {(['bounced', 'failed'] as const).map(
        (what) =>
          (messages?.[what] ?? 0) > 0 && (
            <span key={what} className={classes.failed}>
              <b>{number(messages?.[what] ?? 0)}</b> {t(`map.live.${what}`)}
            </span>
          ),
      )}
    </div>
  );
}

function WaitingButton({ id, waiting }: { id: string; waiting: number }) {
  const { t } = useSay();
  const { number } = useFormats();
  const { onQueue } = useMapView();
  if (waiting === 0) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.waiting}
      onClick={(event) => {
        event.stopPropagation();
        onQueue?.(id);
      }}
    >
      <Figure value={waiting} text={t('map.live.waiting', { count: waiting, people: number(waiting) })} />
    </button>
  );
}

function FailedButton({ id, failed }: { id: string; failed: number }) {
  const { t } = useSay();
  const { number } = useFormats();
  const { onFailed } = useMapView();
  if (failed === 0) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${classes.waiting} ${classes.failed}`}
      onClick={(event) => {
        event.stopPropagation();
        onFailed?.(id);
      }}
    >
      {t('map.live.failedHere', { people: number(failed) })}
    </button>
  );
}

/** Who stands in line at an entrance that lets in only so many in a time. */
export function LiveLine({ id }: { id: string }) {
  const waiting = useLive((state) => state.points.get(id)?.waiting ?? 0);
  if (waiting === 0) return null;
  return (
    <div className={classes.live}>
      <WaitingButton id={id} waiting={waiting} />
    </div>
  );
}

/** A number that fades over when it changes; as it is first shown it just stands there. */
function Figure({ value, text }: { value: number; text: string }) {
  const first = useRef(value);
  return (
    <span key={value} className={value === first.current ? undefined : classes.changed}>
      {text}
    </span>
  );
}

/** At an entrance who came in by it; at an end who got off there. */
export function LiveFigure({ id, start }: { id: string; start: boolean }) {
  const { number } = useFormats();
  const people = useLive((state) => (start ? state.flows.get(`${id}/next`) : state.points.get(id)?.arrived));
  if (people === undefined) return null;
  return (
    <span className={classes.figure}>
      <Figure value={people} text={number(people)} />
    </span>
  );
}

export function LivePlate({ of, edge }: { of: string; edge: string }) {
  const { number } = useFormats();
  const people = useLive((state) => state.flows.get(`${of}/${edge}`));
  if (people === undefined) return null;
  return (
    <b>
      <Figure value={people} text={number(people)} />
    </b>
  );
}

export function useWaitingWords(id: string): string {
  const { t } = useSay();
  const { number } = useFormats();
  const waiting = useLive((state) => state.points.get(id)?.waiting ?? 0);
  return waiting > 0 ? t('map.live.waiting', { count: waiting, people: number(waiting) }) : '';
}
