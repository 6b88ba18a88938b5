import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Whether somebody is shown round: it stands in the address, since what leads here asks for it. */
export function useTour(): [boolean, (wanted: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (wanted: boolean) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (wanted) next.set('tour', '');
          else next.delete('tour');
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [search.has('tour'), set];
}
