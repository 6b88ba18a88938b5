import type { Journey, Point } from '../definition/journey';

/** What decides who goes where at a point, and who comes there: as long as it stays the same, shares are not asked for again. Undefined: the point chooses by no contact. */
export function deciding(journey: Journey, id: string): string | undefined {
  const asked = askedOf(journey.points[id]);
  return asked === undefined ? undefined : JSON.stringify([asked, journey.settings?.eligibility, journey.settings?.exclusions]);
}

function askedOf(point: Point | undefined): unknown {
  switch (point?.kind) {
    case 'if':
      return point.condition;
    case 'branch':
      return point.paths.map(({ name, condition }) => [name, condition]);
    case 'switch':
      return point.property ? [point.property, point.paths.map(({ name, values }) => [name, values])] : undefined;
    default:
      return undefined;
  }
}
