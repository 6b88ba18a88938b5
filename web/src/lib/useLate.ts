import { useEffect, useState } from 'react';

/** True once something has lasted: what is there within a moment needs no shape before it. */
export function useLate(lasting: boolean, after = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasting) return;
    const timer = setTimeout(() => setLate(true), after);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasting, after]);
  return late;
}
