import { Skeleton } from '@mantine/core';
import { useLate } from '@/lib/useLate';
import classes from './Page.module.css';

/** The shape of a page while it is fetched; nothing for the first moment. */
export function PageShape() {
  const late = useLate(true);
  return (
    <div className={classes.page} aria-busy="true">
      {late && (
        <>
          <Skeleton height={28} width={240} mb="lg" />
          <Skeleton height={120} mb="md" radius="lg" />
          <Skeleton height={320} radius="lg" />
        </>
      )}
    </div>
  );
}
