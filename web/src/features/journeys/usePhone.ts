import { useMediaQuery } from '@mantine/hooks';

/** Where a map has no room: on a phone, and where a page is enlarged to 400 %. The outline stands in its place. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false }) === true;
}

/** A narrow page under a finger: there one reads, pauses, resumes and works off the queue. */
export function usePhone(): boolean {
  const narrow = useNarrow();
  const finger = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false }) === true;
  return narrow && finger;
}
