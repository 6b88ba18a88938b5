import type { ReactNode } from 'react';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import classes from './ProblemList.module.css';
import type { Problem } from './problems';

/** What the check found, errors red and warnings amber. */
export function ProblemList({ problems, lead }: { problems: readonly Problem[]; lead?: (problem: Problem) => ReactNode }) {
  const { t } = useSay();
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.reason.code} ${problem.reason.path}`} data-severity={problem.severity}>
          {lead?.(problem)}
          {reasonText(t, problem.reason)}
        </li>
      ))}
    </ul>
  );
}
