import type { Schemas } from '@/api/client';
import type { Condition } from '@/ui/conditions/condition';
import { Explained } from '@/ui/conditions/Explained';
import { useTelling } from '@/ui/conditions/telling';
import { triedOf } from '@/ui/conditions/tried';
import { usePointName } from '../usePointName';

interface Props {
  journey: string;
  condition: Condition;
  why: Schemas['ExplanationView'];
}

/** A condition of a journey in the author's words, with what was found. */
export function Tree({ journey, condition, why }: Props) {
  const pointName = usePointName();
  const telling = useTelling((id) => pointName(journey, id));
  return <Explained tried={triedOf(condition, why, telling)} telling={telling} />;
}
