import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLiveLine } from '@/api/live';
import { keptEvent, unsaved } from '@/features/journeys/state/kept';
import { useFormats } from '@/lib/useFormats';
import classes from './OfflineBar.module.css';

/** A line that breaks and opens again at once is no news. */
const patienceMs = 4_000;

/** Without a network, or without an answer, the pages stay as they were last seen; they go on by themselves when it is back. */
export function OfflineBar() {
  const { online } = useNetwork();
  const lost = useLost();
  return <div role="status">{(!online || lost) && <Bar online={online} />}</div>;
}

/** What is not at the server yet is kept in this browser: how much, and where it can be seen. */
function Bar({ online }: { online: boolean }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const kept = useKept();
  const changes = kept.reduce((all, one) => all + one.changes, 0);
  const only = kept.length === 1 ? kept[0] : undefined;
  return (
    <div className={classes.bar}>
      <IconWifiOff size={16} stroke={1.6} aria-hidden />
      <span>
        {t(online ? 'frame.unreachable' : 'frame.offline')}{' '}
        {changes > 0 && t('frame.kept', { count: changes, number: number(changes) })}
      </span>
      {only && (
        <Link className={classes.see} to={`/journeys/${only.id}?edit`}>
          {t('frame.seeKept')}
        </Link>
      )}
    </div>
  );
}

function useKept() {
  const [kept, setKept] = useState(unsaved);
  useEffect(() => {
    const look = () => setKept(unsaved());
    look();
    window.addEventListener(keptEvent, look);
    window.addEventListener('storage', look);
    return () => {
      window.removeEventListener(keptEvent, look);
      window.removeEventListener('storage', look);
    };
  }, []);
  return kept;
}

function useLost(): boolean {
  const lostAt = useLiveLine((line) => line.lostAt);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    setLost(false);
    if (lostAt === undefined) return;
    const timer = window.setTimeout(() => setLost(true), Math.max(0, lostAt + patienceMs - Date.now()));
    return () => window.clearTimeout(timer);
  }, [lostAt]);
  return lost;
}
