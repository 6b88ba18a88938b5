import { useQuery } from '@tanstack/react-query';
import { clockQuery } from './queries';

/** The reader's now, or with a virtual clock the one by which everything happens. */
export function useNow(): Date {
  const clock = useQuery(clockQuery).data;
  return clock?.virtual ? new Date(clock.now) : new Date();
}
