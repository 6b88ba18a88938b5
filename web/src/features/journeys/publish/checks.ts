import type { Reason } from '@/api/problem';
import type { Condition } from '@/ui/conditions/condition';
import type { Journey, Point } from '../definition/journey';

export const areas = ['map', 'conditions', 'messages', 'names', 'settings'] as const;
export type Area = (typeof areas)[number];

export interface AreaCheck {
  area: Area;
  /** The worst first. */
  problems: Reason[];
}

/** To which part of the check a problem belongs. */
export function areaOf({ code, path }: Pick<Reason, 'code' | 'path'>): Area {
  if (/^(reference\.content|topic\.|window\.|message\.|condition\.message|content\.)/.test(code)) return 'messages';
  if (/^(reference\.|condition\.(property|segment|topic)\.)/.test(code)) return 'names';
  if (code.startsWith('condition.')) return 'conditions';
  return path.startsWith('/settings') || path === '/name' ? 'settings' : 'map';
}

/** What was checked, part by part: also where nothing was found. */
export function checksOf(problems: readonly Reason[]): AreaCheck[] {
  return areas.map((area) => ({
    area,
    problems: problems
      .filter((problem) => areaOf(problem) === area)
      .sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
  }));
}

/** How much there was to check. */
export function extentOf(journey: Journey): Record<Area, number> {
  const points = Object.values(journey.points);
  const settings = journey.settings ?? {};
  return {
    map: points.length,
    conditions: [
      ...points.flatMap(conditionsOf),
      ...journey.start.map((start) => start.filter),
      settings.eligibility,
      settings.exclusions,
      settings.goal,
      ...(settings.exits ?? []),
    ].filter(Boolean).length,
    messages: points.filter((point) => point.kind === 'sendEmail').length,
    names: new Set(points.flatMap(namesOf)).size,
    settings: Object.keys(settings).length,
  };
}

function conditionsOf(point: Point): Condition[] {
  if (point.kind === 'branch') return point.paths.map((path) => path.condition);
  return 'condition' in point ? [point.condition] : [];
}

/** By their fields, so that a new kind of point needs nothing here. */
function namesOf(point: Point): string[] {
  const { tag, list, property, into, topic } = point as {
    tag?: string;
    list?: string;
    property?: string;
    into?: string;
    topic?: string;
  };
  return Object.entries({ tag, list, property, into, topic }).flatMap(([field, name]) =>
    name ? [`${field === 'into' ? 'property' : field} ${name}`] : [],
  );
}
