import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Telling } from '@/ui/conditions/telling';
import type { Activity, Journey, Point, PointKind, PointOf, StartingPoint, StartKind } from '../definition/journey';

/** Integrations tell something outside of the journey: other programs, or people at their desks. */
export type PointGroup = 'rules' | 'actions' | 'integrations';

/** How its station looks: rules are squares in ink, actions circles in the line's colour. */
export type Shape = 'rule' | 'action' | 'goTo' | 'end';

export interface PointFormProps<P = Point> {
  id: string;
  point: P;
  journey: Journey;
  telling: Telling;
  onChange: (point: P) => void;
  /** What the check says about a field, by the tail of its place: `content`, `paths/0/share`. */
  errorAt: (field: string) => string | undefined;
}

/** One kind of point: what its card shows and what its form asks. One file each, beside this one. */
export interface PointView<K extends PointKind> {
  kind: K;
  group: PointGroup;
  shape: Shape;
  icon: Icon;
  /** A new one, as empty as it may be. */
  create: () => PointOf<K>;
  /** What the card says it does, where it has no name. */
  title: (point: PointOf<K>, telling: Telling) => string;
  detail?: (point: PointOf<K>, telling: Telling) => string | undefined;
  /** What its lines are called, where it has several and the map has no name for them. */
  branch?: (point: PointOf<K>, edge: string, telling: Telling) => string;
  Form: ComponentType<PointFormProps<PointOf<K>>>;
}

export type StartOf<K extends StartKind> = Extract<StartingPoint, { kind: K }>;

export interface StartView<K extends StartKind> {
  kind: K;
  icon: Icon;
  /** Nothing that an import brings can start it. */
  withoutImports?: true;
  /** It may take those too of whom it is true already. */
  ofState?: true;
  create: () => Omit<StartOf<K>, 'id'>;
  title: (start: StartOf<K>, telling: Telling) => string;
  Form: ComponentType<PointFormProps<StartOf<K>>>;
}

export type ActivityKind = Activity['kind'];
