import { useSuspenseQuery } from '@tanstack/react-query';
import { type Me, sessionQuery } from './session';

/** Who is signed in. Inside the frame somebody always is: its loader sees to it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data.me) throw new Error('Nobody is signed in.');
  return data.me;
}
