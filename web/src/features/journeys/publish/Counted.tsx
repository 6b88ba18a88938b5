import { Loader } from '@mantine/core';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';

/** How many, as far as they are counted; a dash where only what brings somebody in can tell. */
export function Counted({ count }: { count: Schemas['EligibleView'] }) {
  const { number } = useFormats();
  const known = count.now ?? count.about;
  if (typeof known !== 'number') return count.complete ? '–' : <Loader size="xs" />;
  return `${count.complete ? '' : '≈ '}${number(known)}`;
}
