import type { Reason } from '@/api/problem';
import { exitsOfId } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { Severity } from '../map/MapView';

export interface Problem {
  reason: Reason;
  severity: Severity;
  /** The point or starting point that it concerns; none: the journey as a whole. */
  id: string | undefined;
  /** The tail of its place inside the point. */
  field: string;
}

/** The check's reasons with what they stand at. Errors come first, then in the order of the document. */
export function problemsOf(journey: Journey, reasons: Reason[]): Problem[] {
  const problems = reasons.map((reason): Problem => {
    const path = reason.path.split('/').slice(1).map(unescaped);
    const severity: Severity = reason.severity === 'warning' ? 'warning' : 'error';
    if (path[0] === 'points' && path[1] !== undefined) return { reason, severity, id: path[1], field: path.slice(2).join('/') };
    if (path[0] === 'start' && path[1] !== undefined)
      return { reason, severity, id: journey.start[Number(path[1])]?.id, field: path.slice(2).join('/') };
    return { reason, severity, id: reason.point ?? undefined, field: path.join('/') };
  });
  return problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function unescaped(part: string) {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** By point, the worst; an open end that the check minds is marked at its plus. */
export function severities(journey: Journey, problems: Problem[]): Map<string, Severity> {
  const found = new Map<string, Severity>();
  for (const problem of problems) {
    if (problem.id === undefined) continue;
    const open = exitsOfId(journey, problem.id).find((exit) => exit.field === problem.field && exit.target === undefined);
    // A line that leads nowhere is marked where it ends, not at the point that it comes from.
    const key = open ? `open:${problem.id}/${open.field}` : problem.id;
    if (found.get(key) !== 'error') found.set(key, problem.severity);
  }
  return found;
}
