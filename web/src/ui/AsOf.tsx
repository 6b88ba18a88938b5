import { Anchor } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/problem';
import { useFormats } from '@/lib/useFormats';
import classes from './AsOf.module.css';

interface Asked {
  isRefetchError: boolean;
  error: unknown;
  dataUpdatedAt: number;
  isFetching: boolean;
  refetch: () => unknown;
}

/** What was read stays when asking again fails: from when it is, and the way to ask once more. Nothing while all goes well. */
export function AsOf({ query }: { query: Asked }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  if (!query.isRefetchError) return null;
  const gone = query.error instanceof ProblemError && query.error.status === 404;
  return (
    <div className={classes.line} role="status">
      {t(gone ? 'frame.asOf.gone' : 'frame.asOf.text', { time: dateTime(new Date(query.dataUpdatedAt)) })}{' '}
      <Anchor component="button" type="button" size="sm" disabled={query.isFetching} onClick={() => void query.refetch()}>
        <IconRefresh size={13} aria-hidden /> {t('frame.failure.retry')}
      </Anchor>
    </div>
  );
}
