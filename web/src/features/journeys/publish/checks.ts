import type { Reason } from '@/api/problem';
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
      ...points.map((point) => point.kind === 'if' && point.condition),
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

function namesOf(point: Point): string[] {
  switch (point.kind) {
    case 'addTag':
    case 'removeTag':
      return [`tag ${point.tag}`];
    case 'addToList':
    case 'removeFromList':
      return [`list ${point.list}`];
    case 'setProperty':
      return [`property ${point.property}`];
    default:
      return [];
  }
}
