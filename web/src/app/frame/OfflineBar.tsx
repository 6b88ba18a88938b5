import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveLine } from '@/api/live';
import classes from './OfflineBar.module.css';

/** A line that breaks and opens again at once is no news. */
const patienceMs = 4_000;

/** Without a network, or without an answer, the pages stay as they were last seen; they go on by themselves when it is back. */
export function OfflineBar() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const lost = useLost();
  return (
    <div role="status">
      {(!online || lost) && (
        <div className={classes.bar}>
          <IconWifiOff size={16} stroke={1.6} aria-hidden />
          {t(online ? 'frame.unreachable' : 'frame.offline')}
        </div>
      )}
    </div>
  );
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
