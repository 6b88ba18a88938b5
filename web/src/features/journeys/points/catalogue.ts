import type { Icon } from '@tabler/icons-react';
import { IconCircle, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { actionsQuery, journeyNamesQuery } from '@/api/queries';
import { iconOfAction, titleOf } from '@/ui/actions/actions';
import { type Telling, useTelling } from '@/ui/conditions/telling';
import { branchKey, startOf } from '../definition/exits';
import type { Journey, Point, PointKind, StartingPoint } from '../definition/journey';
import { addNotePoint } from './AddNotePoint';
import { archivePoint } from './ArchivePoint';
import { assignOwnerPoint } from './AssignOwnerPoint';
import { branchPoint } from './BranchPoint';
import { copyPropertyPoint } from './CopyPropertyPoint';
import { couponPoint } from './CouponPoint';
import { createTaskPoint } from './CreateTaskPoint';
import { customActionPoint } from './CustomActionPoint';
import { delayPoint } from './DelayPoint';
import { endPoint } from './EndPoint';
import { experimentPoint } from './ExperimentPoint';
import { firstNPoint } from './FirstNPoint';
import { goToPoint } from './GoToPoint';
import { ifPoint } from './IfPoint';
import { increasePropertyPoint } from './IncreasePropertyPoint';
import { runJourneyPoint, startJourneyPoint, stopJourneyPoint } from './JourneyPoints';
import type { PointView, Shape, StartView } from './kind';
import { addToListPoint, removeFromListPoint } from './ListPoints';
import { notifyPoint } from './NotifyPoint';
import { recordEventPoint } from './RecordEventPoint';
import { sendEmailPoint } from './SendEmailPoint';
import { setConsentPoint } from './SetConsentPoint';
import { setPropertyPoint } from './SetPropertyPoint';
import { splitPoint } from './SplitPoint';
import { stagePoint } from './StagePoint';
import { startedByPoint } from './StartedByPoint';
import { switchPoint } from './SwitchPoint';
import { starts } from './starts';
import { addTagPoint, removeTagPoint } from './TagPoints';
import { waitForFirstPoint } from './WaitForFirstPoint';
import { waitForPoint } from './WaitForPoint';
import { waitUntilDatePoint } from './WaitUntilDatePoint';
import { waitUntilPoint } from './WaitUntilPoint';
import { waitUntilTruePoint } from './WaitUntilTruePoint';
import { webhookPoint } from './WebhookPoint';

/** Every kind of point, in the order in which the panel offers them. A new kind is one file and one line here. */
export const points: { [K in PointKind]: PointView<K> } = {
  if: ifPoint,
  branch: branchPoint,
  switch: switchPoint,
  startedBy: startedByPoint,
  split: splitPoint,
  experiment: experimentPoint,
  firstN: firstNPoint,
  delay: delayPoint,
  waitUntil: waitUntilPoint,
  waitUntilDate: waitUntilDatePoint,
  waitUntilTrue: waitUntilTruePoint,
  waitFor: waitForPoint,
  waitForFirst: waitForFirstPoint,
  runJourney: runJourneyPoint,
  stage: stagePoint,
  goTo: goToPoint,
  end: endPoint,
  sendEmail: sendEmailPoint,
  addTag: addTagPoint,
  removeTag: removeTagPoint,
  setProperty: setPropertyPoint,
  increaseProperty: increasePropertyPoint,
  copyProperty: copyPropertyPoint,
  addToList: addToListPoint,
  removeFromList: removeFromListPoint,
  setConsent: setConsentPoint,
  archive: archivePoint,
  recordEvent: recordEventPoint,
  addNote: addNotePoint,
  coupon: couponPoint,
  createTask: createTaskPoint,
  assignOwner: assignOwnerPoint,
  startJourney: startJourneyPoint,
  stopJourney: stopJourneyPoint,
  notify: notifyPoint,
  webhook: webhookPoint,
  customAction: customActionPoint,
};

export const pointKinds = Object.keys(points) as PointKind[];

// The table is checked kind by kind; what is looked up in it fits the kind that it was looked up by.
const viewOf = (kind: PointKind) => points[kind] as unknown as PointView<PointKind> | undefined;
const startViewOf = (kind: StartingPoint['kind']) => starts[kind] as unknown as StartView<StartingPoint['kind']> | undefined;

/** What a card shows: the kind, what it does, its mark. */
export interface CardText {
  kind: string;
  title: string;
  detail?: string;
}

/** The card of a point or starting point. A kind that this page does not know yet shows its own name. */
export function cardOf(journey: Journey, id: string, telling: Telling): CardText {
  const start = startOf(journey, id);
  if (start)
    return {
      kind: telling.t('points.kind.start'),
      title: start.name || (startViewOf(start.kind)?.title(start as never, telling) ?? start.kind),
    };
  const point = journey.points[id];
  if (!point) return { kind: '', title: id };
  const view = viewOf(point.kind);
  return {
    kind: view ? telling.t(`points.kind.${point.kind}`) : point.kind,
    title: point.name || (view?.title(point as never, telling) ?? point.kind),
    detail: view?.detail?.(point as never, telling),
  };
}

export function shapeOf(point: Point): Shape {
  return viewOf(point.kind)?.shape ?? 'action';
}

export function iconOf(point: Point): Icon | undefined {
  if (point.kind === 'end' && point.outcome !== 'successful') return point.outcome === 'unsuccessful' ? IconCircleX : IconCircle;
  if (point.kind === 'customAction') return iconOfAction(point.action);
  return viewOf(point.kind)?.icon;
}

export function iconOfStart(start: StartingPoint): Icon | undefined {
  return startViewOf(start.kind)?.icon;
}

/** What a line is called where it parts from others. */
export function branchNameOf(journey: Journey, of: string, edge: string, telling: Telling): string {
  const named = journey.map?.branches?.[branchKey(of, edge)];
  if (named) return named;
  const point = journey.points[of];
  return (point && viewOf(point.kind)?.branch?.(point as never, edge, telling)) || edge;
}

/** Words for everything of a journey. */
export function useJourneyTelling(journey: Journey): Telling {
  const tell = useJourneyTellings();
  const { id, points: names, settings } = journey;
  const timeZone = settings?.timeZone;
  return useMemo(() => tell({ id, points: names, settings: { timeZone } }), [tell, id, names, timeZone]);
}

/** Words for several: versions of one are told each by its own names. */
export function useJourneyTellings(): (journey: Pick<Journey, 'id' | 'points' | 'settings'>) => Telling {
  const plain = useTelling();
  const journeys = useQuery(journeyNamesQuery).data;
  const actions = useQuery(actionsQuery).data;
  return useCallback(
    ({ id: journey, points: names, settings }) => ({
      ...plain,
      journey,
      timeZone: settings?.timeZone,
      journeyName: (id) => journeys?.get(id)?.name ?? id,
      actionName: (id) => titleOf(actions?.find((action) => action.id === id)?.value, plain.language, id),
      // A message is called by its content; anything deeper would go round in circles.
      pointName: (id) => {
        const point = names[id];
        if (!point) return id;
        return point.name || (point.kind === 'sendEmail' ? point.content || id : cardTitle(point, plain));
      },
    }),
    [plain, journeys, actions],
  );
}

function cardTitle(point: Point, telling: Telling): string {
  return viewOf(point.kind)?.title(point as never, telling) ?? point.kind;
}
