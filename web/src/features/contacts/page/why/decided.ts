import type { Schemas } from '@/api/client';
import type { Condition } from '@/ui/conditions/condition';

/** What of a journey's definition says by which condition something was decided. */
export interface Deciding {
  settings?: { eligibility?: Condition; exclusions?: Condition };
  start?: { id: string; filter?: Condition }[];
  points?: Record<string, { condition?: Condition; paths?: { name: string; condition?: Condition }[] } | undefined>;
}

/** The condition that a step was decided by, as its author wrote it; undefined where none is on record. */
export function decidedBy(definition: Deciding | undefined, step: Schemas['StepView']): Condition | undefined {
  if (!definition || !step.condition) return undefined;
  if (step.edge === 'entered') return ruleOf(definition, step.point);
  const point = definition.points?.[step.point];
  if (point?.condition) return point.condition;
  const taken = point?.paths?.find(({ name }) => name === step.edge);
  if (taken || step.edge !== 'otherwise') return taken?.condition;
  // Where no path's condition held, the record has all of them.
  return { kind: 'any', of: (point?.paths ?? []).flatMap(({ condition }) => condition ?? []) };
}

/** All that had to hold for one who came in: in the order in which the record has it. */
function ruleOf({ settings, start }: Deciding, id: string): Condition {
  const filter = start?.find((one) => one.id === id)?.filter;
  return {
    kind: 'all',
    of: [
      ...(settings?.eligibility ? [settings.eligibility] : []),
      ...(settings?.exclusions ? [{ kind: 'not' as const, of: settings.exclusions }] : []),
      ...(filter ? [filter] : []),
    ],
  };
}
